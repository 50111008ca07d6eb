"""What the weekly check finds (procedure, cl. 5)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from compliance.check import WeekStillRuns, check_week
from compliance.models import CircumstanceKind, Finding
from compliance.tests.conftest import TOMSK, WEEK, Explain, facts, publish
from conftest import make_account, make_organization
from contentplan.models import Norm, Placement, PlannedPost, PlanNorm, PostFormat, WeeklyPlan
from people.models import Organization, User
from people.weeks import Week
from registry.models import Account, AccountStatus, LegalAct, SocialNetwork

pytestmark = pytest.mark.usefixtures("monday_morning", "norm")


def test_five_counting_publications_keep_the_norm(urtam_vk: Account) -> None:
    publish(urtam_vk, 5)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("kept", 5, 5, "")


def test_four_do_not(urtam_vk: Account) -> None:
    publish(urtam_vk, 4)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_kept", 4, 5, "")


def test_an_account_that_published_nothing_is_found_too(urtam_vk: Account) -> None:
    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_kept", 0, 5, "")


def test_publications_that_do_not_count_are_not_counted(urtam_vk: Account) -> None:
    publish(urtam_vk, 4)
    publish(urtam_vk, 3, counts=False)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_kept", 4, 5, "")


def test_a_plan_is_not_a_publication(urtam: Organization, urtam_vk: Account, editor: User) -> None:
    plan = WeeklyPlan.objects.create(organization=urtam, monday=WEEK.monday)
    text = PostFormat.objects.create(slug="text", name="текст")
    for day in range(5):
        moment = datetime(2026, 11, 16 + day, 10, tzinfo=TOMSK)
        post = PlannedPost.objects.create(plan=plan, planned_at=moment, topic="Новость", format=text, created_by=editor)
        Placement.objects.create(post=post, account=urtam_vk)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_kept", 0, 5, "")


def test_sunday_evening_belongs_to_the_week_and_monday_after_midnight_to_the_next(urtam_vk: Account) -> None:
    publish(urtam_vk, 1, at=datetime(2026, 11, 22, 23, 30, tzinfo=TOMSK))
    publish(urtam_vk, 1, at=datetime(2026, 11, 23, 0, 30, tzinfo=TOMSK))
    publish(urtam_vk, 1, at=datetime(2026, 11, 16, 0, 0, tzinfo=TOMSK))
    publish(urtam_vk, 1, at=datetime(2026, 11, 15, 23, 59, tzinfo=TOMSK))

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_kept", 2, 5, "")


@pytest.mark.parametrize("week", ["2026-W53", "2027-W01"])
def test_week_53_and_the_new_year(urtam_vk: Account, week: str) -> None:
    publish(urtam_vk, 5, Week.parse("2026-W53"))
    publish(urtam_vk, 6, Week.parse("2027-W01"))

    with time_machine.travel(datetime(2027, 1, 12, tzinfo=TOMSK)):
        check_week(Week.parse(week), TOMSK)

    assert facts(urtam_vk, Week.parse(week))[1] == {"2026-W53": 5, "2027-W01": 6}[week]


def test_each_zone_has_its_own_monday(district: Organization, urtam_vk: Account, vk: SocialNetwork) -> None:
    west = make_organization(district, "kaliningrad")
    Organization.objects.filter(pk=west.pk).update(timezone="Europe/Kaliningrad")
    west_vk = make_account(Organization.objects.get(pk=west.pk), vk, "west_demo")
    # Sunday 23:30 in Kaliningrad is Monday 04:30 in Tomsk.
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("Europe/Kaliningrad"))
    publish(west_vk, 1, at=moment)
    publish(urtam_vk, 1, at=moment)

    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=TOMSK)):
        check_week(WEEK, TOMSK)
        assert Finding.objects.count() == 1
        check_week(WEEK, ZoneInfo("Europe/Kaliningrad"))

    assert facts(west_vk)[1] == 1
    assert facts(urtam_vk)[1] == 0


def test_a_week_that_still_runs_is_refused_with_a_sentence(urtam_vk: Account) -> None:
    with pytest.raises(WeekStillRuns) as refusal:
        check_week(WEEK.next, TOMSK)

    assert "23–29 ноября" in refusal.value.sentence
    assert not Finding.objects.exists()


def test_prohibited_networks_and_entries_that_are_not_active_are_left_out(
    urtam: Organization, vk: SocialNetwork, ok: SocialNetwork, facebook: SocialNetwork
) -> None:
    make_account(urtam, facebook, "urtam")
    make_account(urtam, ok, "group/1", status=AccountStatus.SUSPENDED)
    make_account(urtam, ok, "group/2", opened_on=WEEK.next.monday)
    make_account(urtam, ok, "group/3", closed_on=WEEK.previous.sunday)
    asked = make_account(urtam, vk, "urtam")

    check_week(WEEK, TOMSK)

    assert list(Finding.objects.values_list("account", flat=True)) == [asked.pk]


def test_the_narrowest_norm_in_force_wins(
    urtam: Organization, urtam_vk: Account, urtam_ok: Account, chilino_vk: Account, the_order: LegalAct
) -> None:
    since = {"starts_on": date(2026, 1, 1), "legal_act": the_order}
    Norm.objects.create(posts_per_week=4, kind=urtam.kind, **since)
    Norm.objects.create(posts_per_week=3, organization=urtam, **since)
    Norm.objects.create(posts_per_week=2, account=urtam_ok, **since)
    Norm.objects.create(posts_per_week=1, account=urtam_ok, starts_on=WEEK.monday.replace(day=17), legal_act=the_order)
    Norm.objects.create(
        posts_per_week=9,
        organization=urtam,
        starts_on=date(2025, 1, 1),
        ends_on=date(2026, 11, 15),
        legal_act=the_order,
    )

    check_week(WEEK, TOMSK)

    assert [facts(account)[2] for account in (urtam_ok, urtam_vk, chilino_vk)] == [2, 3, 4]


def test_a_plan_keeps_the_norm_it_was_made_under(urtam: Organization, urtam_vk: Account, norm: Norm) -> None:
    plan = WeeklyPlan.objects.create(organization=urtam, monday=WEEK.monday)
    PlanNorm.objects.create(plan=plan, account=urtam_vk, posts_per_week=2, norm=norm)
    publish(urtam_vk, 2)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("kept", 2, 2, "")


def test_without_a_norm_in_force_the_account_is_exempt_and_the_finding_says_so(urtam_vk: Account) -> None:
    Norm.objects.update(starts_on=date(2026, 11, 17))

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("exempt", 0, 0, "норма не установлена")


def test_an_account_opened_during_the_week_is_exempt(urtam: Organization, vk: SocialNetwork) -> None:
    young = make_account(urtam, vk, "young", opened_on=date(2026, 11, 17))
    on_monday = make_account(urtam, vk, "on_monday", opened_on=WEEK.monday)

    check_week(WEEK, TOMSK)

    assert facts(young) == ("exempt", 0, 5, "аккаунт открыт в течение недели")
    assert facts(on_monday) == ("not_kept", 0, 5, "")


def test_an_exempt_body_is_exempt_with_the_reason(urtam_vk: Account, chilino_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, CircumstanceKind.EXEMPT, whole_body=True)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("exempt", 0, 5, "ремонт")
    assert facts(chilino_vk) == ("not_kept", 0, 5, "")


def test_a_reason_that_covers_some_days_says_so(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, CircumstanceKind.EXEMPT, starts_on=WEEK.sunday, ends_on=WEEK.next.sunday)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk)[3] == "ремонт (не вся неделя)"


def test_a_reason_of_another_week_means_nothing(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, CircumstanceKind.EXEMPT, starts_on=WEEK.next.monday, ends_on=WEEK.next.sunday)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_kept", 0, 5, "")


def test_what_is_said_of_the_account_goes_before_what_is_said_of_the_body(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, CircumstanceKind.EXEMPT, whole_body=True, reason="отпуск")
    explain(urtam_vk, CircumstanceKind.EXEMPT, reason="взломан")

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk)[3] == "взломан"


def test_an_account_nobody_can_look_into_is_not_verified(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, CircumstanceKind.UNVERIFIABLE, reason="нет доступа")
    publish(urtam_vk, 4)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("not_verified", 4, 5, "нет доступа")


def test_enough_publications_are_enough_even_then(urtam_vk: Account, explain: Explain) -> None:
    explain(urtam_vk, CircumstanceKind.UNVERIFIABLE, reason="нет доступа")
    publish(urtam_vk, 5)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("kept", 5, 5, "")
