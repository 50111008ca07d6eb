"""A check may be run again, doubled or cut short: the findings stay right and nothing is written twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection

from compliance import week_sql
from compliance.check import check_week, check_week_once, store_findings
from compliance.models import CircumstanceKind, Finding, FindingChange, WeekCheck
from compliance.tests.conftest import MONDAY_MORNING, TOMSK, WEEK, Explain, facts, publish
from conftest import make_account
from contentplan.models import Norm
from people.models import Letter, Organization, User
from registry.models import Account, AccountStatus, LegalAct, SocialNetwork

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


@pytest.mark.usefixtures("monday_morning")
def test_a_week_checked_again_keeps_the_norm_and_the_circumstances_of_its_body(
    urtam: Organization, urtam_vk: Account, chilino: Organization, explain: Explain, the_order: LegalAct
) -> None:
    Norm.objects.create(posts_per_week=3, organization=urtam, starts_on=WEEK.monday, legal_act=the_order)
    explain(urtam_vk, CircumstanceKind.UNVERIFIABLE, whole_body=True)
    check_week(WEEK, TOMSK)
    Account.objects.update(organization=chilino)

    stored = store_findings(WEEK, TOMSK, TUESDAY)

    assert (stored.findings, facts(urtam_vk)) == (0, ("not_verified", 0, 3, "ремонт"))


@pytest.mark.usefixtures("monday_morning")
def test_what_was_found_three_times_is_remembered_twice(urtam_vk: Account) -> None:
    for n in range(3):
        check_week(WEEK, TOMSK)
        publish(urtam_vk, 1, at=datetime(2026, 11, 18, 10 + n, tzinfo=TOMSK))

    assert list(FindingChange.objects.order_by("pk").values_list("published", flat=True)) == [0, 1]
    assert facts(urtam_vk)[1] == 2


@pytest.mark.usefixtures("monday_morning")
def test_a_norm_changed_afterwards_changes_the_finding_and_is_remembered(urtam_vk: Account, norm: Norm) -> None:
    publish(urtam_vk, 4)
    check_week(WEEK, TOMSK)
    Norm.objects.update(posts_per_week=4)

    check_week(WEEK, TOMSK)

    [change] = FindingChange.objects.all()
    assert (change.required, change.result, change.norm) == (5, "not_kept", norm)
    assert facts(urtam_vk) == ("kept", 4, 4, "")


@pytest.mark.usefixtures("monday_morning")
def test_weeks_are_found_apart(urtam_vk: Account) -> None:
    publish(urtam_vk, 5, WEEK.previous)
    check_week(WEEK.previous, TOMSK)

    check_week(WEEK, TOMSK)

    assert (facts(urtam_vk, WEEK.previous)[1], facts(urtam_vk)[1]) == (5, 0)
    assert not FindingChange.objects.exists()


@pytest.mark.usefixtures("monday_morning")
@pytest.mark.parametrize("step", ["JUDGE", "REMEMBER", "CORRECT", "STORE", "FORGET"])
def test_a_check_that_is_cut_short_leaves_nothing_and_the_next_one_does_it_all(
    urtam_vk: Account, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(week_sql, step, "INSERT INTO nowhere SELECT 1")
    with pytest.raises(DatabaseError):
        check_week_once(WEEK, TOMSK)
    assert (WeekCheck.objects.count(), Finding.objects.count()) == (0, 0)
    monkeypatch.undo()

    assert check_week_once(WEEK, TOMSK)

    assert (WeekCheck.objects.count(), Finding.objects.count()) == (1, 1)


@pytest.mark.usefixtures("monday_morning")
def test_a_second_check_that_is_cut_short_leaves_what_stood(urtam_vk: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    check_week(WEEK, TOMSK)
    publish(urtam_vk, 5)
    before = versions()

    monkeypatch.setattr(week_sql, "STORE", "INSERT INTO nowhere SELECT 1")
    with pytest.raises(DatabaseError):
        check_week(WEEK, TOMSK)

    assert versions() == before
    assert not FindingChange.objects.exists()


@pytest.mark.usefixtures("monday_morning")
def test_the_second_of_two_checks_finds_the_first_done(urtam_vk: Account) -> None:
    assert check_week_once(WEEK, TOMSK) is True
    publish(urtam_vk, 5)

    assert check_week_once(WEEK, TOMSK) is False

    assert facts(urtam_vk)[0] == "not_kept"


def at_once(run: Callable[[], object], times: int = 4) -> list[object]:
    """What each of several threads answered, which all began at the same moment, each on a connection of its own."""
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lives in memory and has one connection; PostgreSQL runs this one")
    start = threading.Barrier(times)

    def one(_number: int) -> object:
        start.wait(30)
        try:
            return run()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("urtam_vk", "monday_morning")
def test_of_four_checks_at_the_same_moment_one_checks() -> None:
    answers = at_once(lambda: check_week_once(WEEK, TOMSK))

    assert sorted(map(str, answers)) == ["False", "False", "False", "True"]
    assert (WeekCheck.objects.count(), Finding.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("monday_morning")
def test_four_people_who_check_again_at_the_same_moment_remember_the_change_once(
    urtam_vk: Account, editor: User
) -> None:
    check_week(WEEK, TOMSK)
    publish(urtam_vk, 5)

    at_once(lambda: check_week(WEEK, TOMSK))

    assert (Finding.objects.get().result, FindingChange.objects.count()) == ("kept", 1)
    assert Letter.objects.filter(user=editor, key__startswith="week:").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("monday_morning", "urtam_vk")
def test_of_four_workers_one_writes_the_letters(editor: User, coordinator: User) -> None:
    written = at_once(lambda: bool(check_week(WEEK, TOMSK)))

    assert len(written) == 4
    assert sorted(Letter.objects.filter(key__startswith="week:").values_list("user__username", flat=True)) == [
        "coordinator",
        "editor",
    ]


@pytest.mark.usefixtures("monday_morning")
@pytest.mark.parametrize("accounts", [1, 3])
def test_the_check_asks_as_many_statements_for_three_accounts_as_for_one(
    urtam: Organization, vk: SocialNetwork, accounts: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for n in range(accounts):
        publish(make_account(urtam, vk, f"page{n}"), n)

    with django_assert_num_queries(6 if connection.vendor == "postgresql" else 5):
        store_findings(WEEK, TOMSK, MONDAY_MORNING)

    assert Finding.objects.count() == accounts
