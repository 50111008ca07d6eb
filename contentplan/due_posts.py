"""At the time of each approved post whoever publishes for its body is reminded, while people are awake there."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan.models import Placement, PlannedPost, Status
from people import telling
from people.models import Tone, User
from people.roles import Permission
from people.telling import Event, Words
from people.templatetags.portal import when_in

# A reminder is of no use before its time, so its letter does not wait for the next round of letters.
DUE = Event("post_due", Tone.WAIT, urgent=True)
# A worker that was down for less still reminds; later it would only annoy.
NOT_TOO_LATE = timedelta(minutes=30)
LONGEST_NIGHT = timedelta(hours=24)


def remind(now: datetime | None = None) -> int:
    """Reminds of every post whose time has just come, each person once; how many notices were written."""
    now = now or timezone.now()
    told = 0
    for post in _due(now):
        with transaction.atomic():
            told += _remind(post)
    return told


def _due(now: datetime) -> Iterator[PlannedPost]:
    waits = Exists(Placement.objects.filter(post=OuterRef("pk"), publication__isnull=True))
    posts = PlannedPost.objects.filter(
        waits, status=Status.APPROVED, planned_at__gt=now - LONGEST_NIGHT - NOT_TOO_LATE, planned_at__lte=now
    )
    for post in posts.select_related("plan__organization").order_by("planned_at", "pk"):
        moment = waking(max(post.planned_at, post.status_since).astimezone(post.plan.organization.zone))
        if moment <= now < moment + NOT_TOO_LATE:
            yield post


def waking(moment: datetime) -> datetime:
    """The moment itself while people are awake, else the next morning; on the clock of the moment's own zone."""
    morning = datetime.combine(moment.date(), time(settings.AWAKE_FROM), tzinfo=moment.tzinfo)
    if moment < morning:
        return morning
    if moment.hour >= settings.AWAKE_UNTIL:
        return datetime.combine(moment.date() + timedelta(days=1), time(settings.AWAKE_FROM), tzinfo=moment.tzinfo)
    return moment


def _remind(post: PlannedPost) -> int:
    waiting = list(post.placements.filter(publication__isnull=True).select_related("account__network"))
    if not waiting:
        return 0
    title = _("Time to publish: “%(topic)s”, %(when)s") % {
        "topic": post.topic,
        "when": when_in(post.plan.organization.zone, post.planned_at),
    }
    accounts = ", ".join(row.account.name for row in waiting)
    words = Words(title, reverse("contentplan:publish", args=[waiting[0].pk]), accounts)
    people = User.objects.of(post.plan.organization, Permission.RECORD_PUBLICATION)
    return len(telling.tell(DUE, people, words, key=f"{post.pk}:{post.planned_at:%Y%m%d%H%M}"))
