"""What the weekly check finds (procedure, cl. 5)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from compliance.check import WeekStillRuns, check_week
from compliance.models import Finding
from compliance.tests.conftest import TOMSK, WEEK, facts, publish
from conftest import make_account, make_organization
from contentplan.models import Norm, Placement, PlannedPost, PlanNorm, PostFormat, WeeklyPlan
from people.models import Organization, User
from people.weeks import Week
from registry.models import Account, AccountStatus, LegalAct, LegalStatus, NetworkStatus, SocialNetwork

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
    publish(urtam_vk, 1, at=datetime(2026, 11, 23, 0, 0, tzinfo=TOMSK))
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


def test_new_years_night_belongs_to_the_week_it_falls_into(urtam_vk: Account) -> None:
    week = Week.parse("2026-W53")  # 28 December – 3 January
    publish(urtam_vk, 1, at=datetime(2026, 12, 31, 23, 59, tzinfo=TOMSK))
    publish(urtam_vk, 1, at=datetime(2027, 1, 1, 0, 0, tzinfo=TOMSK))
    publish(urtam_vk, 1, at=datetime(2027, 1, 3, 23, 30, tzinfo=TOMSK))
    publish(urtam_vk, 1, at=datetime(2027, 1, 4, 0, 30, tzinfo=TOMSK))

    with time_machine.travel(datetime(2027, 1, 4, 6, tzinfo=TOMSK)):
        check_week(week, TOMSK)

    assert facts(urtam_vk, week)[1] == 3


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


def test_a_week_ends_with_its_last_minute(urtam_vk: Account) -> None:
    with (
        time_machine.travel(datetime(2026, 11, 22, 23, 59, 59, tzinfo=TOMSK), tick=False),
        pytest.raises(WeekStillRuns),
    ):
        check_week(WEEK, TOMSK)

    with time_machine.travel(datetime(2026, 11, 23, 0, 0, tzinfo=TOMSK), tick=False):
        check_week(WEEK, TOMSK)

    assert Finding.objects.count() == 1


def test_a_week_that_still_runs_is_refused_with_a_sentence(urtam_vk: Account) -> None:
    with pytest.raises(WeekStillRuns) as refusal:
        check_week(WEEK.next, TOMSK)

    assert refusal.value.sentence == (
        "Неделя 23–29 ноября ещё идёт (часовой пояс Asia/Tomsk). Проверить её можно, когда она закончится."
    )
    assert not Finding.objects.exists()


def test_accounts_that_were_not_kept_on_any_day_of_the_week_are_left_out(
    urtam: Organization, vk: SocialNetwork
) -> None:
    make_account(urtam, vk, "later", opened_on=WEEK.next.monday)
    make_account(urtam, vk, "earlier", closed_on=WEEK.previous.sunday)
    asked = [
        make_account(urtam, vk, "until_monday", closed_on=WEEK.monday),
        make_account(urtam, vk, "since_sunday", opened_on=WEEK.sunday),
    ]

    check_week(WEEK, TOMSK)

    assert set(Finding.objects.values_list("account", flat=True)) == {account.pk for account in asked}


@pytest.mark.parametrize("status", sorted(set(AccountStatus) - {AccountStatus.ACTIVE}))
def test_an_entry_that_is_not_active_is_not_asked(
    urtam: Organization, vk: SocialNetwork, the_order: LegalAct, status: AccountStatus
) -> None:
    account = make_account(urtam, vk, "urtam", status=status, legal_act=the_order)
    publish(account, 5)

    check_week(WEEK, TOMSK)

    assert not Finding.objects.exists()


def test_a_body_that_no_longer_works_is_not_asked(urtam: Organization, urtam_vk: Account, chilino_vk: Account) -> None:
    Organization.objects.filter(pk=urtam.pk).update(is_active=False)

    check_week(WEEK, TOMSK)

    assert list(Finding.objects.values_list("account", flat=True)) == [chilino_vk.pk]


@pytest.mark.usefixtures("past_the_database")
def test_nothing_is_asked_in_a_prohibited_network(
    urtam: Organization, urtam_vk: Account, facebook: SocialNetwork
) -> None:
    make_account(urtam, facebook, "urtam")

    check_week(WEEK, TOMSK)

    assert list(Finding.objects.values_list("account", flat=True)) == [urtam_vk.pk]


@pytest.mark.usefixtures("past_the_database")
@pytest.mark.parametrize(
    ("status", "since", "asked"),
    [
        (LegalStatus.PROHIBITED, WEEK.sunday, 0),
        (LegalStatus.PROHIBITED, WEEK.next.monday, 1),
        (LegalStatus.LIMITED, WEEK.monday, 1),
    ],
)
def test_the_law_of_that_week_counts_not_the_law_of_today(
    urtam_vk: Account, vk: SocialNetwork, status: LegalStatus, since: date, asked: int
) -> None:
    NetworkStatus.objects.create(network=vk, status=status, starts_on=since, basis="закон")

    check_week(WEEK, TOMSK)

    assert Finding.objects.count() == asked


@pytest.mark.usefixtures("past_the_database")
@pytest.mark.parametrize(("since", "asked"), [(WEEK.monday, 1), (WEEK.days[1], 0), (WEEK.sunday, 0)])
def test_a_network_allowed_again_is_asked_from_its_first_whole_week(
    urtam: Organization, facebook: SocialNetwork, since: date, asked: int
) -> None:
    make_account(urtam, facebook, "urtam")
    NetworkStatus.objects.create(network=facebook, status=LegalStatus.OPTIONAL, starts_on=since, basis="решение суда")

    check_week(WEEK, TOMSK)

    assert Finding.objects.count() == asked


def test_the_narrowest_norm_in_force_wins(
    urtam: Organization, urtam_vk: Account, urtam_ok: Account, chilino_vk: Account, the_order: LegalAct
) -> None:
    since = {"starts_on": date(2026, 1, 1), "legal_act": the_order}
    Norm.objects.create(posts_per_week=4, kind=urtam.kind, **since)
    Norm.objects.create(posts_per_week=3, organization=urtam, **since)
    Norm.objects.create(posts_per_week=2, account=urtam_ok, **since)

    check_week(WEEK, TOMSK)

    assert [facts(account)[2] for account in (urtam_ok, urtam_vk, chilino_vk)] == [2, 3, 4]


def test_the_general_norm_is_for_every_other_kind(
    district: Organization, vk: SocialNetwork, the_order: LegalAct, urtam: Organization
) -> None:
    Norm.objects.create(posts_per_week=4, kind=urtam.kind, starts_on=date(2026, 1, 1), legal_act=the_order)
    account = make_account(district, vk, "district")

    check_week(WEEK, TOMSK)

    assert facts(account)[2] == 5


@pytest.mark.parametrize(
    ("starts", "ends", "required"),
    [
        (date(2026, 11, 16), None, 9),  # the Monday itself
        (date(2026, 11, 17), None, 5),  # begins during the week
        (date(2026, 1, 1), date(2026, 11, 16), 9),  # ends on the Monday
        (date(2026, 1, 1), date(2026, 11, 15), 5),  # ended the day before
    ],
)
def test_the_norm_of_the_monday_holds_for_the_whole_week(
    urtam: Organization, urtam_vk: Account, the_order: LegalAct, starts: date, ends: date | None, required: int
) -> None:
    Norm.objects.create(posts_per_week=9, organization=urtam, starts_on=starts, ends_on=ends, legal_act=the_order)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk)[2] == required


def test_of_two_norms_of_one_scope_the_later_wins(urtam: Organization, urtam_vk: Account, the_order: LegalAct) -> None:
    for year, posts in ((2025, 7), (2026, 6), (2024, 8)):
        Norm.objects.create(posts_per_week=posts, organization=urtam, starts_on=date(year, 1, 1), legal_act=the_order)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk)[2] == 6


def test_the_finding_names_its_norm(urtam: Organization, urtam_vk: Account, the_order: LegalAct) -> None:
    own = Norm.objects.create(posts_per_week=5, organization=urtam, starts_on=date(2026, 1, 1), legal_act=the_order)

    check_week(WEEK, TOMSK)

    assert Finding.objects.get().norm == own


def test_a_plan_keeps_the_norm_it_was_made_under(urtam: Organization, urtam_vk: Account, norm: Norm) -> None:
    plan = WeeklyPlan.objects.create(organization=urtam, monday=WEEK.monday)
    PlanNorm.objects.create(plan=plan, account=urtam_vk, posts_per_week=2, norm=norm)
    publish(urtam_vk, 2)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk) == ("kept", 2, 2, "")


def test_the_norm_of_a_plan_goes_before_the_norm_of_the_account(
    urtam: Organization, urtam_vk: Account, norm: Norm, the_order: LegalAct
) -> None:
    plan = WeeklyPlan.objects.create(organization=urtam, monday=WEEK.monday)
    PlanNorm.objects.create(plan=plan, account=urtam_vk, posts_per_week=5, norm=norm)
    Norm.objects.create(posts_per_week=1, account=urtam_vk, starts_on=WEEK.monday, legal_act=the_order)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk)[2] == 5


def test_the_plan_of_another_week_says_nothing(urtam: Organization, urtam_vk: Account, norm: Norm) -> None:
    for week in (WEEK.previous, WEEK.next):
        plan = WeeklyPlan.objects.create(organization=urtam, monday=week.monday)
        PlanNorm.objects.create(plan=plan, account=urtam_vk, posts_per_week=2, norm=norm)

    check_week(WEEK, TOMSK)

    assert facts(urtam_vk)[2] == 5


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
