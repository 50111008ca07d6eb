"""Dates in words, as people here say them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import timezone

from people.templatetags import portal

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # noon in Tomsk


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False), timezone.override(ZoneInfo("Asia/Tomsk")):
        yield


def test_moment_is_said_in_the_zone_of_the_page() -> None:
    assert portal.when(datetime(2026, 11, 30, 3, 0, tzinfo=UTC)) == "пн, 30 ноября, 10:00"


def test_moment_near_midnight_falls_on_the_local_day() -> None:
    assert portal.when(datetime(2026, 11, 29, 17, 30, tzinfo=UTC)) == "пн, 30 ноября, 00:30"


def test_day_of_another_year_names_the_year() -> None:
    assert portal.day(date(2027, 1, 1)) == "пт, 1 января 2027 г."


def test_year_is_judged_by_the_local_day() -> None:
    assert portal.day(datetime(2026, 12, 31, 17, 30, tzinfo=UTC)) == "пт, 1 января 2027 г."


def test_day_has_no_hour() -> None:
    assert portal.when(date(2026, 11, 30)) == "пн, 30 ноября"


def test_long_day() -> None:
    assert portal.day_long(date(2026, 5, 9)) == "9 мая 2026 г."


def test_short_months_stand_in_the_genitive() -> None:
    said = [portal.day_short(date(2026, month, 2)).removeprefix("2 ") for month in range(1, 13)]

    assert said == ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]


def test_weekdays() -> None:
    assert [portal.weekday(date(2026, 11, 23 + n)) for n in range(7)] == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=30), "меньше минуты"),
        (timedelta(minutes=1), "1 минута"),
        (timedelta(minutes=40), "40 минут"),
        (timedelta(hours=2), "2 часа"),
        (timedelta(hours=21), "21 час"),
        (timedelta(days=1), "1 день"),
        (timedelta(days=5), "5 дней"),
    ],
)
def test_distance_is_said_in_its_largest_unit_before_and_after(length: timedelta, said: str) -> None:
    assert (portal.ago(NOW - length), portal.ago(NOW + length)) == (said, said)


def test_distance_to_a_day() -> None:
    assert [portal.ago(date(2026, 11, day)) for day in (22, 24)] == ["2 дня", "сегодня"]


@pytest.mark.parametrize("name", ["when", "day", "day_long", "day_short", "ago", "iso", "clock", "weekday"])
def test_nothing_is_said_of_nothing(name: str) -> None:
    assert getattr(portal, name)(None) == ""


def test_date_component_carries_the_machine_readable_moment() -> None:
    html = Template('{% include "ui/date.html" with moment=moment only %}').render(Context({"moment": NOW}))

    assert html.strip() == '<time datetime="2026-11-24T12:00:00+07:00">вт, 24 ноября, 12:00</time>'


def test_page_numbers_keep_the_ends_and_the_middle() -> None:
    page = Paginator(range(200), 10).page(7)

    assert portal.page_numbers(page) == [1, "…", 5, 6, 7, 8, 9, "…", 20]
