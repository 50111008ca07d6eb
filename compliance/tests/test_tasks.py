"""What beat asks for: every closed week once, from Monday 06:00 of each zone, caught up when it was missed."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery.schedules import crontab

from compliance import check, week_sql
from compliance.check import check_week, due_weeks
from compliance.models import Finding, WeekCheck
from compliance.tasks import check_again, check_closed_weeks, check_zone
from compliance.tests.conftest import TOMSK, WEEK, facts, publish
from config.celery import app
from conftest import make_account, make_organization
from people.models import Organization
from people.weeks import Week
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.usefixtures("norm")

KALININGRAD = ZoneInfo("Europe/Kaliningrad")


def checked() -> list[str]:
    return [str(row) for row in WeekCheck.objects.order_by("monday", "timezone")]


@pytest.fixture
def west_vk(district: Organization, vk: SocialNetwork) -> Account:
    """An account five hours west of Tomsk."""
    west = make_organization(district, "west")
    Organization.objects.filter(pk=west.pk).update(timezone=KALININGRAD.key)
    return make_account(Organization.objects.get(pk=west.pk), vk, "west")


@pytest.fixture
def tasks_fail_alone() -> Iterator[None]:
    """As with a worker: whoever asks for a task does not hear of its failure."""
    app.conf.task_eager_propagates = False
    yield
    app.conf.task_eager_propagates = True


@pytest.mark.usefixtures("urtam_vk")
@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 11, 22, 23, 30, tzinfo=TOMSK), "2026-W46"),
        (datetime(2026, 11, 23, 0, 30, tzinfo=TOMSK), "2026-W46"),
        (datetime(2026, 11, 23, 5, 59, tzinfo=TOMSK), "2026-W46"),
        (datetime(2026, 11, 23, 6, 0, tzinfo=TOMSK), "2026-W47"),
        (datetime(2026, 11, 29, 23, 59, tzinfo=TOMSK), "2026-W47"),
        (datetime(2026, 12, 31, 12, 0, tzinfo=TOMSK), "2026-W52"),
        (datetime(2027, 1, 4, 5, 59, tzinfo=TOMSK), "2026-W52"),
        (datetime(2027, 1, 4, 6, 0, tzinfo=TOMSK), "2026-W53"),
        (datetime(2027, 1, 11, 6, 0, tzinfo=TOMSK), "2027-W01"),
    ],
)
def test_the_week_that_ended_is_due_from_six_on_monday(moment: datetime, week: str) -> None:
    with time_machine.travel(moment, tick=False):
        assert [str(due) for due in due_weeks(TOMSK)] == [week]


def test_beat_asks_on_monday_at_six_and_every_full_hour() -> None:
    asked = [entry["schedule"] for entry in app.conf.beat_schedule.values() if entry["task"] == check_closed_weeks.name]

    assert asked == [crontab("0", "6", day_of_week="1"), crontab("0")]


@pytest.mark.usefixtures("monday_morning")
def test_the_task_checks_the_week_that_ended(urtam_vk: Account) -> None:
    publish(urtam_vk, 5)

    check_closed_weeks.delay()

    assert (checked(), facts(urtam_vk)) == (["2026-W47"], ("kept", 5, 5, ""))


@pytest.mark.usefixtures("monday_morning")
def test_the_task_asked_for_twice_checks_once(urtam_vk: Account) -> None:
    check_closed_weeks.delay()
    publish(urtam_vk, 5)

    check_closed_weeks.delay()
    again = check_zone.delay(TOMSK.key).get()

    assert (again, checked(), facts(urtam_vk)[0]) == ([], ["2026-W47"], "not_kept")


@pytest.mark.usefixtures("monday_morning", "district")
def test_a_district_without_accounts_is_checked_too() -> None:
    check_closed_weeks.delay()

    assert (checked(), Finding.objects.count()) == (["2026-W47"], 0)


@pytest.mark.usefixtures("urtam_vk")
def test_each_zone_waits_for_its_own_six_in_the_morning(west_vk: Account) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 6, 0, tzinfo=TOMSK), tick=False) as clock:
        check_closed_weeks.delay()
        check_closed_weeks.delay()
        zones = WeekCheck.objects.filter(monday=WEEK.monday).values_list("timezone", flat=True)
        assert list(zones) == ["Asia/Tomsk"]

        clock.move_to(datetime(2026, 11, 23, 6, 0, tzinfo=KALININGRAD))
        check_closed_weeks.delay()

        assert sorted(zones.all()) == ["Asia/Tomsk", "Europe/Kaliningrad"]


@pytest.mark.usefixtures("tasks_fail_alone")
def test_what_goes_wrong_in_one_zone_keeps_no_other_waiting(
    urtam_vk: Account, west_vk: Account, monday_morning: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monday_morning.move_to(datetime(2026, 11, 23, 12, 0, tzinfo=TOMSK))
    store = check.store_findings

    def fail_in_tomsk(week: Week, zone: ZoneInfo, now: datetime) -> check.Stored:
        if zone == TOMSK:
            raise RuntimeError("the disk is full")
        return store(week, zone, now)

    with monkeypatch.context() as patch:
        patch.setattr(check, "store_findings", fail_in_tomsk)
        check_closed_weeks.delay()
    assert list(WeekCheck.objects.values_list("timezone", flat=True)) == [KALININGRAD.key]

    check_closed_weeks.delay()

    assert sorted(WeekCheck.objects.values_list("timezone", flat=True)) == [TOMSK.key, KALININGRAD.key]


@pytest.mark.usefixtures("urtam_vk", "tasks_fail_alone")
def test_a_check_that_failed_on_monday_is_done_within_the_hour(
    monday_morning: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(week_sql, "STORE", "INSERT INTO nowhere SELECT 1")
        check_closed_weeks.delay()
    assert checked() == []
    monday_morning.shift(3600)

    check_closed_weeks.delay()

    assert checked() == ["2026-W47"]


@pytest.mark.usefixtures("urtam_vk")
def test_missed_mondays_are_caught_up_each_once(monday_morning: time_machine.Traveller) -> None:
    check_closed_weeks.delay()
    monday_morning.move_to(datetime(2026, 12, 16, 15, tzinfo=TOMSK))

    check_closed_weeks.delay()
    again = check_closed_weeks.delay().get()

    assert checked() == ["2026-W47", "2026-W48", "2026-W49", "2026-W50"]
    assert again == []


@pytest.mark.usefixtures("urtam_vk")
def test_a_monday_missed_before_a_check_by_hand_is_caught_up_too(monday_morning: time_machine.Traveller) -> None:
    check_closed_weeks.delay()
    monday_morning.move_to(datetime(2026, 12, 7, 15, tzinfo=TOMSK))
    check_week(Week.parse("2026-W49"), TOMSK)

    check_closed_weeks.delay()

    assert checked() == ["2026-W47", "2026-W48", "2026-W49"]


@pytest.mark.usefixtures("urtam_vk")
def test_after_a_long_stop_four_weeks_are_caught_up(monday_morning: time_machine.Traveller) -> None:
    check_closed_weeks.delay()
    monday_morning.move_to(datetime(2027, 3, 3, 15, tzinfo=TOMSK))

    check_closed_weeks.delay()

    assert checked() == ["2026-W47", "2027-W05", "2027-W06", "2027-W07", "2027-W08"]


@pytest.mark.usefixtures("urtam_vk", "monday_morning")
def test_weeks_before_the_first_check_are_left_alone() -> None:
    check_closed_weeks.delay()
    check_closed_weeks.delay()

    assert checked() == ["2026-W47"]


@pytest.mark.usefixtures("urtam_vk")
def test_a_check_that_never_finished_counts_as_missed(monday_morning: time_machine.Traveller) -> None:
    WeekCheck.objects.create(monday=WEEK.monday, timezone=TOMSK.key)

    check_closed_weeks.delay()

    assert WeekCheck.objects.get().finished_at == datetime(2026, 11, 23, 7, 0, tzinfo=TOMSK)


@pytest.mark.usefixtures("monday_morning")
def test_a_zone_where_nobody_works_any_more_is_not_asked(west_vk: Account) -> None:
    Organization.objects.update(is_active=False)

    check_closed_weeks.delay()

    assert checked() == []


@pytest.mark.usefixtures("monday_morning")
def test_checking_again_finds_what_came_since(urtam_vk: Account) -> None:
    check_closed_weeks.delay()
    publish(urtam_vk, 5)

    check_again.delay(str(date(2026, 11, 16)), TOMSK.key)

    assert facts(urtam_vk)[0] == "kept"
