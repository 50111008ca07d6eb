"""What waits for whoever approves replies, the nearest term first."""

from collections.abc import Iterator
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from moderation import clocks, rules
from moderation.inbox.masking import masked
from moderation.models import Reply
from moderation.replies import path
from people.http import UserRequest, require
from people.models import Organization
from people.roles import Permission

PER_PAGE = 25


@require_safe
@never_cache
def reply_queue(request: UserRequest) -> HttpResponse:
    require(rules.can_decide_replies(request.user))
    now, body = timezone.now(), request.GET.get("body", "").replace("\0", "")
    waiting = Reply.objects.decidable_by(request.user)
    rows = waiting.filter(message__organization__slug=body) if body else waiting
    page = Paginator(rows.by_term().with_newer().for_listing(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, masked(row.message), standing) for row, standing in _standings(list(page), now)],
        "totals": _totals(request, now),
        "bodies": Organization.objects.where_may(request.user, Permission.DECIDE_REPLY).filter(
            pk__in=waiting.values("message__organization")
        ),
        "body": body,
        "undoable": path.undoable(request.user),
    }
    return render(request, "moderation/reply_queue.html", context)


def _standings(rows: list[Reply], now: datetime) -> Iterator[tuple[Reply, clocks.Standing]]:
    calendars = clocks.calendars_of({row.message.organization for row in rows})
    for row in rows:
        yield row, clocks.standing(row.message, calendars[row.message.organization_id], now)


def _totals(request: UserRequest, now: datetime) -> dict[str, int]:
    late = Q(message__due_at__lt=now)
    return Reply.objects.decidable_by(request.user).aggregate(size=Count("pk"), late=Count("pk", filter=late))
