"""Organizations × weeks."""

import time_machine
from pytest_django import DjangoAssertNumQueries

from contentplan import actions, matrix
from contentplan.models import PlannedPost, Status, WeeklyPlan
from people.models import Organization, User
from registry.models import Account

from .conftest import WEEK, MakeContent


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
    with django_assert_num_queries(8):
        matrix.rows([urtam], [WEEK])
    with django_assert_num_queries(8):
        matrix.rows([urtam, chilino, district], [WEEK + n for n in range(-3, 5)])
