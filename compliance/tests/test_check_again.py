"""A check may be run again, doubled, cut short or late: the findings stay right and nothing is written twice."""

import threading
from datetime import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from compliance import check, week_sql
from compliance.check import check_week, check_week_once, due_weeks, store_findings
from compliance.models import CircumstanceKind, Finding, FindingChange, WeekCheck
from compliance.tasks import check_closed_weeks
from compliance.tests.conftest import MONDAY_MORNING, TOMSK, WEEK, Explain, facts, publish
from people.models import Organization
from registry.models import Account, AccountStatus

pytestmark = pytest.mark.usefixtures("norm")

TUESDAY = datetime(2026, 11, 24, 12, tzinfo=TOMSK)


def versions() -> list[tuple[object, ...]]:
    """Every finding as it stands; on PostgreSQL with the version of the row."""
    version = "xmin::text, ctid::text" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {version}, id, found_at, published, result FROM compliance_finding ORDER BY id")
        return list(cursor.fetchall())


@pytest.mark.usefixtures("monday_morning")
def test_a_repeat_that_finds_the_same_writes_nothing(
    urtam_vk: Account, urtam_ok: Account, chilino_vk: Account, explain: Explain
) -> None:
    publish(urtam_vk, 5)
    explain(chilino_vk, CircumstanceKind.UNVERIFIABLE)
    check_week(WEEK, TOMSK)
    before = versions()

    with time_machine.travel(TUESDAY):
        stored = store_findings(WEEK, TOMSK, TUESDAY)

    assert (stored.findings, stored.changes) == (0, 0)
    assert versions() == before
    assert not FindingChange.objects.exists()


@pytest.mark.usefixtures("monday_morning")
def test_a_late_publication_changes_the_finding_and_the_history_keeps_the_old_one(
    urtam_vk: Account, chilino_vk: Account
) -> None:
    publish(urtam_vk, 4)
    check_week(WEEK, TOMSK)
    publish(urtam_vk, 1, at=datetime(2026, 11, 22, 20, tzinfo=TOMSK))

    with time_machine.travel(TUESDAY, tick=False):
        check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("kept", 5, 5, "")
    [change] = FindingChange.objects.all()
    assert (change.finding.account, change.result, change.published) == (urtam_vk, "not_kept", 4)
    assert (change.found_at, change.replaced_at) == (MONDAY_MORNING, TUESDAY)
    assert Finding.objects.get(account=chilino_vk).found_at == MONDAY_MORNING


@pytest.mark.usefixtures("monday_morning")
def test_findings_of_accounts_no_longer_active_stay(urtam_vk: Account) -> None:
    check_week(WEEK, TOMSK)
    Account.objects.update(status=AccountStatus.ARCHIVED)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_kept", 0, 5, "")


@pytest.mark.usefixtures("monday_morning")
def test_an_account_that_moves_leaves_its_weeks_where_they_were(urtam_vk: Account, chilino: Organization) -> None:
    check_week(WEEK, TOMSK)
    Account.objects.update(organization=chilino)
    publish(urtam_vk, 5)

    check_week(WEEK, TOMSK)

    assert Finding.objects.get().organization_id != chilino.pk
    assert facts(urtam_vk)[0] == "kept"


@pytest.mark.usefixtures("monday_morning", "urtam_vk")
def test_a_check_that_is_cut_short_leaves_nothing_and_the_next_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week_sql, "STORE", "INSERT INTO nowhere SELECT 1")
    with pytest.raises(DatabaseError):
        check_week_once(WEEK, TOMSK)
    assert (WeekCheck.objects.count(), Finding.objects.count()) == (0, 0)
    monkeypatch.undo()

    assert check_week_once(WEEK, TOMSK)

    assert (WeekCheck.objects.count(), Finding.objects.count()) == (1, 1)


@pytest.mark.usefixtures("urtam_vk")
@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 11, 22, 23, 30, tzinfo=TOMSK), "2026-W46"),
        (datetime(2026, 11, 23, 0, 30, tzinfo=TOMSK), "2026-W46"),
        (datetime(2026, 11, 23, 5, 59, tzinfo=TOMSK), "2026-W46"),
        (datetime(2026, 11, 23, 6, 0, tzinfo=TOMSK), "2026-W47"),
        (datetime(2027, 1, 4, 6, 0, tzinfo=TOMSK), "2026-W53"),
    ],
)
def test_the_week_that_ended_is_due_from_six_on_monday(moment: datetime, week: str) -> None:
    with time_machine.travel(moment, tick=False):
        assert [str(due) for due in due_weeks(TOMSK)] == [week]


@pytest.mark.usefixtures("urtam_vk")
def test_missed_mondays_are_caught_up_each_once(monday_morning: time_machine.Traveller) -> None:
    check_closed_weeks()
    monday_morning.move_to(datetime(2026, 12, 16, 15, tzinfo=TOMSK))

    check_closed_weeks()
    again = check_closed_weeks()

    weeks = [str(row) for row in WeekCheck.objects.order_by("monday")]
    assert weeks == ["2026-W47", "2026-W48", "2026-W49", "2026-W50"]
    assert again == []


@pytest.mark.usefixtures("urtam_vk")
def test_after_a_long_stop_four_weeks_are_caught_up(monday_morning: time_machine.Traveller) -> None:
    check_closed_weeks()
    monday_morning.move_to(datetime(2027, 3, 3, 15, tzinfo=TOMSK))

    check_closed_weeks()

    weeks = [str(row) for row in WeekCheck.objects.order_by("monday")]
    assert weeks == ["2026-W47", "2027-W05", "2027-W06", "2027-W07", "2027-W08"]


@pytest.mark.usefixtures("monday_morning")
def test_the_second_of_two_checks_finds_the_first_done(urtam_vk: Account) -> None:
    assert check_week_once(WEEK, TOMSK) is True
    publish(urtam_vk, 5)

    assert check_week_once(WEEK, TOMSK) is False

    assert facts(urtam_vk)[0] == "not_kept"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("norm", "urtam_vk")
def test_of_four_checks_at_the_same_moment_one_checks(monday_morning: time_machine.Traveller) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lives in memory and has one connection; PostgreSQL runs this one")
    answers: list[bool] = []
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        answers.append(check_week_once(WEEK, TOMSK))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False, False, False, True]
    assert (WeekCheck.objects.count(), Finding.objects.count()) == (1, 1)


@pytest.mark.usefixtures("monday_morning", "urtam_vk")
def test_the_command_checks_a_week_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_week", "2026-W47")

    assert capsys.readouterr().out == "16–22 ноября, Asia/Tomsk: Норма не выполнена.\n"


@pytest.mark.usefixtures("monday_morning", "urtam_vk")
@pytest.mark.parametrize("arguments", [["2026-W48"], ["2026-47"], ["2026-W47", "--zone", "Asia/Nowhere"]])
def test_the_command_refuses_what_cannot_be_checked_in_one_sentence(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("check_week", *arguments)

    assert not Finding.objects.exists()


@pytest.mark.usefixtures("monday_morning")
def test_the_check_asks_as_many_queries_for_three_accounts_as_for_one(
    urtam_vk: Account, urtam_ok: Account, chilino_vk: Account, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(5 if connection.vendor == "postgresql" else 4):  # type: ignore[operator]
        check.store_findings(WEEK, TOMSK, MONDAY_MORNING)

    assert Finding.objects.count() == 3
