"""The weekly check: who published as often as the norm asks (procedure, cl. 5).

Once a week and zone, in one transaction: judge, keep the history, store the findings. Then the letters, each once.
A check that was cut short leaves nothing behind; one that finds what stands already writes nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance import notices, week_sql
from compliance.models import WeekCheck
from people.models import Organization
from people.weeks import Week

CHECKED_AT = time(6)  # Monday, in the organization's zone
CAUGHT_UP_WEEKS = 4


class WeekStillRuns(Exception):
    """Nobody can say yet how the week ended."""

    def __init__(self, week: Week, zone: ZoneInfo) -> None:
        self.sentence = _(
            "The week of %(week)s still runs in the zone %(zone)s. It can be checked when it is over."
        ) % {
            "week": week.title,
            "zone": zone.key,
        }
        super().__init__(self.sentence)


def check_week(week: Week, zone: ZoneInfo) -> WeekCheck:
    """Checks the week, again if it was checked before. Raises WeekStillRuns."""
    if timezone.now() < week.bounds(zone)[1]:
        raise WeekStillRuns(week, zone)
    with transaction.atomic():
        check = _lock(week, zone)
        _find(check)
    notices.write_week_letters(week)
    return check


def check_week_once(week: Week, zone: ZoneInfo) -> bool:
    """Checks the week unless that was done already; of two at once, the second finds it done. True if it checked."""
    with transaction.atomic():
        check = _lock(week, zone)
        if check.finished_at:
            return False
        _find(check)
    notices.write_week_letters(week)
    return True


def zones_in_use() -> list[ZoneInfo]:
    """The zones of the organizations that work now."""
    names = Organization.objects.filter(is_active=True).order_by().values_list("timezone", flat=True).distinct()
    return [ZoneInfo(name) for name in sorted(names)]


def due_weeks(zone: ZoneInfo) -> list[Week]:
    """Closed weeks of the zone that should have been checked by now and were not, the oldest first.

    The last closed week always (from Monday 06:00); of earlier ones those that a stopped portal missed, at most four
    weeks back. Weeks before the very first check are nobody's concern.
    """
    last = _last_closed(zone)
    finished = WeekCheck.objects.filter(timezone=zone.key, finished_at__isnull=False)
    done = list(finished.order_by("monday").values_list("monday", flat=True))
    weeks = [last + -back for back in reversed(range(CAUGHT_UP_WEEKS))]
    missed = [week for week in weeks if week.monday not in done]
    return [week for week in missed if week == last or (done and week.monday > done[0])]


def _last_closed(zone: ZoneInfo) -> Week:
    now = timezone.now().astimezone(zone)
    this_week = Week.of(now.date())
    hour_has_come = now >= datetime.combine(this_week.monday, CHECKED_AT, tzinfo=zone)
    return this_week.previous if hour_has_come else this_week.previous.previous


def _lock(week: Week, zone: ZoneInfo) -> WeekCheck:
    """The row of this week and zone, held until the transaction ends (SQLite holds the whole database anyway)."""
    row, _created = WeekCheck.objects.get_or_create(monday=week.monday, timezone=zone.key)
    return WeekCheck.objects.select_for_update().get(pk=row.pk)


def _find(check: WeekCheck) -> None:
    now = timezone.now()
    store_findings(check.week, ZoneInfo(check.timezone), now)
    check.finished_at = now
    check.save(update_fields=["finished_at"])


@dataclass(frozen=True)
class Stored:
    """How many rows a check wrote."""

    findings: int
    changes: int


def store_findings(week: Week, zone: ZoneInfo, now: datetime) -> Stored:
    """The same few statements, whatever the number of accounts. Call it in a transaction."""
    values = _parameters(week, zone, now)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(week_sql.ROOM_TO_WORK)
        cursor.execute(week_sql.JUDGE, values)
        cursor.execute(week_sql.REMEMBER, values)
        changes = cursor.rowcount
        cursor.execute(week_sql.CORRECT, values)
        cursor.execute(week_sql.STORE, values)
        findings = changes + cursor.rowcount
        cursor.execute(week_sql.FORGET)
    return Stored(findings, changes)


def _parameters(week: Week, zone: ZoneInfo, now: datetime) -> dict[str, str | date | None]:
    start, end = week.bounds(zone)
    moment = connection.ops.adapt_datetimefield_value
    day = connection.ops.adapt_datefield_value
    return {
        "monday": day(week.monday),
        "sunday": day(week.sunday),
        "start": moment(start),
        "end": moment(end),
        "now": moment(now),
        "zone": zone.key,
        "no_norm": _("no norm is set"),
        "opened_in_week": _("the account was opened during the week"),
        "part_of_week": _("not the whole week"),
    }
