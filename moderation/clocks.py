"""By when a message should be answered, in working time of the body (lunch, weekends, moved days, its own days off)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.utils.translation import gettext as _

from moderation.models import Message, State
from moderation.models.message_path import Step
from people.models import Organization
from people.worktime import Calendar, NoWorkingTime, calendar_of, calendars

SEARCHED_DAYS = 400
DAY = timedelta(days=1)
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


def final_due(sent_at: datetime, organization: Organization) -> datetime | None:
    """The final reply after an interim one: the end of the `FINAL_REPLY_DAYS`-th working day after its day."""
    calendar = calendar_of(organization)
    first = sent_at.astimezone(calendar.zone).date()
    working = (day for n in range(1, SEARCHED_DAYS) if calendar.works_on(day := first + timedelta(days=n)))
    last = next(islice(working, settings.FINAL_REPLY_DAYS - 1, None), None)
    return calendar.end_of(last) if last else None


def running_due(message: Message, now: datetime) -> datetime | None:
    """By when to answer if its clock runs from now on: a pause adds the working time that it lasted.

    What was overdue when it was paused stays so. One query for a message that is paused, else none.
    """
    if message.state != State.PAUSED or message.due_at is None:
        return message.due_at
    pause = message.steps.filter(step=Step.PAUSE).order_by("pk").last()
    if pause is None or message.due_at <= pause.made_at:
        return message.due_at
    calendar = calendar_of(message.organization)
    try:
        return calendar.add(now, calendar.between(pause.made_at, message.due_at))
    except NoWorkingTime:
        return None


def calendars_of(bodies: Collection[Organization]) -> dict[int, Calendar]:
    """By the body's number, in two queries for any number of bodies."""
    return calendars({body.pk: body for body in bodies}.values()) if bodies else {}


@dataclass(frozen=True)
class Standing:
    """How a message stands with its term: an icon and a word, the colour only repeats them."""

    word: str
    icon: str
    tone: str


def standing(message: Message, calendar: Calendar, now: datetime) -> Standing:
    """On track, soon (less than `SOON` of working time left), overdue; answered and paused ones have no clock."""
    if not message.is_open:
        late = bool(message.done_at and message.due_at and message.done_at > message.due_at)
        return Standing(_("done late"), "warning", "bad") if late else Standing(_("done in time"), "check", "good")
    if message.state == State.PAUSED or message.due_at is None:
        return Standing(_("the clock stands still"), "info", "")
    if message.due_at < now:
        return Standing(_("overdue"), "warning", "bad")
    if message.due_at - now <= DAY and calendar.between(now, message.due_at) <= SOON:
        return Standing(_("due soon"), "bell", "wait")
    return Standing(_("on track"), "check", "good")
