"""The week everybody here counts in: Monday 00:00 to the next Monday 00:00, in the organization's own zone."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import total_ordering
from zoneinfo import ZoneInfo

from django.utils import timezone

WEEK = re.compile(r"^(\d{4})-?W(\d{1,2})$")
# Weeks of other years are slips of the pen; the calendar itself ends at the years 1 and 9999.
YEARS = range(2000, 2100)


@total_ordering
@dataclass(frozen=True)
class Week:
    """An ISO week, held by its Monday. Writes itself as `2026-W47` and reads the same back."""

    monday: date

    def __post_init__(self) -> None:
        if self.monday.isoweekday() != 1:
            raise ValueError(f"{self.monday} is not a Monday")

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week a calendar day falls into."""
        return cls(day - timedelta(days=day.isoweekday() - 1))

    @classmethod
    def at(cls, moment: datetime, zone: ZoneInfo) -> "Week":
        """The week a moment falls into for people who live in `zone`."""
        return cls.of(moment.astimezone(zone).date())

    @classmethod
    def now(cls, zone: ZoneInfo) -> "Week":
        """The week that is running in `zone`."""
        return cls.at(timezone.now(), zone)

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Reads `2026-W47`; raises ValueError for anything else, a week 53 that the year lacks included."""
        found = WEEK.match(text)
        if not found or int(found[1]) not in YEARS:
            raise ValueError(f"not a week: {text!r}")
        return cls(date.fromisocalendar(int(found[1]), int(found[2]), 1))

    @property
    def year(self) -> int:
        return self.monday.isocalendar().year

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=n) for n in range(7)]

    @property
    def next(self) -> "Week":
        return self + 1

    @property
    def previous(self) -> "Week":
        return self + -1

    def __add__(self, weeks: int) -> "Week":
        return Week(self.monday + timedelta(weeks=weeks))

    def __lt__(self, other: "Week") -> bool:
        return self.monday < other.monday

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The half-open interval [Monday 00:00, next Monday 00:00) as two aware moments in `zone`."""
        return (
            datetime.combine(self.monday, time(), tzinfo=zone),
            datetime.combine(self.monday + timedelta(weeks=1), time(), tzinfo=zone),
        )

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def title(self) -> str:
        """«30 ноября – 6 декабря», «23–29 ноября», with years only where they differ."""
        first, last = self.monday, self.sunday
        if first.year != last.year:
            return f"{_day(first)} {first.year} – {_day(last)} {last.year}"
        if first.month == last.month:
            return f"{first.day}–{_day(last)}"
        return f"{_day(first)} – {_day(last)}"


MONTHS = ["", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
          "ноября", "декабря"]  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month]}"
