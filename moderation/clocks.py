"""By when a message should be answered, in working time of the body (lunch, weekends, moved days, its own days off)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings

from people.models import Organization
from people.worktime import Calendar, NoWorkingTime, calendars

SOON = timedelta(hours=1)  # of working time: from here on a reply is "due soon"


def term(*, urgent: bool) -> timedelta:
    """Working time for a reply: `REPLY_HOURS`, or `URGENT_REPLY_HOURS`."""
    return timedelta(hours=settings.URGENT_REPLY_HOURS if urgent else settings.REPLY_HOURS)


def due(received_at: datetime, calendar: Calendar, *, urgent: bool) -> datetime | None:
    """The moment by which to answer; None where nobody ever works."""
    try:
        return calendar.add(received_at, term(urgent=urgent))
    except NoWorkingTime:
        return None


def calendars_of(bodies: Collection[Organization]) -> dict[int, Calendar]:
    """By the body's number, in two queries for any number of bodies."""
    return calendars({body.pk: body for body in bodies}.values()) if bodies else {}
