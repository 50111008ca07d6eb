"""Holidays and memorable dates on the boards of all bodies (procedure, cl. 2.2).

State holidays come from the library `holidays`, the other dates from the list MEMORABLE_DATES, which anybody who
installs the portal may edit. Each becomes an occasion once; from then on people correct it like any other.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import holidays
import yaml
from django.conf import settings
from django.db import transaction

from contentplan.models import Occasion, OccasionKind
from people.models import Organization

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Days off that are no occasions: weekends moved to a working day.
_ONLY_A_DAY_OFF = ("выходной", "перенесено")
MARK = "memorable:"


@dataclass(frozen=True)
class Memorable:
    """A date of one year. `uid` stays the same for ever."""

    uid: str
    title: str
    first: date
    last: date
    basis: str = ""


def dates_of(year: int) -> list[Memorable]:
    """All dates of the year in their order; a date of the list that is a state holiday as well stands once.

    Raises ValueError when the list cannot be read, naming the row.
    """
    found = [*_state_holidays(year), *_listed(year)]
    once = {(row.title.casefold(), row.first): row for row in reversed(found)}
    return sorted(once.values(), key=lambda row: (row.first, row.uid))


def _state_holidays(year: int) -> Iterator[Memorable]:
    spans: dict[str, list[date]] = {}
    for day, name in holidays.country_holidays("RU", years=year, language="ru").items():
        if day.year == year and not any(word in str(name).casefold() for word in _ONLY_A_DAY_OFF):
            spans.setdefault(str(name), []).append(day)
    for name, days in spans.items():
        first = min(days)
        yield Memorable(f"{MARK}{year}:{first:%m-%d}", name, first, max(days))


def _listed(year: int) -> Iterator[Memorable]:
    rows: list[dict[str, Any]] = yaml.safe_load(Path(settings.MEMORABLE_DATES).read_text(encoding="utf-8")) or []
    for row in rows:
        try:
            day = _day_of(row, year)
            yield Memorable(f"{MARK}{year}:{row['key']}", str(row["title"])[:200], day, day, str(row.get("basis", "")))
        except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
            raise ValueError(f"{settings.MEMORABLE_DATES}: {row!r}: {error!r}") from error


def _day_of(row: dict[str, Any], year: int) -> date:
    """«month: 11, sunday: last» of the year; ValueError for a rule that means no day."""
    month = int(row["month"])
    if "day" in row:
        return date(year, month, int(row["day"]))
    name = next(name for name in [*WEEKDAYS, ""] if name in row or not name)
    if not name:
        raise ValueError("neither a day nor a weekday")
    weekday = WEEKDAYS.index(name)
    days = [week[weekday] for week in calendar.monthcalendar(year, month) if week[weekday]]
    which = row[name]
    if which != "last" and not 1 <= int(which) <= len(days):
        raise ValueError("the month has no such weekday")
    return date(year, month, days[-1 if which == "last" else int(which) - 1])


@transaction.atomic
def put_on_boards(organization: Organization, year: int, *, again: bool = False) -> int:
    """Makes the year's dates occasions of the body and of all below it; answers with how many are new.

    A year that was put there already is left as people made it, what they deleted stays deleted; `again` adds what is
    missing, after the list was edited. What stands there is never changed.
    """
    there = set(
        Occasion.objects.filter(organization=organization, uid__startswith=f"{MARK}{year}:").values_list(
            "uid", flat=True
        )
    )
    if there and not again:
        return 0
    fresh = [row for row in dates_of(year) if row.uid not in there]
    Occasion.objects.bulk_create(
        (
            Occasion(
                organization=organization,
                for_bodies_below=True,
                kind=OccasionKind.HOLIDAY,
                title=row.title,
                description=row.basis,
                starts_on=row.first,
                ends_on=row.last,
                uid=row.uid,
            )
            for row in fresh
        ),
        ignore_conflicts=True,
    )
    return len(fresh)


def put_everywhere(years: list[int] | None = None, *, again: bool = False) -> int:
    """The same for each tree of bodies, by default this year and the next of its top body."""
    tops = Organization.objects.filter(depth=1, is_active=True)
    return sum(
        put_on_boards(top, year, again=again) for top in tops for year in years or (top.today.year, top.today.year + 1)
    )
