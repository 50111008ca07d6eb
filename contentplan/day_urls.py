"""Addresses of the day of publishing: what comes out today, stops, what came out urgently, moves beside approval."""

from django.urls import path

from contentplan.views import day, moves, publications, stops, urgent

POST = "posts/<int:pk>/"

urlpatterns = [
    path("day/", day.day, name="day"),
    path(f"{POST}hold/", moves.post_hold, name="post_hold"),
    path(f"{POST}resume/", moves.post_resume, name="post_resume"),
    path(f"{POST}cancel/", moves.post_cancel, name="post_cancel"),
    path(f"{POST}restore/", moves.post_restore, name="post_restore"),
    path(f"{POST}missed/", moves.post_missed, name="post_missed"),
    path(f"{POST}urgent/", urgent.post_urgent, name="post_urgent"),
    path(f"{POST}look-over/", urgent.post_look_over, name="post_look_over"),
    path("urgent/", urgent.urgent_list, name="urgent_list"),
    path("urgent/bodies/", urgent.urgent_bodies, name="urgent_bodies"),
    path("urgent/bodies/<slug:organization>/", urgent.urgent_allow, name="urgent_allow"),
    path("stops/", stops.stop_list, name="stop_list"),
    path("stops/new/", stops.stop_create, name="stop_create"),
    path("stops/<int:pk>/", stops.stop_detail, name="stop_detail"),
    path("stops/<int:pk>/lift/", stops.stop_lift, name="stop_lift"),
    path("placements/<int:pk>/publish/", publications.publish, name="publish"),
    path("bodies/<slug:organization>/publications/new/", publications.publication_add, name="publication_add"),
    path("publications/<int:pk>/remove/", publications.publication_remove, name="publication_remove"),
]
