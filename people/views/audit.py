"""The audit log: who changed what, when, from what to what."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from people import rules
from people.audit_entry import AuditEntryQuerySet
from people.audit_words import tell
from people.forms import AuditFilter
from people.http import UserRequest, require
from people.models import AuditEntry

PAGE = 50


@require_safe
def audit_list(request: UserRequest) -> HttpResponse:
    require(rules.can_see_audit(request.user))
    chosen = AuditFilter(request.GET, by=request.user)
    rows = AuditEntry.objects.visible_to(request.user)
    rows = _chosen(rows, chosen.cleaned_data) if chosen.is_valid() else rows.none()
    rows = _older_than(rows, request.GET.get("before", "")).select_related("organization", "content_type")
    found = list(rows.order_by("-timestamp", "-pk")[: PAGE + 1])
    context = {
        "filter": chosen,
        "told": tell(found[:PAGE]),
        "before": _mark(found[PAGE - 1]) if len(found) > PAGE else "",
    }
    return render(request, "people/audit_list.html", context)


def _chosen(rows: AuditEntryQuerySet, choice: dict[str, Any]) -> AuditEntryQuerySet:
    wanted = {
        "actor": choice["person"],
        "content_type": choice["kind"],
        "object_id": choice["object"],
        "timestamp__gte": _midnight(choice["since"]),
        "timestamp__lt": _midnight(choice["until"], days=1),
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time())) if day else None


def _mark(entry: AuditEntry) -> str:
    """Where the next page goes on: among millions a page number would count all rows before it."""
    return f"{entry.timestamp.isoformat()}_{entry.pk}"


def _older_than(rows: AuditEntryQuerySet, mark: str) -> AuditEntryQuerySet:
    text, _, number = mark.partition("_")
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment) or not number.isdigit():
        return rows
    return rows.filter(timestamp__lte=moment).filter(Q(timestamp__lt=moment) | Q(pk__lt=int(number)))
