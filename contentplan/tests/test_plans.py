"""Opening a plan and handing it in."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from contentplan import actions
from contentplan.models import Norm, PlannedPost, PlanNorm, Remark, Status, WeeklyPlan
from people.models import Organization, User
from registry.models import Account

from .conftest import WEEK, MakeContent


def fill(plan: WeeklyPlan, content: MakeContent, editor: User, posts: int = 5) -> list[PlannedPost]:
    return [actions.add_post(plan, content(day), by=editor) for day in range(posts)]


def test_opening_twice_makes_one_plan(plan: WeeklyPlan, urtam: Organization, editor: User) -> None:
    assert actions.open_plan(urtam, WEEK, by=editor) == plan
    assert WeeklyPlan.objects.count() == PlanNorm.objects.count() == 1


def test_the_plan_keeps_the_norm_it_was_made_under(
    plan: WeeklyPlan, urtam: Organization, editor: User, norm: Norm
) -> None:
    Norm.objects.filter(pk=norm.pk).update(posts_per_week=7)

    actions.open_plan(urtam, WEEK, by=editor)

    assert PlanNorm.objects.get().posts_per_week == 5


def test_without_a_norm_in_force_nothing_is_owed(
    urtam: Organization, urtam_vk: Account, editor: User, now: object
) -> None:
    plan = actions.open_plan(urtam, WEEK, by=editor)
    actions.hand_in(plan, by=editor)

    assert not PlanNorm.objects.exists()
    plan.refresh_from_db()
    assert plan.handed_in_by == editor


def test_a_week_that_is_over_gets_no_new_norms(
    plan: WeeklyPlan, urtam: Organization, urtam_ok: Account, editor: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-07T00:30:00+07:00")

    actions.open_plan(urtam, WEEK, by=editor)

    assert not PlanNorm.objects.filter(account=urtam_ok).exists()


def test_an_account_opened_after_the_week_owes_nothing_in_it(
    urtam: Organization, urtam_vk: Account, norm: Norm, editor: User, now: time_machine.Traveller
) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(opened_on=date(2026, 12, 7))

    actions.open_plan(urtam, WEEK, by=editor)

    assert not PlanNorm.objects.exists()


def test_handing_in_sends_everything_and_keeps_the_moment(
    plan: WeeklyPlan, content: MakeContent, editor: User, now: time_machine.Traveller
) -> None:
    posts = fill(plan, content, editor)

    outcome = actions.hand_in(plan, by=editor)

    assert (outcome.submitted, outcome.whole) == (posts, True)
    assert set(PlannedPost.objects.values_list("status", flat=True)) == {Status.SUBMITTED}
    plan.refresh_from_db()
    assert plan.handed_in_at
    assert (plan.handed_in_at.isoformat(), plan.handed_in_by) == ("2026-11-26T05:00:00+00:00", editor)
    assert plan.shortfall_reason == ""


def test_handing_in_again_changes_nothing(
    plan: WeeklyPlan, content: MakeContent, editor: User, coordinator: User, now: time_machine.Traveller
) -> None:
    fill(plan, content, editor)
    actions.hand_in(plan, by=editor)
    first = WeeklyPlan.objects.get()
    now.shift(3600)

    outcome = actions.hand_in(plan, by=coordinator)

    assert outcome.submitted == []
    again = WeeklyPlan.objects.get()
    assert (again.handed_in_at, again.handed_in_by) == (first.handed_in_at, editor)


def test_fewer_than_the_norm_needs_a_reason(plan: WeeklyPlan, content: MakeContent, editor: User) -> None:
    fill(plan, content, editor, posts=4)

    with pytest.raises(actions.ShortOfNorm) as short:
        actions.hand_in(plan, by=editor)

    assert [meter.missing for meter in short.value.meters] == [1]
    assert set(PlannedPost.objects.values_list("status", flat=True)) == {Status.DRAFT}
    actions.hand_in(plan, by=editor, reason="  Распутица, паром не ходит ")
    plan.refresh_from_db()
    assert plan.shortfall_reason == "Распутица, паром не ходит"
    assert plan.handed_in_at


def test_a_reason_given_once_is_enough_and_goes_when_the_norm_is_met(
    plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    fill(plan, content, editor, posts=4)
    actions.hand_in(plan, by=editor, reason="Распутица")
    actions.hand_in(plan, by=editor)
    assert WeeklyPlan.objects.get().shortfall_reason == "Распутица"

    actions.add_post(plan, content(5), by=editor)
    actions.hand_in(plan, by=editor)

    assert WeeklyPlan.objects.get().shortfall_reason == ""


def test_a_reason_fits_its_column(plan: WeeklyPlan, editor: User) -> None:
    with pytest.raises(ValidationError):
        actions.hand_in(plan, by=editor, reason="я" * 501)


def test_the_norm_is_for_each_account(
    plan: WeeklyPlan, content: MakeContent, editor: User, urtam_vk: Account, urtam_ok: Account
) -> None:
    for day in range(5):
        actions.add_post(
            plan, content(day, placements={urtam_vk.pk: "", **({urtam_ok.pk: ""} if day else {})}), by=editor
        )

    with pytest.raises(actions.ShortOfNorm) as short:
        actions.hand_in(plan, by=editor)

    assert {meter.account: meter.missing for meter in short.value.meters} == {urtam_vk: 0, urtam_ok: 1}


def test_posts_not_about_the_work_do_not_count(plan: WeeklyPlan, content: MakeContent, editor: User) -> None:
    fill(plan, content, editor, posts=4)
    actions.add_post(plan, content(4, about_work=False), by=editor)

    with pytest.raises(actions.ShortOfNorm):
        actions.hand_in(plan, by=editor)


def test_what_is_not_ready_is_left_and_named(
    plan: WeeklyPlan, content: MakeContent, editor: User, coordinator: User
) -> None:
    posts = fill(plan, content, editor)
    actions.submit(posts[0], revision=1, by=editor)
    actions.return_for_changes(posts[0], revision=1, remarks=["Уточните дату"], by=coordinator)
    empty = actions.add_post(plan, content(5, topic=""), by=editor)

    outcome = actions.hand_in(plan, by=editor)

    assert outcome.submitted == posts[1:]
    assert [left.post for left in outcome.left] == [posts[0], empty]
    assert WeeklyPlan.objects.get().handed_in_at is None


def test_mended_posts_go_along(plan: WeeklyPlan, content: MakeContent, editor: User, coordinator: User) -> None:
    posts = fill(plan, content, editor)
    actions.submit(posts[0], revision=1, by=editor)
    actions.return_for_changes(posts[0], revision=1, remarks=["Уточните дату"], by=coordinator)
    actions.edit_post(posts[0], content(0, topic="Мост: 5 декабря"), revision=1, by=editor)
    actions.answer_remarks(posts[0], {Remark.objects.get().pk: ""}, by=editor)

    outcome = actions.hand_in(plan, by=editor)

    assert outcome.whole
    assert outcome.submitted == posts


def test_what_came_out_unplanned_counts_for_the_hand_in(
    plan: WeeklyPlan, content: MakeContent, editor: User, urtam_vk: Account, now: time_machine.Traveller
) -> None:
    fill(plan, content, editor, posts=4)
    now.move_to("2026-11-30T12:00:00+07:00")
    actions.record_publication(
        urtam_vk, link="https://vk.com/urtam_demo?w=wall-1_7", published_at=plan.bounds[0], by=editor
    )

    outcome = actions.hand_in(plan, by=editor)

    assert outcome.whole
