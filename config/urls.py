"""The table of contents: which room answers at which address."""

from django.contrib import admin
from django.urls import include, path

from config import components, views

urlpatterns = [
    path("", include("registry.urls")),
    path("", include("contentplan.urls")),
    path("", include("moderation.urls")),
    path("", include("compliance.urls")),
    path("", include("people.urls")),
    path("me/", include("people.account_urls")),
    path("ui/", components.components, name="components"),
    path("ui/question/", components.components_question, name="components_question"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
]

# Pages for people, and the one shape of refusals for programs.
handler400 = "registry.api.problems.bad_request"
handler404 = "registry.api.problems.not_found"
handler500 = "registry.api.problems.server_error"
