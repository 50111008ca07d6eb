from django.urls import path

from moderation import views
from moderation.inbox import views as inbox
from moderation.triage import views as triage

app_name = "moderation"

urlpatterns = [
    path("messages/", inbox.message_list, name="message_list"),
    path("messages/new/", inbox.message_create, name="message_create"),
    path("messages/<int:pk>/", inbox.message_detail, name="message_detail"),
    path("messages/<int:pk>/step/", inbox.message_step, name="message_step"),
    path("journal/", views.decision_list, name="decision_list"),
    path("journal/new/", views.decision_create, name="decision_create"),
    path("journal/<int:number>/", views.decision_detail, name="decision_detail"),
    path("journal/<int:number>/reverse/", views.decision_reverse, name="decision_reverse"),
    path("journal/evidence/<int:pk>/", views.evidence_file, name="evidence_file"),
    path("journal/rules/", triage.rule_list, name="rule_list"),
    path("journal/rules/new/", triage.rule_create, name="rule_create"),
    path("journal/rules/switch/", triage.rule_switch, name="rule_switch"),
    path("journal/text/", triage.text_try, name="text_try"),
]
