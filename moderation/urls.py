from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from moderation import api, second_views, views
from moderation.openness import views as openness
from moderation.openness.feed import OpennessFeed
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
    path("messages/<int:pk>/reply/correction/", replies.reply_acknowledge, name="reply_acknowledge"),
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
    path("journal/<int:number>/lift/", views.decision_lift, name="decision_lift"),
    path("journal/export.ndjson", second_views.decision_export, name="decision_export"),
    path("journal/pending/", second_views.pending_list, name="pending_list"),
    path("journal/pending/<int:pk>/", second_views.pending_decide, name="pending_decide"),
    path("journal/pending/<int:pk>/evidence/<int:place>/", second_views.pending_file, name="pending_file"),
    path("journal/objections/<int:pk>/", second_views.objection_decide, name="objection_decide"),
    path("journal/differences/", second_views.difference_list, name="difference_list"),
    path("moderation/", openness.openness, name="openness"),
    path("moderation/figures.csv", openness.openness_csv, name="openness_csv"),
    path("moderation/figures.json", openness.openness_json, name="openness_json"),
    path("moderation/atom.xml", login_not_required(OpennessFeed()), name="openness_atom"),
    path("moderation/verify_export.py", openness.verify_script, name="verify_script"),
    path("moderation/check/", openness.decision_check, name="decision_check"),
    path("moderation/check/<int:number>/object/", openness.objection_create, name="objection_create"),
    path("moderation/outcome/", openness.objection_outcome, name="objection_outcome"),
    path("journal/evidence/<int:pk>/", views.evidence_file, name="evidence_file"),
    path("journal/rules/", triage.rule_list, name="rule_list"),
    path("journal/rules/new/", triage.rule_create, name="rule_create"),
    path("journal/rules/switch/", triage.rule_switch, name="rule_switch"),
    path("journal/text/", triage.text_try, name="text_try"),
]
