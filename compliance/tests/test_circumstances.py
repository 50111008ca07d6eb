"""Exempt or not verified, with a reason: what the check makes of circumstances, and what recording one does."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from compliance import actions
from compliance.check import check_week
from compliance.models import Circumstance, CircumstanceKind, Finding, FindingChange, WeekCheck
from compliance.tests.conftest import TOMSK, WEEK, Explain, facts, publish
from conftest import make_account, make_organization
from people.http import TooLate
from people.models import Organization, User
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.usefixtures("monday_morning", "norm")

EXEMPT, BLIND = CircumstanceKind.EXEMPT, CircumstanceKind.UNVERIFIABLE


def test_an_exempt_body_is_exempt_with_the_reason(urtam_vk: Account, chilino_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, EXEMPT, whole_body=True)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("exempt", 0, 5, "ремонт")
    assert facts(chilino_vk) == ("not_kept", 0, 5, "")


def test_what_is_said_of_the_district_is_not_said_of_its_settlements(
    district: Organization, vk: SocialNetwork, urtam_vk: Account, explain: Explain
) -> None:
    explain(make_account(district, vk, "district"), EXEMPT, whole_body=True)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_kept", 0, 5, "")


def test_what_is_said_of_one_account_is_not_said_of_its_neighbour(
    urtam_vk: Account, urtam_ok: Account, explain: Explain
) -> None:
    explain(urtam_vk, EXEMPT)

    check_week(WEEK, TOMSK)

    assert (facts(urtam_vk)[0], facts(urtam_ok)[0]) == ("exempt", "not_kept")


def test_an_account_that_published_enough_stays_exempt_all_the_same(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, EXEMPT)
    publish(urtam_vk, 6)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("exempt", 6, 5, "ремонт")


@pytest.mark.parametrize(
    ("starts", "ends", "reason"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "ремонт"),
        (date(2026, 1, 1), date(2026, 12, 31), "ремонт"),
        (date(2026, 11, 22), date(2026, 11, 29), "ремонт (не вся неделя)"),
        (date(2026, 11, 9), date(2026, 11, 16), "ремонт (не вся неделя)"),
        (date(2026, 11, 18), date(2026, 11, 18), "ремонт (не вся неделя)"),
    ],
)
def test_a_reason_that_covers_some_days_says_so(
    urtam_vk: Account, explain: Explain, starts: date, ends: date, reason: str
) -> None:
    explain(urtam_vk, EXEMPT, starts_on=starts, ends_on=ends)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("exempt", 0, 5, reason)


@pytest.mark.parametrize(
    ("starts", "ends"), [(date(2026, 11, 23), date(2026, 11, 29)), (date(2026, 11, 9), date(2026, 11, 15))]
)
def test_a_reason_of_another_week_means_nothing(urtam_vk: Account, explain: Explain, starts: date, ends: date) -> None:
    explain(urtam_vk, EXEMPT, starts_on=starts, ends_on=ends)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_kept", 0, 5, "")


def test_the_longest_reason_still_fits(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, EXEMPT, ends_on=WEEK.monday, reason="я" * 300)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk)[3] == "я" * 270 + " (не вся неделя)"


def test_a_reason_for_the_whole_week_goes_before_one_for_some_days(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, EXEMPT, starts_on=WEEK.previous.monday, ends_on=WEEK.monday, reason="отпуск")
    explain(urtam_vk, EXEMPT, reason="взломан")

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk)[3] == "взломан"


def test_what_is_said_of_the_account_goes_before_what_is_said_of_the_body(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, EXEMPT, whole_body=True, reason="отпуск")
    explain(urtam_vk, EXEMPT, reason="взломан")

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk)[3] == "взломан"


def test_what_was_said_of_an_account_goes_with_it_to_another_body(
    urtam_vk: Account, chilino: Organization, explain: Explain
) -> None:
    explain(urtam_vk, EXEMPT)
    Account.objects.update(organization=chilino)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("exempt", 0, 5, "ремонт")


def test_an_account_nobody_can_look_into_is_not_verified(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, BLIND, reason="нет доступа")
    publish(urtam_vk, 4)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_verified", 4, 5, "нет доступа")


def test_enough_publications_are_enough_even_then(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, BLIND, reason="нет доступа")
    publish(urtam_vk, 5)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("kept", 5, 5, "")


def test_exempt_goes_before_not_verified(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, BLIND, reason="нет доступа")
    explain(urtam_vk, EXEMPT, whole_body=True)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("exempt", 0, 5, "ремонт")


class TestRecording:
    """A reason that is recorded or taken back has the weeks it touches checked again, no others."""

    def circumstance(self, account: Account, starts: date, ends: date) -> Circumstance:
        return Circumstance(
            organization=account.organization,
            account=account,
            kind=EXEMPT,
            starts_on=starts,
            ends_on=ends,
            reason="ремонт",
        )

    def test_every_checked_week_it_touches_is_checked_again(
        self, urtam_vk: Account, coordinator: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        weeks = [WEEK + -3, WEEK + -2, WEEK + -1, WEEK]
        for week in weeks:
            check_week(week, TOMSK)

        with django_capture_on_commit_callbacks(execute=True):
            said = self.circumstance(urtam_vk, (WEEK + -2).sunday, WEEK.monday)
            actions.explain(said, by=coordinator)

        assert [facts(urtam_vk, week)[0] for week in weeks] == ["not_kept", "exempt", "exempt", "exempt"]
        assert said.made_by == coordinator
        assert FindingChange.objects.count() == 3

    def test_a_week_nobody_checked_stays_unchecked(
        self, urtam_vk: Account, coordinator: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            actions.explain(self.circumstance(urtam_vk, WEEK.monday, WEEK.sunday), by=coordinator)

        assert not WeekCheck.objects.exists()

    def test_what_ended_before_cannot_be_taken_back(
        self, urtam_vk: Account, coordinator: User, explain: Explain
    ) -> None:
        said = explain(urtam_vk, EXEMPT, starts_on=WEEK.previous.monday, ends_on=WEEK.previous.sunday)

        with pytest.raises(TooLate):
            actions.end(said, WEEK, by=coordinator)

        assert Circumstance.objects.count() == 1

    def test_what_is_taken_back_in_the_middle_still_holds_for_the_weeks_before(
        self,
        urtam_vk: Account,
        coordinator: User,
        explain: Explain,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        said = explain(urtam_vk, EXEMPT, starts_on=WEEK.previous.monday)
        for week in (WEEK.previous, WEEK):
            check_week(week, TOMSK)

        with django_capture_on_commit_callbacks(execute=True):
            actions.end(said, WEEK, by=coordinator)

        assert [facts(urtam_vk, week)[0] for week in (WEEK.previous, WEEK)] == ["exempt", "not_kept"]


def test_checking_by_hand_leaves_out_the_zone_where_the_week_still_runs(
    district: Organization,
    urtam_vk: Account,
    vk: SocialNetwork,
    coordinator: User,
    monday_morning: object,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    west = make_organization(district, "west")
    Organization.objects.filter(pk=west.pk).update(timezone="Europe/Kaliningrad")
    make_account(Organization.objects.get(pk=west.pk), vk, "west")
    assert WEEK.bounds(ZoneInfo("Europe/Kaliningrad"))[1] > WEEK.bounds(TOMSK)[1]
    monday_morning.move_to(WEEK.bounds(TOMSK)[1])  # type: ignore[attr-defined] # the fixture's clock

    with django_capture_on_commit_callbacks(execute=True):
        actions.run_check(WEEK, by=coordinator)

    assert [finding.account for finding in Finding.objects.all()] == [urtam_vk]


def test_a_week_that_is_over_nowhere_is_too_late_to_ask_for(urtam_vk: Account, coordinator: User) -> None:
    with pytest.raises(TooLate):
        actions.run_check(WEEK.next, by=coordinator)
