"""How a person likes to see a week, and what is picked up on it: columns, a table, a month, a list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from contentplan.views.board import Board
from contentplan.views.month import Month

# On a narrow screen columns stand below each other by themselves: a list.
VIEWS = {
    "columns": pgettext_lazy("how a plan is shown", "Week"),
    "list": pgettext_lazy("how a plan is shown", "List"),
    "table": pgettext_lazy("how a plan is shown", "Table"),
    "month": pgettext_lazy("how a plan is shown", "Month"),
}
COOKIE = "plan_view"
REMEMBERED = 365 * 24 * 3600


def shown_as(request: HttpRequest, *, form_open: bool) -> str:
    """What was asked for, else what was chosen last; a form opens on a week."""
    chosen = request.GET.get("view") or request.COOKIES.get(COOKIE, "")
    view = chosen if chosen in VIEWS else "columns"
    return "columns" if form_open and view == "month" else view


def remember_view(request: HttpRequest, response: HttpResponse) -> None:
    response.set_cookie(
        COOKIE, request.GET["view"], max_age=REMEMBERED, samesite="Lax", secure=request.is_secure(), httponly=True
    )


def views_of(board: Board, view: str) -> dict[str, Any]:
    """The tabs, and the month where it is shown."""
    page = reverse("contentplan:plan_detail", args=[board.organization.slug, board.week])
    tabs = [
        {"label": label, "url": f"{page}?view={name}", "current": name == view, "name": name}
        for name, label in VIEWS.items()
    ]
    return {"tabs": tabs, "month": Month(board) if view == "month" else None}


def moved(request: HttpRequest, board: Board) -> dict[str, Any]:
    """`?move=12`, `?idea=3`: the post or the idea for which another day is chosen, without scripts."""
    if not board.can_write:
        return {}
    post = next((c for c in board.cards if str(c.post.pk) == request.GET.get("move") and c.can_move), None)
    idea = next((one for one in board.ideas if str(one.pk) == request.GET.get("idea")), None)
    return {"moved_post": post, "moved_idea": idea}
