from django.urls import include, path

from moderation import api, views
from moderation.replies import decisions, queue, template_views, terms
from moderation.replies import views as replies
from moderation.triage import views as triage

app_name = "moderation"

urlpatterns = [
    path("", include("moderation.inbox.urls")),
    path("api/v1/messages/", api.MessageListView.as_view(), name="api_messages"),
    path("messages/<int:pk>/reply/", replies.reply_save, name="reply_save"),
    path("messages/<int:pk>/reply/draft/", replies.reply_autosave, name="reply_autosave"),
    path("messages/<int:pk>/reply/presence/", replies.reply_presence, name="reply_presence"),
    path("messages/<int:pk>/reply/withdraw/", replies.reply_withdraw, name="reply_withdraw"),
    path("messages/<int:pk>/reply/send/", replies.reply_send, name="reply_send"),
    path("replies/", queue.reply_queue, name="reply_queue"),
    path("replies/terms/", terms.reply_terms, name="reply_terms"),
    path("replies/terms.xlsx", terms.reply_terms_xlsx, name="reply_terms_xlsx"),
    path("replies/templates/", template_views.reply_template_list, name="reply_template_list"),
    path("replies/templates/new/", template_views.reply_template_create, name="reply_template_create"),
    path("replies/templates/<int:pk>/", template_views.reply_template_edit, name="reply_template_edit"),
    path("replies/templates/<int:pk>/delete/", template_views.reply_template_delete, name="reply_template_delete"),
    path("replies/<int:pk>/", decisions.reply_detail, name="reply_detail"),
    path("replies/<int:pk>/approve/", decisions.reply_approve, name="reply_approve"),
    path("replies/<int:pk>/correct/", decisions.reply_correct, name="reply_correct"),
    path("replies/<int:pk>/return/", decisions.reply_return, name="reply_return"),
    path("replies/<int:pk>/undo/", decisions.reply_undo, name="reply_undo"),
    path("replies/<int:pk>/claim/", decisions.reply_claim, name="reply_claim"),
    path("replies/<int:pk>/release/", decisions.reply_release, name="reply_release"),
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
