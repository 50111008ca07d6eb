"""The ladder before a plan is due: author, deputy, head, department; in working hours, each step once."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from compliance.models import Circumstance, CircumstanceKind
from conftest import make_account, make_organization, make_user
from contentplan import actions, reminders
from contentplan.models import Norm, PlanReminder, WeeklyPlan
from contentplan.tests.conftest import TOMSK
from people.models import Absence, Membership, Notice, Organization, SpecialDay, User, WorkHours
from people.roles import Role
from people.weeks import Week
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.usefixtures("norm", "urtam_vk")

# The plan of 30 November is due on Friday, 27 November, at noon.
AUTHOR = datetime(2026, 11, 26, 12, tzinfo=TOMSK)  # 8 working hours are left
DEPUTY = datetime(2026, 11, 26, 17, tzinfo=TOMSK)
HEAD = datetime(2026, 11, 27, 10, tzinfo=TOMSK)
DEPARTMENT = datetime(2026, 11, 27, 11, tzinfo=TOMSK)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(AUTHOR - MINUTE, tick=False) as traveller:
        yield traveller


def told() -> list[str]:
    return sorted(Notice.objects.filter(kind__in=["plan_due", "plans_due"]).values_list("user__username", flat=True))


def steps() -> list[str]:
    return list(PlanReminder.objects.order_by("pk").values_list("step", flat=True))


def test_nobody_is_reminded_early(editor: User) -> None:
    assert (reminders.remind(), told()) == (0, [])


def test_each_step_comes_at_its_time_and_once(
    editor: User, chilino_editor: User, urtam: Organization, coordinator: User, clock: time_machine.Traveller
) -> None:
    head = make_user("head", Role.OBSERVER, urtam)
    second = make_user("second", Role.EDITOR, urtam)
    Absence.objects.create(
        user=editor, deputy=second, starts_on=date(2026, 8, 1), ends_on=date(2026, 8, 14), made_by=editor
    )
    Membership.objects.filter(user=second).delete()
    seen = []
    for moment in (AUTHOR, DEPUTY, HEAD, DEPARTMENT):
        clock.move_to(moment)
        reminders.remind()
        reminders.remind()
        seen.append(told())

    assert seen == [
        ["editor"],
        ["editor", "second"],
        ["editor", head.username, "second"],
        ["coordinator", "editor", head.username, "second"],
    ]


def test_the_author_reads_until_when_and_what_is_missing(editor: User, clock: time_machine.Traveller) -> None:
    """In the hours of the body, in whatever zone the worker lives."""
    clock.move_to(AUTHOR)
    with timezone.override("Europe/Moscow"):
        reminders.remind()

    notice = Notice.objects.get()
    assert notice.title == "План на 30 ноября – 6 декабря пока не сдан"
    assert notice.text.startswith("Сдать его нужно до пт, 27 ноября, 12:00. ВКонтакте: не хватает 5 публикаций")
    assert notice.url == "/plans/urtam/2026-W49/"


def test_the_department_reads_one_sentence_about_all(
    chilino_vk: Account, coordinator: User, clock: time_machine.Traveller
) -> None:
    clock.move_to(DEPARTMENT)
    reminders.remind()

    notice = Notice.objects.get(kind="plans_due")
    assert (notice.title, notice.text) == ("Не сданы 2 плана на 30 ноября – 6 декабря", "– Urtam\n– Chilino")


def test_it_stops_the_moment_the_plan_is_handed_in(
    editor: User, urtam: Organization, clock: time_machine.Traveller
) -> None:
    clock.move_to(AUTHOR)
    reminders.remind()
    plan = actions.open_plan(urtam, Week.parse("2026-W49"), by=editor)

    actions.hand_in(plan, reason="Отпуск", by=editor)
    clock.move_to(DEPARTMENT)

    assert (reminders.remind(), told()) == (0, [])


def test_whoever_began_the_plan_is_the_author(
    plan: WeeklyPlan,
    content: Callable[..., actions.PostContent],
    editor: User,
    urtam: Organization,
    now: time_machine.Traveller,
) -> None:
    make_user("second", Role.EDITOR, urtam)
    actions.add_post(plan, content(), by=editor)

    now.move_to(AUTHOR)
    reminders.remind()

    assert told() == ["editor"]


def test_other_writers_of_the_body_are_the_deputies(
    plan: WeeklyPlan,
    content: Callable[..., actions.PostContent],
    editor: User,
    urtam: Organization,
    now: time_machine.Traveller,
) -> None:
    make_user("second", Role.EDITOR, urtam)
    actions.add_post(plan, content(), by=editor)

    now.move_to(DEPUTY)
    reminders.remind()

    assert told() == ["editor", "second"]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 26, 13, 15, tzinfo=TOMSK),  # lunch
        datetime(2026, 11, 26, 18, 15, tzinfo=TOMSK),
        datetime(2026, 11, 27, 3, tzinfo=TOMSK),
        datetime(2026, 11, 28, 11, tzinfo=TOMSK),  # Saturday
        datetime(2026, 11, 29, 23, 30, tzinfo=TOMSK),
    ],
)
def test_nobody_is_reminded_outside_working_hours(
    editor: User, moment: datetime, clock: time_machine.Traveller
) -> None:
    clock.move_to(moment)

    assert reminders.remind() == 0


def test_a_day_off_moves_the_ladder_forward(
    editor: User, district: Organization, clock: time_machine.Traveller
) -> None:
    SpecialDay.objects.create(organization=district, day=date(2026, 11, 27), title="День района")
    clock.move_to(datetime(2026, 11, 26, 17, tzinfo=TOMSK))  # the last working hour before it is due

    reminders.remind()

    assert steps() == ["author", "deputy", "head", "department"]


def test_before_new_year_the_ladder_ends_with_the_last_working_day(editor: User, clock: time_machine.Traveller) -> None:
    clock.move_to(datetime(2026, 12, 30, 9, 15, tzinfo=TOMSK))  # due on 1 January; 31 December is off

    reminders.remind()

    assert steps() == ["author"]


def test_each_body_has_its_own_hours(editor: User, urtam: Organization, clock: time_machine.Traveller) -> None:
    WorkHours.objects.create(organization=urtam, weekday=5, starts=time(8), ends=time(12))
    clock.move_to(AUTHOR)
    on_thursday = reminders.remind()
    clock.move_to(HEAD)

    assert (on_thursday, reminders.remind()) == (0, 3)


def test_a_body_without_a_norm_is_left_in_peace(editor: User, clock: time_machine.Traveller) -> None:
    Norm.objects.update(ends_on=date(2026, 11, 1))
    clock.move_to(DEPARTMENT)

    assert reminders.remind() == 0


@pytest.mark.parametrize("whole_body", [True, False])
def test_a_body_that_is_exempt_is_left_in_peace(
    editor: User, urtam_vk: Account, coordinator: User, whole_body: bool, clock: time_machine.Traveller
) -> None:
    Circumstance.objects.create(
        organization=urtam_vk.organization,
        account=None if whole_body else urtam_vk,
        kind=CircumstanceKind.EXEMPT,
        starts_on=date(2026, 11, 30),
        ends_on=date(2026, 12, 6),
        reason="Отпуск специалиста",
        made_by=coordinator,
    )
    clock.move_to(DEPARTMENT)

    assert reminders.remind() == 0


def test_a_reason_for_another_week_excuses_nobody(
    editor: User, urtam_vk: Account, coordinator: User, clock: time_machine.Traveller
) -> None:
    Circumstance.objects.create(
        organization=urtam_vk.organization,
        kind=CircumstanceKind.EXEMPT,
        starts_on=date(2026, 11, 23),
        ends_on=date(2026, 11, 29),
        reason="Отпуск специалиста",
        made_by=coordinator,
    )
    clock.move_to(AUTHOR)

    assert reminders.remind() == 1


def test_the_deputy_of_an_author_who_is_away_is_reminded(
    editor: User, coordinator: User, clock: time_machine.Traveller
) -> None:
    Absence.objects.create(
        user=editor, deputy=coordinator, starts_on=date(2026, 11, 20), ends_on=date(2026, 12, 4), made_by=editor
    )
    clock.move_to(AUTHOR)

    reminders.remind()

    assert told() == ["coordinator"]


@pytest.mark.parametrize("bodies", [1, 3])
def test_when_nothing_is_due_any_number_of_bodies_is_asked_alike(
    bodies: int, district: Organization, vk: SocialNetwork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(bodies):
        make_account(make_organization(district, f"body{n}"), vk, f"body{n}_demo")

    with django_assert_num_queries(3):
        reminders.remind()


@pytest.mark.parametrize("bodies", [1, 3])
def test_when_all_is_said_any_number_of_bodies_is_asked_alike(
    bodies: int,
    district: Organization,
    vk: SocialNetwork,
    clock: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(bodies):
        make_account(make_organization(district, f"body{n}"), vk, f"body{n}_demo")
    clock.move_to(DEPARTMENT)
    reminders.remind()

    with django_assert_num_queries(5):
        reminders.remind()
