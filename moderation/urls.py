from django.urls import path

from moderation import views

app_name = "moderation"

urlpatterns = [
    path("journal/", views.decision_list, name="decision_list"),
    path("journal/new/", views.decision_create, name="decision_create"),
    path("journal/<int:number>/", views.decision_detail, name="decision_detail"),
    path("journal/<int:number>/reverse/", views.decision_reverse, name="decision_reverse"),
    path("journal/evidence/<int:pk>/", views.evidence_file, name="evidence_file"),
]
