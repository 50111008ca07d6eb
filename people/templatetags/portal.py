"""Dates as people here say them: «пн, 30 ноября, 10:00», «30 ноя», «2 часа»."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.core.paginator import Page
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from people.quotation import nested

register = template.Library()

WEEKDAYS = [
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
]
# After a number: «15 мая», so the case is the genitive.
SHORT_MONTHS = [
    pgettext_lazy("short month after a number", "Jan"),
    pgettext_lazy("short month after a number", "Feb"),
    pgettext_lazy("short month after a number", "Mar"),
    pgettext_lazy("short month after a number", "Apr"),
    pgettext_lazy("short month after a number", "May"),
    pgettext_lazy("short month after a number", "Jun"),
    pgettext_lazy("short month after a number", "Jul"),
    pgettext_lazy("short month after a number", "Aug"),
    pgettext_lazy("short month after a number", "Sep"),
    pgettext_lazy("short month after a number", "Oct"),
    pgettext_lazy("short month after a number", "Nov"),
    pgettext_lazy("short month after a number", "Dec"),
]

Moment = date | datetime | None


def _local(moment: date | datetime) -> date | datetime:
    """The moment in the zone of the page; days and naive moments stay what they are."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


@register.filter
def weekday(moment: Moment) -> str:
    """«пн»."""
    return str(WEEKDAYS[_local(moment).weekday()]) if moment else ""


@register.filter
def day(moment: Moment) -> str:
    """«пн, 30 ноября»; with the year when it is not this one."""
    if not moment:
        return ""
    local = _local(moment)
    words = f"{weekday(local)}, {date_format(local, 'j E')}"
    if local.year == timezone.localdate().year:
        return words
    return pgettext("day with year", "%(day)s %(year)s") % {"day": words, "year": local.year}


@register.filter
def day_long(moment: Moment) -> str:
    """«30 ноября 2026 г.»."""
    return date_format(_local(moment), "DATE_FORMAT") if moment else ""


@register.filter
def day_short(moment: Moment) -> str:
    """«30 ноя»."""
    if not moment:
        return ""
    local = _local(moment)
    return f"{local.day} {SHORT_MONTHS[local.month - 1]}"


@register.filter
def when(moment: Moment) -> str:
    """«пн, 30 ноября, 10:00» in the zone of the page; a mere day has no hour."""
    if not isinstance(moment, datetime):
        return day(moment)
    return f"{day(moment)}, {clock(moment)}"


def when_in(zone: ZoneInfo, moment: datetime) -> str:
    """The same in a zone of its own: a letter to a body speaks of the body's hours, whoever caused it."""
    with timezone.override(zone):
        return when(moment)


def when_there(zone: ZoneInfo, moment: datetime) -> str:
    """The same, and by whose clock where that is not the clock of the page: «пн, 30 ноября, 10:00 (МСК+3)»."""
    words = when_in(zone, moment)
    if moment.astimezone(zone).utcoffset() == timezone.localtime(moment).utcoffset():
        return words
    return f"{words} ({_by_moscow(zone, moment)})"


def _by_moscow(zone: ZoneInfo, moment: datetime) -> str:
    """How people here name a zone: by its distance from Moscow."""
    ours, moscow = (moment.astimezone(one).utcoffset() or timedelta() for one in (zone, ZoneInfo("Europe/Moscow")))
    minutes = int((ours - moscow).total_seconds() // 60)
    if not minutes:
        return _("Moscow time")
    hours, rest = divmod(abs(minutes), 60)
    return _("Moscow%(hours)s") % {"hours": f"{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")}


@register.filter
def clock(moment: datetime | time | None) -> str:
    """«09:30»."""
    if isinstance(moment, datetime):
        moment = _local(moment)  # type: ignore[assignment]  # a moment stays a moment
    return moment.strftime("%H:%M") if moment else ""


@register.filter
def iso(moment: Moment) -> str:
    """For the `datetime` attribute of `<time>`."""
    return _local(moment).isoformat() if moment else ""


@register.filter
def ago(moment: Moment) -> str:
    """How far the moment is from now, in the largest unit: «40 минут», «2 часа», «3 дня». The same before and after."""
    if not moment:
        return ""
    if not isinstance(moment, datetime):
        days = abs((timezone.localdate() - moment).days)
        return _days(days) if days else _("today")
    return span(abs(timezone.now() - moment))


def span(length: timedelta) -> str:
    """A length of time in its largest unit."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return _("less than a minute")
    if minutes < 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 24:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return _days(hours // 24)


def _days(days: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


@register.filter(is_safe=True)
@stringfilter
def nested_quotes(text: str) -> str:
    """«Сохранено: «Акция „Лёд“»», whatever quotes the title brought along."""
    return nested(text)


@register.simple_tag
def page_numbers(page: "Page[Any]") -> list[int | str]:
    """Numbers around the page, with an ellipsis for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
