"""What robots of search engines are told: which rooms are not for them, and the map of those that are."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as maps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from registry.kept import kept
from registry.sitemaps import SECTIONS, files

# Rooms that open for signed-in people only, and what is a program's or somebody's own question.
# Beginnings of addresses; `registry/tests/test_robots.py` holds them against the table of access.
INNER = (
    "/acts/",
    "/admin/",
    "/api/v1/",
    "/audit/",
    "/bodies/",
    "/calendar/",
    "/check/?url=",
    "/day/",
    "/display/",
    "/drafts/",
    "/files/",
    "/ideas/",
    "/journal/",
    "/me/",
    "/messages/",
    "/notices/",
    "/occasions/",
    "/offers/",
    "/packs/",
    "/people/",
    "/placements/",
    "/plans/",
    "/posts/",
    "/proposals/",
    "/publications/",
    "/registry/",
    "/repeating/",
    "/replies/",
    "/review/",
    "/stops/",
    "/templates/",
    "/times/",
    "/today/",
    "/ui/",
    "/urgent/",
    "/weeks/",
)
# Files of published acts stand among the acts.
OPEN_INSIDE = ("/acts/files/",)


@require_safe
@login_not_required
@kept
def robots(request: HttpRequest) -> HttpResponse:
    # What is allowed stands first: some robots take the first line that fits, others the longest.
    lines = ["User-agent: *", *(f"Allow: {beginning}" for beginning in OPEN_INSIDE)]
    lines += [*(f"Disallow: {beginning}" for beginning in INNER), ""]
    lines += [f"Sitemap: {settings.SITE_URL}{reverse('registry:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
@kept
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of the maps; more than one file for a section that needs it."""
    context = {"sitemaps": files()}
    return render(request, "registry/sitemap_index.xml", context, content_type="application/xml")


@require_safe
@login_not_required
@kept
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return maps.sitemap(request, SECTIONS, section, template_name="registry/sitemap.xml").render()
