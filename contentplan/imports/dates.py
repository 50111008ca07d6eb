"""Days and hours as people write them in their plans: «30.11», «пн 30 ноября в 10.00», a number of Excel."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format

MONTHS = ("янв", "фев", "мар", "апр", "мая|май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
# Whole words: «срочно» is no Wednesday, «все» no Sunday.
WEEKDAYS = (
    r"пн|понед\w*",
    r"вт|втор\w*",
    r"ср|сред\w",
    r"чт|чтв|четв\w*",
    r"пт|птн|пятн\w*",
    r"сб|субб\w*",
    r"вс|воск\w*",
)

_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:t|\b)")
_DIGITS = re.compile(
    r"(?<![\d.:])(?P<d>\d{1,2})\s?[./]\s?(?P<m>\d{1,2})(?:\s?[./]\s?(?P<y>\d{4}|\d{2})(?!\d))?(?![\d:])\.?"
)
_DASHED = re.compile(r"(?<![\d-])(?P<d>\d{1,2})(?P<sign>[-,])(?P<m>\d{1,2})(?P=sign)(?P<y>\d{4})(?!\d)")
_IN_WORDS = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:\s?[-–—]\s?\d{1,2})?(?:-?(?:го|о?е))?\s+(?P<name>[а-я]{3,})\.?(?:\s+(?P<y>\d{4}))?(?:\s*(?:г\.?|года))?(?![а-я])"
)
_HOUR = re.compile(r"(?<![\d.])(?P<h>[01]?\d|2[0-3])\s?(?:[:.\-]|ч\.?\s?)\s?(?P<min>[0-5]\d)(?!\d)(?:[:.]\d\d)?")
_FULL_HOUR = re.compile(r"(?:\bв\s+)?(?<![\d.])(?P<h>[01]?\d|2[0-3])\s?(?:ч|час|часов|часа)\b")
_AT_HOUR = re.compile(r"\bв\s+(?P<h>[01]?\d|2[0-3])(?![\d.:])")
_PART_OF_DAY = re.compile(
    r"(?<![\d.])(?P<h>1[0-2]|0?\d)(?:\s?[:.]\s?(?P<min>[0-5]\d))?\s?(?:ч|час|часов|часа)?\.?\s?(?P<part>утра|дня|вечера|ночи)\b"
)
# What is written for an hour where none was read: «25:00», «в 25», «10:75», a bare number at the end.
_LIKE_HOUR = re.compile(r"\d\s?[:.\-]\s?\d|\bв\s+\d|\d\s?(?:ч|час\w*)\b|(?<![№#\d])\d{1,4}\s*$")
_ANOTHER_HOUR = re.compile(r"^\s*(?:и|,|;|/|\+)\s*(?:в\s+)?(?:[01]?\d|2[0-3])\s?[:.\-]\s?[0-5]\d(?!\d)")
# The second day of «30.11–02.12»: neither another day nor an hour.
_UNTIL_DAY = re.compile(
    r"^\s*(?:[-–—]|по\b|до\b)\s*\d{1,2}(?:[./]\d{1,2}(?:[./]\d{2,4})?(?![\d:])"
    r"|\s+(?:янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?)"
)
_WEEKDAY = re.compile(r"(?<![а-я])([а-я]{2,12})(?![а-я])\.?")
# Excel counts days from the last of 1899; these are the years 2009 to 2064.
_SERIAL = re.compile(r"^(4\d{4}|5\d{4})(?:[.,](\d+))?$")
_EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no zones


class BadDate(ValueError):
    """The words mean no day, or two different ones; `code` says what is wrong."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class When:
    """What the words say; None where they say nothing."""

    day: date | None
    hour: time | None


def read_when(text: str, *, today: date, monday: date) -> When:
    """Day and hour in the words. A day without a year is the nearest to `today`; «пн» alone is of the week `monday`.

    Raises BadDate: "unreadable", "no such day", "hour" (what stands for an hour is none), "hours" (two of them),
    "weekday" (the words name another weekday than the date has).
    """
    words = " ".join(text.casefold().replace("ё", "е").replace("\u00a0", " ").split())
    if not words:
        return When(None, None)
    if serial := _SERIAL.match(words):
        return _of_serial(serial[0])
    day, rest = _day_in(words, today)
    hour, rest = _hour_in(rest)
    named = _weekday_in(rest)
    if day is None and named is not None:
        day = monday + timedelta(days=named)
    elif day is not None and named is not None and day.weekday() != named:
        raise BadDate("weekday", day=date_format(day, "j E Y г., l").lower())
    if hour is None and day is not None and _LIKE_HOUR.search(rest):
        raise BadDate("hour")
    if day is None and hour is None:
        raise BadDate("unreadable")
    return When(day, hour)


def read_hour(text: str) -> time | None:
    """The hour in a column of hours, where «10» and «10.00» can mean nothing else; None when the cell is empty."""
    words = " ".join(text.casefold().split())
    if not words:
        return None
    if fraction := re.match(r"^0[.,]\d{3,}$", words):
        return _of_serial(f"45000{fraction[0].replace(',', '.')[1:]}").hour
    if bare := re.match(r"^(?:в )?([01]?\d|2[0-3])(?:[.,]0)?$", words):
        return time(int(bare[1]))
    hour, _rest = _hour_in(words)
    if hour is None:
        raise BadDate("unreadable")
    return hour


def _of_serial(text: str) -> When:
    moment = _EXCEL_ZERO + timedelta(days=float(text.replace(",", ".")))
    moment = (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
    return When(moment.date(), moment.time() if moment.time() != time() else None)


def _day_in(words: str, today: date) -> tuple[date | None, str]:
    """The first day the words name, and the words without it."""
    if found := _ISO.search(words) or _DASHED.search(words):
        return _made(int(found["y"]), int(found["m"]), int(found["d"])), _without(words, found)
    if found := _IN_WORDS.search(words):
        month = _month(found["name"])
        if month:
            return _near(found["y"], month, int(found["d"]), today), _without_days(words, found)
    for found in _DIGITS.finditer(words):
        # «10.00» is an hour: there is no month 0.
        if int(found["m"]) in range(1, 13) and int(found["d"]):
            return _near(found["y"], int(found["m"]), int(found["d"]), today), _without_days(words, found)
        if found["y"]:
            raise BadDate("no such day")
    return None, words


def _month(name: str) -> int | None:
    return next((n for n, stem in enumerate(MONTHS, 1) if re.match(stem, name)), None)


def _near(year: str | None, month: int, day: int, today: date) -> date:
    """The day of that year, or of the year that brings it nearest to today."""
    if year:
        return _made(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    years = [today.year - 1, today.year, today.year + 1]
    found = [made for y in years if (made := _made_or_none(y, month, day))]
    if not found:
        raise BadDate("no such day")
    return min(found, key=lambda made: abs(made - today))


def _made(year: int, month: int, day: int) -> date:
    made = _made_or_none(year, month, day)
    if made is None or made.year not in range(2000, 2100):
        raise BadDate("no such day")
    return made


def _made_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hour_in(words: str) -> tuple[time | None, str]:
    """The first hour the words name; of «10:00–11:00» the beginning."""
    if found := _PART_OF_DAY.search(words):
        return time(_hour_of_day(int(found["h"]), found["part"]), int(found["min"] or 0)), _without(words, found)
    for pattern in (_HOUR, _FULL_HOUR, _AT_HOUR):
        if found := pattern.search(words):
            if _ANOTHER_HOUR.match(words[found.end() :]):
                raise BadDate("hours")
            minute = int(found["min"]) if "min" in pattern.groupindex else 0
            return time(int(found["h"]), minute), _without(words, found)
    return None, words


def _hour_of_day(hour: int, part: str) -> int:
    """«7 вечера» is 19, «12 ночи» is 0, «11 ночи» is 23, «11 дня» is 11."""
    late = {"утра": False, "дня": hour < 9 or hour == 12, "вечера": True, "ночи": 8 < hour < 12}[part]
    return hour % 12 + (12 if late else 0)


def _weekday_in(words: str) -> int | None:
    for found in _WEEKDAY.finditer(words):
        for number, stems in enumerate(WEEKDAYS):
            if re.fullmatch(stems, found[1]):
                return number
    return None


def _without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}"


def _without_days(words: str, found: re.Match[str]) -> str:
    """Without the day, and without the one until which it lasts."""
    return f"{words[: found.start()]} {_UNTIL_DAY.sub('', words[found.end() :])}"
