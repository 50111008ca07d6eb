"""The peer: bare Django pages of the same rows, in the same project, for the same signed-in person.

Each reads the rows the product's page shows and prints them as a plain table in the portal's own frame (header, menu,
footer): no meters, no rules, no states.
"""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, engines
from django.urls import include, path
from django.utils import timezone

from contentplan.models import Placement, PlannedPost
from moderation.models import Message
from people.models import Organization
from people.roles import Permission
from registry.models import Account

ENGINE = engines["django"].engine
FRAME = '{% extends "base.html" %}{% block content %}<table>ROWS</table>{% endblock %}'
BOARD = ENGINE.from_string(
    FRAME.replace(
        "ROWS",
        "{% for post in posts %}<tr><td>{{ post.planned_at }}<td>{{ post.topic }}<td>{{ post.status }}"
        "<td>{{ post.created_by.username }}<td>{% for place in post.placements.all %}{{ place.account.network.name }} "
        "{{ place.account.name }} {{ place.publication.published_at }}{% endfor %}{% endfor %}",
    )
)
MATRIX = ENGINE.from_string(
    FRAME.replace(
        "ROWS",
        "{% for row in rows %}<tr><td>{{ row.account.organization.short_name }}<td>{{ row.account.name }}<td>"
        "{{ row.account.network.name }}<td>{{ row.monday }}<td>{{ row.counts.0 }}<td>{{ row.counts.1 }}{% endfor %}",
    )
)

MESSAGES = ENGINE.from_string(
    FRAME.replace(
        "ROWS",
        "{% for row in page %}<tr><td>{{ row.pk }}<td>{{ row.received_at }}<td>{{ row.text }}<td>{{ row.state }}"
        "<td>{{ row.due_at }}<td>{{ row.account.name }}<td>{{ row.account.network.name }}"
        "<td>{{ row.organization.short_name }}<td>{{ row.assigned_to.username }}{% endfor %}",
    )
    + "{% block hero %}{{ page.paginator.num_pages }}{% endblock %}"
)


def board(request: HttpRequest, organization: str, monday: str) -> HttpResponse:
    """The posts of one week with their accounts and publications."""
    posts = (
        PlannedPost.objects.filter(plan__organization__slug=organization, plan__monday=monday)
        .select_related("created_by")
        .prefetch_related("placements__account__network", "placements__publication")
        .order_by("planned_at")
    )
    return HttpResponse(BOARD.render(RequestContext(request, {"posts": posts})))


def matrix(request: HttpRequest, first: str, last: str, bodies: int) -> HttpResponse:
    """Planned and published posts of each account and week: as many rows as the product shows meters."""
    organizations = list(Organization.objects.filter(depth=2).order_by("path")[:bodies])
    accounts = Account.objects.filter(organization__in=organizations).select_related("organization", "network")
    places = Placement.objects.filter(
        post__plan__organization__in=organizations, post__plan__monday__range=(first, last)
    )
    counted = places.order_by().values_list("account", "post__plan__monday")
    counts = {row[:2]: row[2:] for row in counted.annotate(n=Count("pk"), out=Count("publication"))}
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    mondays = [start + timedelta(days=7 * n) for n in range((end - start).days // 7 + 1)]
    rows = [
        {"account": account, "monday": monday, "counts": counts.get((account.pk, monday), (0, 0))}
        for account in accounts.order_by("organization__path", "pk")
        for monday in mondays
    ]
    return HttpResponse(MATRIX.render(RequestContext(request, {"rows": rows})))


def messages(request: HttpRequest) -> HttpResponse:
    """25 messages with everything a line names, in the order of the product's list, and the number of pages."""
    asked = request.GET
    rows = Message.objects.filter(request.user.reach(Permission.MODERATE))  # type: ignore[union-attr]
    if asked.get("state") == "open":
        rows = rows.filter(state__in=["new", "assigned", "paused"]).order_by(F("due_at").asc(nulls_last=True), "pk")
    else:
        rows = rows.order_by("-received_at", "-pk")
        rows = rows.filter(state=asked["state"]) if "state" in asked else rows
    if "mine" in asked:
        rows = rows.filter(assigned_to=request.user)  # type: ignore[misc]
    if "overdue" in asked:
        rows = rows.filter(state__in=["new", "assigned"], due_at__lt=timezone.now())
    if "body" in asked:
        rows = rows.filter(organization__slug=asked["body"])
    if "account" in asked:
        rows = rows.filter(account=asked["account"])
    for word in asked.get("q", "").split():
        rows = rows.filter(search__contains=word)
    rows = rows.select_related("organization", "account__network", "assigned_to")
    page = Paginator(rows, 25).get_page(asked.get("page"))
    return HttpResponse(MESSAGES.render(RequestContext(request, {"page": page})))


urlpatterns = [
    path("bare/messages/", messages),
    path("bare/board/<slug:organization>/<str:monday>/", board),
    path("bare/matrix/<str:first>/<str:last>/<int:bodies>/", matrix),
    path("", include("config.urls")),
]
