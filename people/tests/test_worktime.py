"""Working time: hours, lunch, weekends, holidays, moved days, days of the district, zones."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from conftest import make_organization
from people import worktime
from people.models import Organization, SpecialDay, WorkHours
from people.worktime import Calendar, NoWorkingTime, calendar_of, calendars

TOMSK = ZoneInfo("Asia/Tomsk")
HOUR = timedelta(hours=1)


def at(text: str, zone: ZoneInfo = TOMSK) -> datetime:
    """«2026-11-27 16:30» where the body is."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.fixture
def ordinary() -> Calendar:
    """Monday to Thursday 9–18, Friday 9–17, lunch 13–14."""
    return calendar_of(None)


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        ("2026-11-26 08:59", False),
        ("2026-11-26 09:00", True),
        ("2026-11-26 12:59", True),
        ("2026-11-26 13:00", False),  # lunch
        ("2026-11-26 14:00", True),
        ("2026-11-26 17:59", True),
        ("2026-11-26 18:00", False),
        ("2026-11-27 16:59", True),
        ("2026-11-27 17:00", False),  # Friday is shorter
        ("2026-11-28 11:00", False),  # Saturday
        ("2026-11-29 23:30", False),  # Sunday night
        ("2026-11-30 00:30", False),
        ("2026-11-04 11:00", False),  # Unity Day
        ("2026-12-31 11:00", False),  # moved from 4 January
        ("2027-01-04 11:00", False),  # New Year's holidays
        ("2027-02-20 11:00", True),  # a Saturday worked instead of Monday the 22nd
        ("2027-02-22 11:00", False),
    ],
)
def test_when_a_body_works(ordinary: Calendar, moment: str, works: bool) -> None:
    assert ordinary.is_working(at(moment)) is works


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-26 10:00", 1, "2026-11-26 11:00"),
        ("2026-11-26 12:30", 1, "2026-11-26 14:30"),  # lunch between
        ("2026-11-26 12:00", 1, "2026-11-26 13:00"),  # ends as lunch begins
        ("2026-11-27 16:30", 1, "2026-11-30 09:30"),  # Friday's end, and the weekend
        ("2026-11-29 23:30", 1, "2026-11-30 10:00"),
        ("2026-11-03 17:30", 1, "2026-11-05 09:30"),  # a holiday between
        ("2026-12-30 17:30", 1, "2027-01-11 09:30"),  # New Year
        ("2026-11-26 09:00", 8, "2026-11-26 18:00"),
        ("2026-11-26 09:00", 9, "2026-11-27 10:00"),
        ("2026-11-26 07:00", 0, "2026-11-26 09:00"),
    ],
)
def test_adding_working_time(ordinary: Calendar, start: str, hours: int, end: str) -> None:
    assert ordinary.add(at(start), hours * HOUR) == at(end)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-26 09:00", "2026-11-27 12:00", 11),
        ("2026-11-26 12:00", "2026-11-27 12:00", 8),
        ("2026-11-28 00:00", "2026-11-29 23:59", 0),
        ("2026-11-27 12:00", "2026-11-26 12:00", 0),
        ("2026-12-31 00:00", "2027-01-11 00:00", 0),
        ("2026-11-26 13:15", "2026-11-26 13:45", 0),
    ],
)
def test_working_time_between_two_moments(ordinary: Calendar, start: str, end: str, hours: int) -> None:
    assert ordinary.between(at(start), at(end)) == hours * HOUR


def test_what_was_added_lies_between(ordinary: Calendar) -> None:
    start = at("2026-12-28 16:10")

    for hours in range(1, 100, 7):
        assert ordinary.between(start, ordinary.add(start, hours * HOUR)) == hours * HOUR


def test_the_next_working_moment_is_now_or_the_next_morning(ordinary: Calendar) -> None:
    assert ordinary.next_working_moment(at("2026-11-26 10:07")) == at("2026-11-26 10:07")
    assert ordinary.next_working_moment(at("2026-11-26 13:07")) == at("2026-11-26 14:00")
    assert ordinary.next_working_moment(at("2026-11-27 20:00")) == at("2026-11-30 09:00")


def test_time_is_not_taken_back(ordinary: Calendar) -> None:
    with pytest.raises(ValueError, match="only added"):
        ordinary.add(at("2026-11-26 10:00"), -HOUR)


def test_who_never_works_is_not_searched_for_ever() -> None:
    with pytest.raises(NoWorkingTime):
        Calendar(TOMSK, {}).next_working_moment(at("2026-11-26 10:00"))


def test_an_hour_is_an_hour_when_the_clock_changes() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = Calendar(berlin, {7: ((time(1), time(5)),)})

    assert night.between(at("2027-03-28 00:00", berlin), at("2027-03-28 12:00", berlin)) == 3 * HOUR


def test_a_day_off_has_its_name(ordinary: Calendar) -> None:
    assert ordinary.title_of(date(2026, 11, 4)) == "День народного единства"
    assert ordinary.title_of(date(2026, 11, 5)) == ""


# --- bodies -------------------------------------------------------------------------------------


def test_a_body_works_by_its_own_hours(urtam: Organization) -> None:
    WorkHours.objects.create(organization=urtam, weekday=2, starts=time(10), ends=time(12))

    assert worktime.next_working_moment(at("2026-11-26 10:00"), urtam) == at("2026-12-01 10:00")


def test_hours_come_from_the_nearest_body_above(district: Organization, urtam: Organization) -> None:
    WorkHours.objects.create(
        organization=district,
        weekday=4,
        starts=time(8),
        ends=time(16),
        lunch_starts=time(12),
        lunch_ends=time(12, 30),
    )

    assert worktime.is_working(at("2026-11-26 08:30"), urtam)
    assert not worktime.is_working(at("2026-11-26 12:15"), urtam)
    assert not worktime.is_working(at("2026-11-27 10:00"), urtam)


def test_a_day_of_the_district_is_off_below_it(
    district: Organization, urtam: Organization, other_district: Organization
) -> None:
    SpecialDay.objects.create(organization=district, day=date(2026, 11, 26), title="День района")

    assert worktime.add_working_time(at("2026-11-25 17:30"), HOUR, urtam) == at("2026-11-27 09:30")
    assert calendar_of(urtam).title_of(date(2026, 11, 26)) == "День района"
    assert worktime.is_working(at("2026-11-26 10:00"), other_district)


def test_a_body_may_work_on_a_day_off_of_those_above(district: Organization, urtam: Organization) -> None:
    SpecialDay.objects.create(organization=district, day=date(2026, 11, 26), title="День района")
    SpecialDay.objects.create(organization=urtam, day=date(2026, 11, 26), title="Дежурство", is_working=True)

    assert worktime.is_working(at("2026-11-26 10:00"), urtam)
    assert not worktime.is_working(at("2026-11-26 10:00"), district)


def test_a_saturday_that_is_worked_has_the_hours_of_friday(urtam: Organization) -> None:
    SpecialDay.objects.create(organization=urtam, day=date(2026, 11, 28), title="Субботник", is_working=True)

    assert worktime.working_time_between(at("2026-11-28 00:00"), at("2026-11-29 00:00"), urtam) == 7 * HOUR


def test_each_body_lives_in_its_zone(urtam: Organization) -> None:
    urtam.timezone = "Europe/Moscow"
    urtam.save()

    assert not worktime.is_working(at("2026-11-26 10:00"), urtam)
    assert worktime.is_working(at("2026-11-26 21:30"), urtam)


@pytest.mark.parametrize("bodies", [1, 3])
def test_calendars_of_many_bodies_ask_twice(
    bodies: int, district: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [make_organization(district, f"body{n}") for n in range(bodies)]

    with django_assert_num_queries(2):
        assert len(calendars(rows)) == bodies


def test_a_working_day_ends_after_it_begins(urtam: Organization) -> None:
    with pytest.raises(IntegrityError):
        WorkHours.objects.create(organization=urtam, weekday=1, starts=time(18), ends=time(9))


def test_half_a_lunch_is_refused_in_words(urtam: Organization) -> None:
    row = WorkHours(organization=urtam, weekday=1, starts=time(9), ends=time(18), lunch_starts=time(13))

    with pytest.raises(ValidationError, match="начало, и конец"):
        row.full_clean()


@pytest.mark.parametrize("wrong", ["1-5", "1-5 18:00-09:00", "пн 09:00-18:00", ""])
def test_hours_of_the_settings_that_cannot_be_read_are_refused(wrong: str, settings: Any) -> None:
    settings.WORK_HOURS = wrong

    with pytest.raises(ValueError):
        worktime.ordinary_hours()


def test_a_lunch_outside_the_day_is_none() -> None:
    assert worktime.read_hours("6 09:00-12:00", "13:00-14:00") == {6: ((time(9), time(12)),)}
