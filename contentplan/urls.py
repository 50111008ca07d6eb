"""Addresses of the content plan: plans, posts, the queue of approval, publications."""

from django.urls import path, register_converter

from contentplan import views
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
    path(PLAN, views.plan_detail, name="plan_detail"),
    path(f"{PLAN}hand-in/", views.plan_hand_in, name="plan_hand_in"),
    path(f"{PLAN}publications/", views.plan_publications, name="plan_publications"),
    path(f"{PLAN}posts/new/", views.post_create, name="post_create"),
    path(POST, views.post_detail, name="post_detail"),
    path(f"{POST}edit/", views.post_edit, name="post_edit"),
    path(f"{POST}delete/", views.post_delete, name="post_delete"),
    path(f"{POST}submit/", views.post_submit, name="post_submit"),
    path(f"{POST}approve/", views.post_approve, name="post_approve"),
    path(f"{POST}return/", views.post_return, name="post_return"),
    path("review/", views.review_queue, name="review_queue"),
    path("placements/<int:pk>/publication/", views.publication_create, name="publication_create"),
    path("accounts/<int:pk>/publications/new/", views.publication_add, name="publication_add"),
    path("publications/<int:pk>/remove/", views.publication_remove, name="publication_remove"),
]
