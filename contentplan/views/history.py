"""The whole history of a post, and any two of its wordings side by side."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contentplan import diff
from contentplan.models import Revision
from contentplan.views.cards import Card
from contentplan.views.review import visible_post
from contentplan.views.story import Story
from people.http import UserRequest


@require_safe
def post_history(request: UserRequest, pk: int) -> HttpResponse:
    """`?from=1&to=3`: two wordings to be compared; by default the last one with the one before it."""
    post = visible_post(request, pk)
    rows = {row.number: row for row in post.revisions.select_related("format", "rubric", "made_by").order_by("number")}
    new = _number(request.GET.get("to"), rows, post.revision)
    old = _number(request.GET.get("from"), rows, max(new - 1, 1))
    with timezone.override(post.plan.organization.zone):
        before, after = diff.media(rows[old], rows[new])
        values = {
            "story": Story(Card(post), request.user),
            "revisions": rows.values(),
            "old": rows[old],
            "new": rows[new],
            "changes": diff.revisions(rows[old], rows[new]),
            "media_before": before,
            "media_after": after,
        }
        return render(request, "contentplan/post_history.html", values)


def _number(text: str | None, rows: dict[int, Revision], otherwise: int) -> int:
    number = int(text) if text and text.isdecimal() and len(text) < 9 else otherwise
    return number if number in rows else otherwise
