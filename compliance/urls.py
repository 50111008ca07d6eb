"""Addresses of the weekly check and of the page after sign-in."""

from django.urls import path, register_converter

from compliance import views
from contentplan.urls import WeekConverter

register_converter(WeekConverter, "checked_week")

WEEK = "weeks/<checked_week:week>/"

app_name = "compliance"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("weeks/", views.week_list, name="week_list"),
    path(WEEK, views.week_detail, name="week_detail"),
    path(f"{WEEK}export.xlsx", views.week_export, name="week_export"),
    path(f"{WEEK}check/", views.week_check, name="week_check"),
    path(f"{WEEK}circumstances/new/", views.circumstance_create, name="circumstance_create"),
    path(f"{WEEK}circumstances/<int:pk>/end/", views.circumstance_end, name="circumstance_end"),
]
