"""Plans as a calendar (RFC 5545): topic, accounts, state, link. No person is named in it; times are in UTC."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, timedelta

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from contentplan.export.table import Period, clean, posts_in
from contentplan.models import PlannedPost, Status
from people.models import Organization

CONTENT_TYPE = "text/calendar; charset=utf-8"
BACK, AHEAD = timedelta(weeks=4), timedelta(weeks=13)
MOST_EVENTS = 3000
LASTS = timedelta(minutes=30)
_STATUS = {Status.CANCELLED: "CANCELLED", Status.APPROVED: "CONFIRMED", Status.PUBLISHED: "CONFIRMED"}


def calendar_of(bodies: Sequence[Organization], name: str) -> bytes:
    """The posts of four weeks back and three months ahead. The same plan makes the same bytes."""
    today = timezone.localdate()
    calendar = Calendar()
    calendar.add("prodid", "-//Glashatay//content plan//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(name))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", timedelta(hours=1))
    posts = posts_in(bodies, Period(today - BACK, today + AHEAD)).for_cards()
    posts = posts.annotate(changed_at=Max("revisions__made_at")).order_by("planned_at", "pk")
    for post in posts[:MOST_EVENTS]:
        calendar.add_component(_event(post, joint=len(bodies) > 1))
    return bytes(calendar.to_ical())


def etag_of(content: bytes) -> str:
    """The same for the same plan."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _event(post: PlannedPost, *, joint: bool) -> Event:
    event = Event()
    body = post.plan.organization
    # The moment of the last change, not of the request: a plan at rest makes the same bytes, so the same ETag.
    stamp = max(post.status_since, getattr(post, "changed_at", None) or post.created_at)
    event.add("uid", f"post-{post.pk}@{settings.SITE_URL.split('://')[-1]}")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", post.revision - 1)
    event.add("dtstart", post.planned_at.astimezone(UTC))
    event.add("duration", LASTS)
    event.add("summary", clean(f"{body.short_name}: {post.topic}" if joint else post.topic))
    event.add("description", clean(_description(post)))
    event.add("status", _STATUS.get(Status(post.status), "TENTATIVE"))
    event.add("transp", "TRANSPARENT")
    event.add("url", settings.SITE_URL + reverse("contentplan:post_detail", args=[post.pk]))
    return event


def _description(post: PlannedPost) -> str:
    placements = list(post.placements.all())
    lines = [
        _("Accounts: %(names)s") % {"names": ", ".join(str(row.account) for row in placements) or "—"},
        _("State: %(state)s") % {"state": post.get_status_display()},
        *(row.publication.link for row in placements if hasattr(row, "publication")),
    ]
    return "\n".join(lines)
