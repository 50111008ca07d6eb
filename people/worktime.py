"""Working time: when a body works, and how much working time lies between two moments.

Reminders are written in it, letters that are not urgent wait for it, deadlines of replies are counted in it.

A day is worked by the first of these that says anything:
1. a special day of the body, else of the nearest body above it (`SpecialDay`);
2. the calendar of Russia, from the library `holidays` (0.109). For 2026 and 2027 it knows the holidays of the Labour
   Code (article 112) and the days moved by the Government: 9 January and 31 December 2026 are off, 22 February,
   5 November and 31 December 2027 are off, Saturday 20 February 2027 is worked. From 2028 on it knows the holidays
   only, until a newer version learns the decree of that year: enter moved days as special days meanwhile. It does not
   know that the day before a holiday is an hour shorter (article 95); neither do we;
3. the hours of the weekday: those of the body, else of the nearest body above that has any (`WorkHours`), else
   `WORK_HOURS` and `LUNCH` of the settings. A Saturday that is worked has the hours of the last weekday before it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings
from django.db.models import F

from people.models import Membership, Organization, SpecialDay, User, WorkHours

Spans = tuple[tuple[time, time], ...]  # what is worked of a day, lunch left out
Hours = Mapping[int, Spans]  # by ISO weekday
SEARCHED_DAYS = 3700  # ten years: whoever has no working hour until then never has one


class NoWorkingTime(Exception):
    """The body has no working hours at all."""


@dataclass(frozen=True)
class Calendar:
    """The working time of one body; reads no database. All moments it answers with are in the body's zone."""

    zone: ZoneInfo
    hours: Hours
    special: Mapping[date, SpecialDay] = field(default_factory=dict)

    def works_on(self, day: date) -> bool:
        return bool(self._hours_of(day))

    def title_of(self, day: date) -> str:
        """«День народного единства», «День района»; empty for a day like any other."""
        if day in self.special:
            return self.special[day].title
        return _russia(day.year)[0].get(day, "")

    def is_working(self, moment: datetime) -> bool:
        """Whether the body works at the moment: not at night, at the weekend, at lunch, on a holiday."""
        return any(start <= moment < end for start, end in self._spans(moment.astimezone(self.zone).date()))

    def next_working_moment(self, moment: datetime) -> datetime:
        """The moment itself while the body works, else the first one after it."""
        return self.add(moment, timedelta())

    def add(self, start: datetime, length: timedelta) -> datetime:
        """When so much working time has passed. Friday 16:30 and an hour: Monday 9:30, where Friday ends at 17.

        Raises ValueError for a negative length, NoWorkingTime where nobody ever works.
        """
        if length < timedelta():
            raise ValueError("working time is only added")
        for begins, ends in self._spans_from(start):
            if length <= ends - begins:
                return (begins + length).astimezone(self.zone)
            length -= ends - begins
        raise NoWorkingTime

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time in [start, end); nothing when `end` comes first."""
        total = timedelta()
        for begins, ends in self._spans_from(start):
            if begins >= end:
                break
            total += min(ends, end) - begins
        return total

    def worked_today(self, moment: datetime) -> timedelta:
        """How much of the day's working time has passed at the moment."""
        midnight = datetime.combine(moment.astimezone(self.zone).date(), time(), tzinfo=self.zone)
        return self.between(midnight, moment)

    def end_of(self, day: date) -> datetime | None:
        """When the working day ends; None for a day off."""
        spans = self._spans(day)
        return spans[-1][1].astimezone(self.zone) if spans else None

    def _hours_of(self, day: date) -> Spans:
        days_off, moved_here = _russia(day.year)
        special = self.special.get(day)
        if special.is_working if special else day in moved_here:
            earlier = (self.hours.get((day - timedelta(days=n)).isoweekday()) for n in range(7))
            return next((spans for spans in earlier if spans), ())
        if special or day in days_off:
            return ()
        return self.hours.get(day.isoweekday(), ())

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        # In UTC: two moments of one zone would be subtracted as clocks show them, across a change of the clock too.
        return [
            (self._moment(day, start).astimezone(UTC), self._moment(day, end).astimezone(UTC))
            for start, end in self._hours_of(day)
        ]

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone)

    def _spans_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of the working spans from the moment on, in their order."""
        first = start.astimezone(self.zone).date()
        for n in range(SEARCHED_DAYS):
            for begins, ends in self._spans(first + timedelta(days=n)):
                if ends > start:
                    yield max(begins, start), ends


def calendars(organizations: Collection[Organization]) -> dict[int, Calendar]:
    """The calendar of each organization by its id, in two queries for any number of them."""
    above = {path for organization in organizations for path in organization.path_up}
    hours: dict[str, dict[int, Spans]] = {}
    at = F("organization__path")
    for row in WorkHours.objects.filter(organization__path__in=above).order_by().annotate(at=at):
        hours.setdefault(row.at, {})[row.weekday] = _without_lunch(row)
    special: dict[str, dict[date, SpecialDay]] = {}
    for day in SpecialDay.objects.filter(organization__path__in=above).order_by().annotate(at=at):
        special.setdefault(day.at, {})[day.day] = day
    return {
        organization.pk: Calendar(
            organization.zone,
            next((hours[path] for path in reversed(organization.path_up) if path in hours), ordinary_hours()),
            {day: row for path in organization.path_up for day, row in special.get(path, {}).items()},
        )
        for organization in organizations
    }


def calendar_of(organization: Organization | None) -> Calendar:
    """The calendar of one body; of nobody: the ordinary hours in the portal's zone."""
    if organization is None:
        return Calendar(ZoneInfo(settings.TIME_ZONE), ordinary_hours())
    return calendars([organization])[organization.pk]


def calendars_of_people(people: Collection[User]) -> dict[int | None, Calendar]:
    """The calendar of each person's first body, by the person's id, in three queries; of nobody's: the ordinary one."""
    bodies: dict[int, Organization] = {}
    rows = Membership.objects.current().filter(user__in={user.pk for user in people})
    for row in rows.select_related("organization").order_by("pk"):
        bodies.setdefault(row.user_id, row.organization)
    found = calendars({body.pk: body for body in bodies.values()}.values()) if bodies else {}
    ordinary = calendar_of(None)
    return {user.pk: found[bodies[user.pk].pk] if user.pk in bodies else ordinary for user in people}


def is_working(moment: datetime, organization: Organization | None) -> bool:
    return calendar_of(organization).is_working(moment)


def next_working_moment(moment: datetime, organization: Organization | None) -> datetime:
    return calendar_of(organization).next_working_moment(moment)


def add_working_time(start: datetime, length: timedelta, organization: Organization | None) -> datetime:
    return calendar_of(organization).add(start, length)


def working_time_between(start: datetime, end: datetime, organization: Organization | None) -> timedelta:
    return calendar_of(organization).between(start, end)


def ordinary_hours() -> Hours:
    """The hours of the settings."""
    return read_hours(settings.WORK_HOURS, settings.LUNCH)


@cache
def read_hours(hours: str, lunch: str) -> Hours:
    """Reads «1-4 09:00-18:00, 5 09:00-17:00» (ISO weekdays) and «13:00-14:00» (or nothing); raises ValueError."""
    pause = _span(lunch) if lunch.strip() else None
    read: dict[int, Spans] = {}
    for part in hours.split(","):
        days, _space, span = part.strip().partition(" ")
        first, _dash, last = days.partition("-")
        for weekday in range(int(first), int(last or first) + 1):
            read[weekday] = _cut(_span(span), pause)
    return read


def _span(text: str) -> tuple[time, time]:
    start, _dash, end = text.strip().partition("-")
    span = time.fromisoformat(start), time.fromisoformat(end)
    if span[0] >= span[1]:
        raise ValueError(f"ends before it begins: {text!r}")
    return span


def _without_lunch(row: WorkHours) -> Spans:
    pause = (row.lunch_starts, row.lunch_ends) if row.lunch_starts and row.lunch_ends else None
    return _cut((row.starts, row.ends), pause)


def _cut(day: tuple[time, time], pause: tuple[time, time] | None) -> Spans:
    """The day without its pause; a pause outside the day is none."""
    if pause is None or not day[0] <= pause[0] < pause[1] <= day[1]:
        return (day,)
    return tuple(span for span in ((day[0], pause[0]), (pause[1], day[1])) if span[0] < span[1])


@cache
def _russia(year: int) -> tuple[dict[date, str], frozenset[date]]:
    """Days off with their names, and the days at the weekend that are worked instead of others."""
    calendar = holidays.country_holidays("RU", years=year, language="ru")
    return {day: str(name) for day, name in calendar.items()}, frozenset(calendar.weekend_workdays)
