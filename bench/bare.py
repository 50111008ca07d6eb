"""The peer: bare Django pages of the same rows, in the same project, for the same signed-in person.

Each reads the rows the product's page shows and prints them as a plain table: no meters, no rules, no chrome.
"""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import include, path

from contentplan.models import PlannedPost
from people.models import Organization

ENGINE = Engine(autoescape=True)
BOARD = ENGINE.from_string(
    "<!doctype html><title>Posts</title><table>{% for post in posts %}<tr><td>{{ post.planned_at }}<td>{{ post.topic }}"
    "<td>{{ post.status }}<td>{{ post.created_by.username }}<td>{% for place in post.placements.all %}"
    "{{ place.account.network.name }} {{ place.account.name }} {{ place.publication.published_at }}{% endfor %}"
    "{% endfor %}</table>"
)
MATRIX = ENGINE.from_string(
    "<!doctype html><title>Plans</title><table>{% for cell in cells %}<tr><td>{{ cell.name }}<td>{{ cell.monday }}"
    "<td>{{ cell.status }}<td>{{ cell.n }}{% endfor %}</table>"
)


def board(request: HttpRequest, organization: str, monday: str) -> HttpResponse:
    """The posts of one week with their accounts and publications."""
    posts = (
        PlannedPost.objects.filter(plan__organization__slug=organization, plan__monday=monday)
        .select_related("created_by")
        .prefetch_related("placements__account__network", "placements__publication")
        .order_by("planned_at")
    )
    return HttpResponse(BOARD.render(Context({"posts": posts})))


def matrix(request: HttpRequest, first: str, last: str, bodies: int) -> HttpResponse:
    """How many posts of each plan stand where: as many cells as the product shows."""
    organizations = Organization.objects.filter(depth=2).order_by("path")[:bodies]
    names = {body.pk: body.short_name for body in organizations}
    rows = (
        PlannedPost.objects.filter(plan__organization__in=list(names), plan__monday__range=(first, last))
        .order_by("plan__organization", "plan__monday")
        .values_list("plan__organization", "plan__monday", "status")
        .annotate(n=Count("pk"))
    )
    cells = [{"name": names[body], "monday": monday, "status": status, "n": n} for body, monday, status, n in rows]
    return HttpResponse(MATRIX.render(Context({"cells": cells})))


urlpatterns = [
    path("bare/board/<slug:organization>/<str:monday>/", board),
    path("bare/matrix/<str:first>/<str:last>/<int:bodies>/", matrix),
    path("", include("config.urls")),
]
