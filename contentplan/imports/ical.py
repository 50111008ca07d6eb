"""Occasions from a calendar file (iCalendar, RFC 5545): what Outlook, Google, Yandex and Thunderbird export.

Recurring events are expanded from a month back to a year ahead; moved and cancelled ones of a series are kept to. Hours
are told in the zone of the body.
"""

import hashlib
import time as clock
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from icalendar import Calendar

from contentplan.actions.occasions import MOST_OCCASIONS, Brought, OccasionContent, uid_in
from contentplan.models import OccasionKind

MAX_BYTES = 2 * 1024 * 1024
BACK, AHEAD = timedelta(days=31), timedelta(days=366)
LONGEST = timedelta(days=120)  # a longer event is a slip of the pen, or no occasion
MOST_SECONDS = 5.0  # for the series of one file: a rule that never matches is looked for through all years
MARK = "ical:"
_TITLE, _PLACE, _DESCRIPTION, _UID = 200, 200, 2000, 200
# Hours within a day, and seconds, are no occasions; by what else a rule may choose.
_RULE = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}
_OFTEN = {"DAILY", "WEEKLY"}
_SELDOM = {"MONTHLY", "YEARLY"}


class _Unreadable(ValueError):
    """Why one event cannot be taken, as a sentence."""


@dataclass
class Read:
    """What a calendar holds."""

    brought: list[Brought] = field(default_factory=list)
    series: list[str] = field(default_factory=list)  # numbers of everything that was read, cancelled ones too
    wrong: list[str] = field(default_factory=list)
    outside: int = 0  # events whose days are over or too far ahead


@dataclass(frozen=True)
class _Frame:
    """Where and for when a calendar is read."""

    zone: ZoneInfo
    first: date
    last: date
    until: float  # when the clock of this machine says so, no more series are expanded


def read_calendar(content: bytes, *, zone: ZoneInfo, today: date) -> Read:
    """Reads the file. Raises ValidationError with a sentence when it is no calendar at all."""
    if len(content) > MAX_BYTES:
        raise ValidationError(_("The calendar is too large: 2 MB at most. Export a shorter period."))
    frame = _Frame(zone, today - BACK, today + AHEAD, clock.monotonic() + MOST_SECONDS)
    read = Read()
    for events in _series(_parsed(content)).values():
        try:
            _read_series(events, frame, read)
            read.series.append(_number(events[0]))
        except _Unreadable as error:
            read.wrong.append(
                _("“%(title)s”: %(why)s") % {"title": _words(events[0], "SUMMARY", 80) or "—", "why": error}
            )
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            title = _words(events[0], "SUMMARY", 80) or "—"
            read.wrong.append(_("“%(title)s”: the event cannot be read.") % {"title": title})
        if len(read.brought) > MOST_OCCASIONS:
            raise ValidationError(
                _("There are more than %(n)d events here. Export a shorter period."), params={"n": MOST_OCCASIONS}
            )
    return read


def _parsed(content: bytes) -> list[Any]:
    try:
        calendars = Calendar.from_ical(_decoded(content), multiple=True)
        events = [event for one in calendars for event in one.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise ValidationError(
            _("This is no calendar. In your calendar choose “Export”, and take the file that ends with .ics.")
        ) from error
    if not events:
        raise ValidationError(_("There is no event in this calendar."))
    return events


def _decoded(content: bytes) -> str:
    """UTF-8, as it must be, or what old Windows writes."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", "replace")


def _series(events: list[Any]) -> dict[str, list[Any]]:
    """Events by their number, the one that recurs before those that were moved."""
    series: dict[str, list[Any]] = {}
    for event in events:
        series.setdefault(_number(event), []).append(event)
    for rows in series.values():
        rows.sort(key=lambda event: "RECURRENCE-ID" in event)
    return series


def _read_series(events: list[Any], frame: _Frame, read: Read) -> None:
    number = _number(events[0])
    moved = {_day_of(event["RECURRENCE-ID"].dt, frame): event for event in events if "RECURRENCE-ID" in event}
    main = [event for event in events if "RECURRENCE-ID" not in event]
    found = 0
    for event in main[-1:]:  # of one sent twice, the later
        recurs = "RRULE" in event or "RDATE" in event
        if not recurs:
            found += _keep(number, event, _content(event, frame), frame, read)
            continue
        content = _content(event, frame)
        length = content.ends_on - content.starts_on
        for start in _starts(event, frame, length):
            day = _day_of(start, frame)
            if day not in moved:
                on_day = replace(content, starts_on=day, ends_on=day + length, at=_hour_of(start, frame))
                found += _keep(uid_in(number, day), event, on_day, frame, read)
    for day, event in moved.items():
        found += _keep(uid_in(number, day), event, _content(event, frame), frame, read)
    read.outside += not found


def _keep(uid: str, event: Any, content: OccasionContent, frame: _Frame, read: Read) -> bool:
    """Whether the event is of these days; a cancelled one is, though nothing is made of it."""
    if content.ends_on < frame.first or content.starts_on > frame.last:
        return False
    if str(event.get("STATUS", "")).upper() != "CANCELLED":
        read.brought.append(Brought(uid, content))
    return True


def _content(event: Any, frame: _Frame) -> OccasionContent:
    title = _words(event, "SUMMARY", _TITLE)
    if not title:
        raise _Unreadable(_("the event has no title."))
    if "DTSTART" not in event:
        raise _Unreadable(_("the event has no day."))
    start = event["DTSTART"].dt
    first = _day_of(start, frame)
    last = max(_last_day(event, start, frame), first)
    if last - first > LONGEST:
        raise _Unreadable(_("the event lasts longer than four months."))
    return OccasionContent(
        kind=OccasionKind.EVENT,
        title=title,
        starts_on=first,
        ends_on=last,
        at=_hour_of(start, frame),
        place=_words(event, "LOCATION", _PLACE),
        description=_words(event, "DESCRIPTION", _DESCRIPTION, lines=True),
    )


def _last_day(event: Any, start: date | datetime, frame: _Frame) -> date:
    """The day of the end, which itself is not part of the event any more."""
    if "DTEND" in event:
        end = event["DTEND"].dt
    elif "DURATION" in event:
        end = start + event["DURATION"].dt
    else:
        return _day_of(start, frame)
    if isinstance(end, datetime):
        return _day_of(end - timedelta(seconds=1), frame) if end != start else _day_of(end, frame)
    return date.fromordinal(max(end.toordinal() - 1, 1))


def _starts(event: Any, frame: _Frame, length: timedelta) -> list[date | datetime]:
    """When the series begins within the frame, each as the calendar tells it: its rule counts days of its own zone."""
    if clock.monotonic() > frame.until:
        raise _Unreadable(_("there are too many recurring events in this calendar. Export a shorter period."))
    start = event["DTSTART"].dt
    starts = {_day_of(start, frame): start}
    for moment in _by_rule(event["RRULE"], start, frame, length) if "RRULE" in event else ():
        starts.setdefault(_day_of(moment, frame), moment)
    for moment in _listed(event, "RDATE"):
        starts.setdefault(_day_of(moment, frame), moment)
    for moment in _listed(event, "EXDATE"):
        starts.pop(_day_of(moment, frame), None)
    return [starts[day] for day in sorted(starts)]


def _by_rule(rule: Any, start: date | datetime, frame: _Frame, length: timedelta) -> Iterator[date | datetime]:
    at = start.time() if isinstance(start, datetime) else time()
    zone = start.tzinfo if isinstance(start, datetime) else None
    series = rrulestr(_checked_rule(rule, zone), dtstart=datetime.combine(start, at))
    # A day more on both ends: the zone of the body may be on the other side of midnight.
    first = datetime.combine(frame.first - length - timedelta(days=1), time())
    last = datetime.combine(frame.last + timedelta(days=1), time())
    for number, moment in enumerate(series.xafter(first, inc=True)):
        if moment > last or number > MOST_OCCASIONS:
            return
        yield moment.replace(tzinfo=zone) if isinstance(start, datetime) else moment.date()


def _checked_rule(rule: Any, zone: tzinfo | None) -> str:
    """The rule in days: hours within a day, and rules that would be looked for through all years, are refused."""
    parts = {name.upper(): rule[name] for name in rule}
    often = {str(value).upper() for value in parts.get("FREQ", [])}
    chosen = parts.keys() & {"BYMONTHDAY", "BYSETPOS"}
    if not parts.keys() <= _RULE or not often <= (_OFTEN | _SELDOM) or (often <= _OFTEN and chosen):
        raise _Unreadable(_("it recurs in a way that is not understood here. Enter it by hand."))
    if "UNTIL" in parts:
        parts["UNTIL"] = [_end_of_day(parts["UNTIL"][0], zone)]
    return ";".join(f"{name}={','.join(str(_plain(value)) for value in values)}" for name, values in parts.items())


def _end_of_day(until: date | datetime, zone: tzinfo | None) -> str:
    """The last day whole, as the zone of the series tells it."""
    if isinstance(until, datetime) and until.tzinfo and zone:
        until = until.astimezone(zone)
    return f"{until:%Y%m%d}T235959"


def _plain(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else value


def _listed(event: Any, name: str) -> Iterator[date | datetime]:
    """The days of RDATE and EXDATE, which may stand in several lines; periods are left out."""
    value = event.get(name, [])
    for row in value if isinstance(value, list) else [value]:
        yield from (day.dt for day in row.dts if isinstance(day.dt, date))


def _local(moment: datetime, frame: _Frame) -> datetime:
    """An hour without a zone is the body's own."""
    return moment.astimezone(frame.zone) if moment.tzinfo else moment.replace(tzinfo=frame.zone)


def _day_of(moment: date | datetime, frame: _Frame) -> date:
    return _local(moment, frame).date() if isinstance(moment, datetime) else moment


def _hour_of(moment: date | datetime, frame: _Frame) -> time | None:
    return _local(moment, frame).time().replace(second=0, microsecond=0) if isinstance(moment, datetime) else None


def _number(event: Any) -> str:
    """The event's own number; of an event without one, of its words and day."""
    uid = str(event.get("UID", "")).replace("\0", "").strip()
    if not uid:
        said = f"{event.get('SUMMARY', '')}|{event['DTSTART'].to_ical() if 'DTSTART' in event else ''}"
        uid = hashlib.sha256(said.encode()).hexdigest()
    return MARK + (uid if len(uid) <= _UID else hashlib.sha256(uid.encode()).hexdigest())


def _words(event: Any, name: str, most: int, *, lines: bool = False) -> str:
    """The text of a property: no control characters, no longer than there is room."""
    value = event.get(name, "")
    text = str(value[0] if isinstance(value, list) and value else value)
    text = "".join(sign for sign in text if sign >= " " or (sign == "\n" and lines)).strip()
    text = text if lines else " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
