"""Organizations × weeks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conftest import make_organization
from contentplan import actions, matrix
from contentplan.due import plan_due_at
from contentplan.models import Norm, PlannedPost, PostFormat, Status, WeeklyPlan
from people.models import Organization, User
from registry.models import Account, SocialNetwork

from .conftest import WEEK, MakeContent

EIGHT_WEEKS = [WEEK + number for number in range(-4, 4)]
ManyBodies = Callable[[int], list[Organization]]


def test_a_row_for_each_body_a_cell_for_each_week(
    submitted_post: PlannedPost,
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    coordinator: User,
    urtam: Organization,
    chilino: Organization,
    chilino_vk: Account,
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)
    actions.add_post(plan, content(1), by=editor)

    rows = matrix.rows([urtam, chilino], [WEEK.previous, WEEK])

    assert [row.organization for row in rows] == [urtam, chilino]
    before, cell = rows[0].cells
    assert (before.week, before.plan, before.state.total) == (WEEK.previous, None, 0)
    assert (cell.plan, cell.state.counts) == (plan, {Status.APPROVED: 1, Status.DRAFT: 1})
    assert (cell.meters[0].planned, cell.missing, cell.tone, cell.is_handed_in) == (2, 3, "wait", False)
    assert [meter.account for meter in rows[1].cells[1].meters] == [chilino_vk]


def test_the_worst_meter_colours_the_cell(
    plan: WeeklyPlan, urtam: Organization, urtam_ok: Account, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-08T00:00:00+07:00")

    [row] = matrix.rows([urtam], [WEEK])

    assert (row.cells[0].tone, row.cells[0].kept) == ("bad", False)


def test_nothing_to_show() -> None:
    assert matrix.rows([], [WEEK]) == []


def test_the_matrix_takes_the_same_queries_for_any_size(
    plan: WeeklyPlan,
    post: PlannedPost,
    urtam: Organization,
    chilino: Organization,
    district: Organization,
    urtam_vk: Account,
    chilino_vk: Account,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(7):  # every plan here keeps its norms: the book of norms is not opened
        matrix.rows([urtam], [WEEK])
    with django_assert_num_queries(8):
        matrix.rows([urtam, chilino, district], [WEEK + n for n in range(-3, 5)])


@pytest.fixture
def many_bodies(
    district: Organization, vk: SocialNetwork, coordinator: User, norm: Norm, text_format: PostFormat
) -> ManyBodies:
    """Makes bodies, each with an account and with a post in each of eight weeks."""

    def run(n: int) -> list[Organization]:
        bodies = [make_organization(district, f"body-{number}") for number in range(n)]
        Account.objects.bulk_create(
            Account(organization=body, network=vk, name=body.slug, url=f"https://vk.com/{body.slug}", status="active")
            for body in bodies
        )
        plans = WeeklyPlan.objects.bulk_create(
            WeeklyPlan(organization=body, monday=week.monday) for body in bodies for week in EIGHT_WEEKS
        )
        PlannedPost.objects.bulk_create(
            PlannedPost(plan=plan, planned_at=plan.bounds[0], topic="Тема", format=text_format, created_by=coordinator)
            for plan in plans
        )
        return bodies

    return run


@pytest.mark.parametrize("n", [1, 100])
def test_a_hundred_bodies_by_eight_weeks_take_the_same_queries_as_one(
    n: int, many_bodies: ManyBodies, now: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bodies = many_bodies(n)

    with django_assert_num_queries(8):
        rows = matrix.rows(bodies, EIGHT_WEEKS)

    assert [len(row.cells) for row in rows] == [8] * n
    assert {cell.state.total for row in rows for cell in row.cells} == {1}


@pytest.mark.parametrize("n", [1, 3, 100])
def test_the_page_of_plans_takes_the_same_queries_for_any_number_of_bodies(
    n: int,
    client: Client,
    coordinator: User,
    many_bodies: ManyBodies,
    now: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    many_bodies(n)
    client.force_login(coordinator)
    asked = {"weeks": "8", "bodies": "100"}
    client.get("/plans/", asked)  # what is kept between requests is kept

    with django_assert_num_queries(17):
        page = client.get("/plans/", asked)

    assert len(page.context["rows"]) == n


@pytest.mark.parametrize(("asked", "shown"), [("", 4), ("8", 8), ("5", 4), ("x", 4)])
def test_four_weeks_or_eight(
    asked: str, shown: int, client: Client, coordinator: User, urtam_vk: Account, now: time_machine.Traveller
) -> None:
    client.force_login(coordinator)

    assert len(client.get("/plans/", {"weeks": asked}).context["weeks"]) == shown


def test_a_plan_handed_in_after_its_time_is_late(plan: WeeklyPlan, urtam: Organization, editor: User) -> None:
    due = plan_due_at(WEEK, urtam.zone)

    late = []
    for moment in (due, due + timedelta(minutes=1)):
        WeeklyPlan.objects.update(handed_in_at=moment, handed_in_by=editor)
        late.append(matrix.rows([urtam], [WEEK])[0].cells[0].is_late)

    assert late == [False, True]
