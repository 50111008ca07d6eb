"""The week everybody counts in."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from people.weeks import Week

TOMSK = ZoneInfo("Asia/Tomsk")


def test_sunday_half_past_eleven_in_the_evening_still_belongs_to_the_week_that_ends() -> None:
    moment = datetime(2026, 11, 29, 23, 30, tzinfo=TOMSK)

    assert str(Week.at(moment, TOMSK)) == "2026-W48"


def test_monday_half_past_midnight_belongs_to_the_new_week_though_utc_is_still_sunday() -> None:
    moment = datetime(2026, 11, 30, 0, 30, tzinfo=TOMSK).astimezone(ZoneInfo("UTC"))

    assert str(Week.at(moment, TOMSK)) == "2026-W49"


def test_new_years_day_belongs_to_week_53_of_the_old_year() -> None:
    assert str(Week.of(date(2027, 1, 1))) == "2026-W53"


def test_week_53_is_followed_by_week_1() -> None:
    assert str(Week.parse("2026-W53").next) == "2027-W01"


@pytest.mark.parametrize("text", ["2026-W54", "2025-W53", "2026-W00", "2026-47", "now", ""])
def test_what_is_not_a_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Week.parse(text)


def test_bounds_are_monday_midnight_to_monday_midnight_in_the_zone() -> None:
    start, end = Week.parse("2026-W49").bounds(TOMSK)

    assert (start.isoformat(), end.isoformat()) == ("2026-11-30T00:00:00+07:00", "2026-12-07T00:00:00+07:00")


@pytest.mark.parametrize(
    ("week", "title"),
    [
        ("2026-W48", "23–29 ноября"),
        ("2026-W49", "30 ноября – 6 декабря"),
        ("2026-W53", "28 декабря 2026 – 3 января 2027"),
    ],
)
def test_title_repeats_neither_month_nor_year(week: str, title: str) -> None:
    assert Week.parse(week).title == title
