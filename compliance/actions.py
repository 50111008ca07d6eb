"""What people do to a week: have it checked again, explain it, take an explanation back."""

from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.check import WeekStillRuns
from compliance.models import Circumstance, WeekCheck
from compliance.tasks import check_again
from people.http import TooLate
from people.models import Organization, User
from people.roles import Permission
from people.weeks import Week


def run_check(week: Week, *, by: User) -> None:
    """Has the week checked in the background, in every zone the person answers for where it is over.

    TooLate when it is over nowhere yet.
    """
    bodies = Organization.objects.where_may(by, Permission.RUN_CHECK).filter(is_active=True)
    names = bodies.order_by("timezone").values_list("timezone", flat=True).distinct()
    zones = [ZoneInfo(name) for name in names]
    over = [zone for zone in zones if week < Week.now(zone)]
    if zones and not over:
        raise TooLate(WeekStillRuns(week, zones[0]).sentence)
    for zone in over:
        transaction.on_commit(partial(check_again.delay, str(week.monday), zone.key))


@transaction.atomic
def explain(circumstance: Circumstance, *, by: User) -> None:
    """Records why the weeks are not judged like any other; weeks checked already are checked again."""
    circumstance.made_by = by
    circumstance.save()
    _check_again(circumstance)


@transaction.atomic
def end(circumstance: Circumstance, week: Week, *, by: User) -> None:
    """The explanation does not hold from this week on; one that began no earlier is only in the audit log then."""
    if circumstance.ends_on < week.monday:
        raise TooLate(_("This explanation had ended before."))
    _check_again(circumstance)
    if circumstance.starts_on >= week.monday:
        circumstance.delete()
        return
    circumstance.ends_on = week.previous.sunday
    circumstance.save(update_fields=["ends_on"])


def _check_again(circumstance: Circumstance) -> None:
    """The checked weeks that the explanation touches."""
    zone = circumstance.organization.timezone
    touched = WeekCheck.objects.filter(
        timezone=zone,
        finished_at__isnull=False,
        monday__lte=circumstance.ends_on,
        monday__gt=circumstance.starts_on - timedelta(days=7),
    ).order_by("monday")
    for check in touched:
        transaction.on_commit(partial(check_again.delay, str(check.monday), zone))
