"""Mourning, an emergency: one action holds every approved post of a body and of all below it."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan import notices, standing
from contentplan.actions.path import move
from contentplan.models import Move, PlannedPost, Stop, StopKind
from people.audit import acting, changed
from people.http import TooLate
from people.models import Organization, User


@transaction.atomic
def stop_publishing(organization: Organization, *, kind: StopKind, reason: str, by: User) -> Stop:
    """Stops publishing and holds what is approved and may still come out. Raises TooLate when a stop is in force."""
    try:
        with transaction.atomic(), acting(by):
            stop = Stop.objects.create(
                organization=organization, kind=kind, reason=reason.strip(), started_by=by, started_at=timezone.now()
            )
    except IntegrityError as error:
        raise TooLate(_("Publishing is stopped here already.")) from error
    rows = PlannedPost.objects.filter(plan__organization__path__startswith=organization.path)
    for post in rows.may_still_come_out().select_related("plan__organization").order_by("pk"):
        try:
            move(post, Move.HOLD, seen=post.revision, by=by, comment=stop.reason, held_by=stop)
        except TooLate:
            continue  # somebody changed it this very moment: it awaits approval, and is held when approved
    notices.publishing_stopped(stop)
    standing.forget()
    return stop


@transaction.atomic
def lift_stop(stop: Stop, *, by: User) -> None:
    """Lifts the stop. What it held stays on hold until somebody has looked at each post again."""
    now = timezone.now()
    if not Stop.objects.in_force().filter(pk=stop.pk).update(lifted_at=now, lifted_by=by):
        raise TooLate(_("The stop is lifted already."))
    stop.lifted_at, stop.lifted_by = now, by
    changed(stop, by=by, lifted_at=(None, now))
    notices.stop_lifted(stop)
    standing.forget()
