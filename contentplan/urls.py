"""Addresses of the content plan: plans, posts, the queue of approval, publications."""

from django.urls import path, register_converter

from contentplan import board_urls, day_urls, occasion_urls, review_urls, views
from contentplan.views import copying
from people.weeks import Week


class WeekConverter:
    """`2026-W49` in an address; a week that does not exist is 404."""

    regex = r"\d{4}-W\d{2}"

    def to_python(self, value: str) -> Week:
        return Week.parse(value)

    def to_url(self, value: Week | str) -> str:
        return str(value)


register_converter(WeekConverter, "plan_week")

PLAN = "plans/<slug:organization>/<plan_week:week>/"
POST = "posts/<int:pk>/"

app_name = "contentplan"
urlpatterns = [
    path("plans/", views.plan_matrix, name="plan_matrix"),
    path("plans/mine/", views.plan_mine, name="plan_mine"),
    path("plans/export/", views.plan_export, name="plan_export"),
    path("plans/export/file/", views.plan_export_file, name="plan_export_file"),
    path("plans/print/", views.plan_print, name="plan_print"),
    path("plans/exports/new/", views.export_create, name="export_create"),
    path("plans/exports/<int:pk>/", views.export_detail, name="export_detail"),
    path("plans/exports/<int:pk>/file/", views.export_file, name="export_file"),
    path("plans/calendars/", views.feed_list, name="feed_list"),
    path("plans/calendars/new/", views.feed_create, name="feed_create"),
    path("plans/calendars/<int:pk>/revoke/", views.feed_revoke, name="feed_revoke"),
    path("calendar/<str:secret>.ics", views.calendar_feed, name="calendar_feed"),
    path("plans/imports/<int:pk>/", views.import_detail, name="import_detail"),
    path("plans/imports/<int:pk>/columns/", views.import_columns, name="import_columns"),
    path("plans/imports/<int:pk>/take/", views.import_take, name="import_take"),
    path("plans/imports/rows/<int:pk>/", views.import_row_mend, name="import_row_mend"),
    path("plans/<slug:organization>/files/", views.media_upload, name="media_upload"),
    path("files/<int:pk>/", views.media_file, name="media_file"),
    path("files/<int:pk>/small/", views.media_thumbnail, name="media_thumbnail"),
    path("files/<int:pk>/state/", views.media_state, name="media_state"),
    path("drafts/", views.draft_detail, name="draft_detail"),
    path("drafts/save/", views.draft_save, name="draft_save"),
    path("drafts/forget/", views.draft_forget, name="draft_forget"),
    path("plans/<slug:organization>/import/", views.import_create, name="import_create"),
    path(PLAN, views.plan_detail, name="plan_detail"),
    path(f"{PLAN}approve/", views.plan_approve, name="plan_approve"),
    path(f"{PLAN}copy/", copying.plan_copy, name="plan_copy"),
    path(f"{PLAN}hand-in/", views.plan_hand_in, name="plan_hand_in"),
    path(f"{PLAN}publications/", views.plan_publications, name="plan_publications"),
    path(f"{PLAN}posts/check/", views.post_check, name="post_check"),
    path(f"{PLAN}posts/new/", views.post_create, name="post_create"),
    path(f"{POST}edit/", views.post_edit, name="post_edit"),
    path(f"{POST}delete/", views.post_delete, name="post_delete"),
    path(f"{POST}files.zip", views.post_files, name="post_files"),
    path(f"{POST}submit/", views.post_submit, name="post_submit"),
    *review_urls.urlpatterns,
    *day_urls.urlpatterns,
    *occasion_urls.urlpatterns,
    *board_urls.urlpatterns,
]
