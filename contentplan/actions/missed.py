"""What was approved and did not come out: the portal notices it by the clock, the author says why with one tap."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan.actions.path import miss, nowhere_out
from contentplan.models import MissReason, PlannedPost, Status
from people.audit import changed
from people.http import TooLate
from people.models import User

BATCH = 500


def mark_missed(now: datetime | None = None) -> int:
    """Marks every approved post that has come out nowhere `MISSED_AFTER_HOURS` after its time; how many.

    What was approved, or let go on, after its time has as long from then on. A repeat finds nothing left; each post is
    a transaction of its own, so a run that breaks off has not worked in vain.
    """
    until = (now or timezone.now()) - timedelta(hours=settings.MISSED_AFTER_HOURS)
    late = PlannedPost.objects.filter(
        nowhere_out(), status=Status.APPROVED, planned_at__lte=until, status_since__lte=until
    )
    marked, seen = 0, 0
    while rows := list(late.filter(pk__gt=seen).select_related("plan__organization").order_by("pk")[:BATCH]):
        marked += sum(_miss(post) for post in rows)
        seen = rows[-1].pk
    return marked


def _miss(post: PlannedPost) -> bool:
    try:
        miss(post)
    except TooLate:
        return False  # it came out, or was moved, this very moment
    return True


@transaction.atomic
def say_why_missed(post: PlannedPost, reason: MissReason, *, by: User) -> None:
    """Keeps why the post did not come out. Raises TooLate when it is no longer missed."""
    rows = PlannedPost.objects.filter(pk=post.pk, status=Status.MISSED)
    if not rows.update(missed_because=reason):
        raise TooLate(_("The post no longer counts as missed."))
    changed(post, by=by, missed_because=(post.missed_because, reason))
    post.missed_because = reason
