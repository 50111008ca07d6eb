"""The path of a post: every state × every move, and every person × every decision."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from contentplan import actions, rules
from contentplan.models import TRANSITIONS, PlannedPost, Remark, Review, Status, WeeklyPlan
from people.append_only import unprotected
from people.http import TooLate
from people.models import User

from .conftest import MakeContent

Make = Callable[[Status], PlannedPost]


@pytest.fixture
def post_in(post: PlannedPost, content: Callable[..., actions.PostContent], editor: User, coordinator: User) -> Make:
    """The editor's post, led to a state by its own path. A returned post has been mended."""

    def lead(status: Status) -> PlannedPost:
        if status != Status.DRAFT:
            actions.submit(post, revision=1, by=editor)
        if status == Status.APPROVED:
            actions.approve(post, revision=1, by=coordinator)
        if status == Status.NEEDS_CHANGES:
            actions.return_for_changes(post, revision=1, remarks=["Уточните дату"], by=coordinator)
            actions.edit_post(post, content(topic="Ремонт моста, 5 декабря"), revision=1, by=editor)
        return post

    return lead


MOVES: dict[str, Callable[[PlannedPost, User, User], object]] = {
    "submit": lambda post, editor, coordinator: actions.submit(post, revision=post.revision, by=editor),
    "approve": lambda post, editor, coordinator: actions.approve(post, revision=post.revision, by=coordinator),
    "return": lambda post, editor, coordinator: actions.return_for_changes(
        post, revision=post.revision, remarks=["Уточните дату"], by=coordinator
    ),
    "delete": lambda post, editor, coordinator: actions.delete_draft(post, by=editor),
}
# What each move makes of each state; None: too late. "same": the press of this person that has arrived before.
AFTER: dict[Status, dict[str, Status | str | None]] = {
    Status.DRAFT: {"submit": Status.SUBMITTED, "approve": None, "return": None, "delete": "gone"},
    Status.SUBMITTED: {"submit": "same", "approve": Status.APPROVED, "return": Status.NEEDS_CHANGES, "delete": None},
    Status.NEEDS_CHANGES: {"submit": Status.SUBMITTED, "approve": None, "return": None, "delete": None},
    Status.APPROVED: {"submit": None, "approve": "same", "return": None, "delete": None},
}


def test_every_arrow_is_walked() -> None:
    walked = {start: {end for end in ends.values() if isinstance(end, Status)} for start, ends in AFTER.items()}

    # The one arrow left is no button: an edit after approval.
    assert {start: ends - walked[start] for start, ends in TRANSITIONS.items()} == {
        Status.DRAFT: set(),
        Status.SUBMITTED: set(),
        Status.NEEDS_CHANGES: set(),
        Status.APPROVED: {Status.SUBMITTED},
    }


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("status", Status)
def test_each_move_from_each_state(status: Status, move: str, post_in: Make, editor: User, coordinator: User) -> None:
    post = post_in(status)
    steps = Review.objects.filter(post=post).count()
    after = AFTER[status][move]

    if after is None:
        with pytest.raises(TooLate):
            MOVES[move](post, editor, coordinator)
        assert PlannedPost.objects.get(pk=post.pk).status == status
        assert Review.objects.filter(post=post).count() == steps
    elif after == "same":
        MOVES[move](post, editor, coordinator)
        assert PlannedPost.objects.get(pk=post.pk).status == post.status == status
        assert Review.objects.filter(post=post).count() == steps
    elif after == "gone":
        MOVES[move](post, editor, coordinator)
        assert not PlannedPost.objects.exists()
    else:
        MOVES[move](post, editor, coordinator)
        assert PlannedPost.objects.get(pk=post.pk).status == post.status == after
        assert Review.objects.filter(post=post).count() == steps + 1


# Who may do what with a post of Urtam that the editor of Urtam wrote.
PEOPLE = {
    "editor": {"edit", "submit", "hand_in", "record"},
    "coordinator": {"edit", "submit", "hand_in", "record", "decide"},
    "deputy": {"edit", "submit", "hand_in", "record", "decide"},
    "administrator": set(),
    "moderator": set(),
    "observer": set(),
    "chilino_editor": set(),
    "outsider": set(),
    "nobody": set(),
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", PEOPLE)
def test_each_person_with_each_state(name: str, status: Status, post_in: Make, request: pytest.FixtureRequest) -> None:
    post = post_in(status)
    user = request.getfixturevalue(name)

    allowed = {
        "edit": rules.can_edit(user, post),
        "submit": rules.can_submit(user, post),
        "hand_in": rules.can_hand_in(user, post.plan),
        "decide": rules.can_decide(user, post),
        "record": rules.can_record(user, post.placements.get().account),
    }

    assert {verb for verb, yes in allowed.items() if yes} == PEOPLE[name]
    assert rules.can_delete(user, post) == ("edit" in PEOPLE[name] and status == Status.DRAFT)
    assert PlannedPost.objects.decidable_by(user).exists() == (status == Status.SUBMITTED and "decide" in PEOPLE[name])


def test_a_week_that_is_over_is_not_planned_any_more(
    post: PlannedPost, editor: User, coordinator: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-07T00:00:00+07:00")

    assert not rules.can_edit(editor, post)
    assert not rules.can_hand_in(editor, post.plan)
    assert rules.can_record(editor, post.placements.get().account)


def test_coordinator_who_wrote_it_cannot_approve(
    plan: WeeklyPlan, content: MakeContent, coordinator: User, deputy: User
) -> None:
    post = actions.add_post(plan, content(), by=coordinator)
    actions.submit(post, revision=1, by=coordinator)

    with pytest.raises(PermissionDenied):
        actions.approve(post, revision=1, by=coordinator)
    actions.approve(post, revision=1, by=deputy)

    assert post.status == Status.APPROVED


def test_author_of_any_revision_cannot_decide(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.edit_post(submitted_post, content(topic="Мост: сроки"), revision=1, by=coordinator)
    actions.edit_post(submitted_post, content(topic="Мост: сроки и деньги"), revision=2, by=editor)

    assert not rules.can_decide(coordinator, submitted_post)
    assert not PlannedPost.objects.decidable_by(coordinator).exists()
    with pytest.raises(PermissionDenied):
        actions.return_for_changes(submitted_post, revision=3, remarks=["Нет"], by=coordinator)


def test_every_decision_keeps_who_when_and_why(submitted_post: PlannedPost, coordinator: User) -> None:
    actions.return_for_changes(submitted_post, revision=1, remarks=[" Уточните дату ", "", "Нет фото"], by=coordinator)

    step = Review.objects.get(status=Status.NEEDS_CHANGES)
    assert (step.made_by, step.revision) == (coordinator, 1)
    assert [remark.body for remark in step.remarks.all()] == ["Уточните дату", "Нет фото"]
    assert submitted_post.last_return == step


@pytest.mark.parametrize("remarks", [[], [""], ["  ", "\n"]])
def test_return_needs_a_remark(remarks: list[str], submitted_post: PlannedPost, coordinator: User) -> None:
    with pytest.raises(ValidationError) as error:
        actions.return_for_changes(submitted_post, revision=1, remarks=remarks, by=coordinator)

    assert list(error.value.message_dict) == ["remarks"]
    assert not Remark.objects.exists()
    assert PlannedPost.objects.get().status == Status.SUBMITTED


def test_returned_post_is_mended_before_it_is_sent_again(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.return_for_changes(submitted_post, revision=1, remarks=["Уточните дату"], by=coordinator)

    with pytest.raises(ValidationError):
        actions.submit(submitted_post, revision=1, by=editor)
    actions.edit_post(submitted_post, content(topic="Мост: 5 декабря"), revision=1, by=editor)
    actions.submit(submitted_post, revision=2, by=editor)

    assert submitted_post.status == Status.SUBMITTED


def test_edit_after_approval_awaits_approval_again(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.edit_post(submitted_post, content(topic="Мост: 5 декабря"), revision=1, by=editor)

    assert (submitted_post.status, submitted_post.revision) == (Status.SUBMITTED, 2)
    assert submitted_post.approved_revision == 1
    last = Review.objects.filter(post=submitted_post).last()
    assert last
    assert (last.status, last.revision, last.made_by) == (Status.SUBMITTED, 2, editor)


def test_an_edit_that_changes_nothing_keeps_the_approval(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.edit_post(submitted_post, content(), revision=1, by=editor)

    submitted_post.refresh_from_db()
    assert (submitted_post.status, submitted_post.revision) == (Status.APPROVED, 1)


def test_the_database_holds_that_approval_is_of_the_present_revision(submitted_post: PlannedPost) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedPost.objects.update(status=Status.APPROVED, approved_revision=None)


def test_decisions_and_remarks_are_only_added_to(db: None) -> None:
    assert unprotected(connection, "contentplan_review", "contentplan_remark") == []


def test_queue_is_by_time_and_needs_few_queries(
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    coordinator: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    posts = [actions.add_post(plan, content(day), by=editor) for day in (4, 0, 2)]
    for post in posts:
        actions.submit(post, revision=1, by=editor)
    list(coordinator.current_memberships)

    with django_assert_num_queries(5):
        queue = list(PlannedPost.objects.decidable_by(coordinator).by_time().for_cards())

    assert queue == [posts[1], posts[2], posts[0]]


@pytest.mark.parametrize("press", ["approve", "return_for_changes"])
def test_a_press_that_arrives_twice_is_one_step(
    press: str, submitted_post: PlannedPost, coordinator: User, deputy: User
) -> None:
    values: dict[str, Any] = {"remarks": ["Уберите фамилии"]} if press == "return_for_changes" else {}
    decide = getattr(actions, press)
    decide(submitted_post, revision=1, by=coordinator, **values)
    before = list(Review.objects.values_list("pk", flat=True))

    decide(submitted_post, revision=1, by=coordinator, **values)

    assert list(Review.objects.values_list("pk", flat=True)) == before
    assert Remark.objects.count() == len(values)
    with pytest.raises(TooLate):
        decide(submitted_post, revision=1, by=deputy, **values)


def test_sending_twice_is_one_step(post: PlannedPost, editor: User) -> None:
    actions.submit(post, revision=1, by=editor)
    actions.submit(post, revision=1, by=editor)

    assert Review.objects.count() == 1
