"""A reviewer's own hand: correct and approve in one step, take a decision back, what the author answers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from contentplan import actions, corrections, diff, rules
from contentplan.actions import PostContent
from contentplan.models import Acknowledgement, Move, PlannedPost, Review, Revision, Status
from people.http import TooLate
from people.models import Letter, Notice, User

from .conftest import MakeContent

TEXT = "Мост через Уртамку откроют в субботу."


@pytest.fixture
def corrected_post(submitted_post: PlannedPost, content: MakeContent, coordinator: User) -> PlannedPost:
    actions.correct(submitted_post, content(text=TEXT), revision=1, by=coordinator)
    return submitted_post


def test_a_correction_is_a_revision_and_an_approval_in_one_step(corrected_post: PlannedPost, coordinator: User) -> None:
    kept = Revision.objects.get(post=corrected_post, number=2)
    step = corrected_post.reviews.get(move=Move.CORRECT)

    assert (corrected_post.status, corrected_post.revision, corrected_post.approved_revision) == ("approved", 2, 2)
    assert (kept.kind, kept.made_by, kept.made_as, kept.text) == ("correction", coordinator, "coordinator", TEXT)
    assert (step.revision, step.made_by) == (2, coordinator)


def test_a_correction_makes_nobody_an_author(
    corrected_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.edit_post(corrected_post, content(topic="Мост: сроки"), revision=2, by=editor)

    assert not rules.is_author(coordinator, corrected_post)
    actions.approve(corrected_post, revision=3, by=coordinator)
    assert corrected_post.is_approved


def test_a_correction_that_changes_nothing_is_a_mere_approval(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User
) -> None:
    actions.correct(submitted_post, content(), revision=1, by=coordinator)

    assert (submitted_post.status, submitted_post.revision) == ("approved", 1)
    assert submitted_post.reviews.filter(move=Move.APPROVE).count() == 1


def test_a_correction_that_arrives_twice_is_one(
    corrected_post: PlannedPost, content: MakeContent, coordinator: User
) -> None:
    actions.correct(corrected_post, content(text=TEXT), revision=1, by=coordinator)

    assert corrected_post.reviews.filter(move=Move.CORRECT).count() == 1


def test_an_author_cannot_correct(submitted_post: PlannedPost, content: MakeContent, editor: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.correct(submitted_post, content(text=TEXT), revision=1, by=editor)


def test_a_correction_of_an_old_version_is_too_late(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.edit_post(submitted_post, content(topic="Мост: 5 декабря"), revision=1, by=editor)

    with pytest.raises(TooLate):
        actions.correct(submitted_post, content(text=TEXT), revision=1, by=coordinator)

    assert PlannedPost.objects.get().status == Status.SUBMITTED


def test_a_correction_stays_within_the_week(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User
) -> None:
    with pytest.raises(ValidationError) as error:
        actions.correct(submitted_post, content(day=9), revision=1, by=coordinator)

    assert list(error.value.message_dict) == ["planned_at"]
    assert PlannedPost.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize("decide", ["approve", "return", "correct"])
def test_a_decision_is_taken_back_within_seconds(
    decide: str, submitted_post: PlannedPost, content: MakeContent, coordinator: User, now: time_machine.Traveller
) -> None:
    post, before = submitted_post, PostContent.of(submitted_post)
    if decide == "approve":
        actions.approve(post, revision=1, by=coordinator)
    elif decide == "return":
        actions.return_for_changes(post, revision=1, remarks=["Уточните дату"], by=coordinator)
    else:
        actions.correct(post, content(text=TEXT), revision=1, by=coordinator)
    now.shift(timedelta(seconds=9))

    assert actions.undoable(coordinator)
    actions.undo(post, by=coordinator)

    post.refresh_from_db()
    assert (post.status, post.approved_revision, post.claimant) == ("submitted", None, coordinator)
    assert PostContent.of(post) == before
    assert post.last_return is None
    assert diff.since_review(post) == []
    assert not rules.is_author(coordinator, post)
    assert actions.undoable(coordinator) is None


def test_a_decision_taken_back_leaves_the_hour_that_was_changed_without_it(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)
    actions.edit_post(submitted_post, content(hour=16), revision=1, by=editor)
    actions.edit_post(submitted_post, content(hour=16, topic="Мост: 5 декабря"), revision=2, by=editor)
    actions.approve(submitted_post, revision=3, by=coordinator)

    actions.undo(submitted_post, by=coordinator)

    assert PlannedPost.objects.get().approved_revision == 2


def test_nobody_hears_of_a_decision_taken_back(submitted_post: PlannedPost, coordinator: User, editor: User) -> None:
    actions.return_for_changes(submitted_post, revision=1, remarks=["Уточните дату"], by=coordinator)

    actions.undo(submitted_post, by=coordinator)

    assert not Letter.objects.filter(user=editor).exists()
    assert not Notice.objects.filter(user=editor).exists()


def test_a_decision_is_not_taken_back_later(
    submitted_post: PlannedPost, coordinator: User, now: time_machine.Traveller
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)
    now.shift(timedelta(seconds=21))

    assert actions.undoable(coordinator) is None
    with pytest.raises(TooLate):
        actions.undo(submitted_post, by=coordinator)

    assert PlannedPost.objects.get().status == Status.APPROVED


def test_nobody_takes_back_the_decision_of_another(
    submitted_post: PlannedPost, coordinator: User, deputy: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    with pytest.raises(TooLate):
        actions.undo(submitted_post, by=deputy)


def test_what_went_on_from_a_decision_is_not_taken_back(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)
    actions.edit_post(submitted_post, content(topic="Мост: 5 декабря"), revision=1, by=editor)

    with pytest.raises(TooLate):
        actions.undo(submitted_post, by=coordinator)


def test_the_author_understands_a_correction(corrected_post: PlannedPost, editor: User) -> None:
    step = corrected_post.reviews.get(move=Move.CORRECT)
    assert corrections.waiting_for(editor).to_answer == [step]

    actions.acknowledge(step, by=editor)

    assert not Acknowledgement.objects.get(review=step).objects_to_it
    assert not corrections.waiting_for(editor).any


def test_an_objection_goes_to_the_department_until_the_next_wording(
    corrected_post: PlannedPost, content: MakeContent, editor: User, coordinator: User, deputy: User
) -> None:
    step = corrected_post.reviews.get(move=Move.CORRECT)

    actions.acknowledge(step, by=editor, objection="Откроют именно в пятницу.")

    assert [corrections.waiting_for(user).objections for user in (coordinator, deputy)] == [[step], [step]]
    actions.edit_post(corrected_post, content(text="Мост откроют в пятницу."), revision=2, by=editor)
    assert not corrections.waiting_for(coordinator).any


def test_only_an_author_answers_a_correction(corrected_post: PlannedPost, deputy: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.acknowledge(corrected_post.reviews.get(move=Move.CORRECT), by=deputy)


def test_a_correction_is_answered_once(corrected_post: PlannedPost, editor: User) -> None:
    step = corrected_post.reviews.get(move=Move.CORRECT)
    actions.acknowledge(step, by=editor)
    actions.acknowledge(step, by=editor)

    with pytest.raises(TooLate):
        actions.acknowledge(step, by=editor, objection="Нет, неверно.")

    assert Acknowledgement.objects.count() == 1


@pytest.mark.parametrize(
    ("setting", "hour", "day", "kept"),
    [(True, 18, 0, True), (True, 10, 1, False), (False, 18, 0, False)],
    ids=["another hour", "another day", "switched off"],
)
def test_another_hour_of_the_same_day_keeps_the_approval(
    setting: bool,
    hour: int,
    day: int,
    kept: bool,
    submitted_post: PlannedPost,
    content: MakeContent,
    coordinator: User,
    editor: User,
    settings: Any,
) -> None:
    settings.PLAN_TIME_SHIFT_KEEPS_APPROVAL = setting
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.edit_post(submitted_post, content(day, hour), revision=1, by=editor)

    assert (submitted_post.is_approved, submitted_post.revision) == (kept, 2)
    assert Revision.objects.filter(post=submitted_post).count() == 2


def test_a_text_changed_together_with_the_hour_awaits_approval_again(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.edit_post(submitted_post, replace(content(hour=18), text=TEXT), revision=1, by=editor)

    assert submitted_post.is_submitted


def test_steps_taken_back_do_not_stand(submitted_post: PlannedPost, coordinator: User) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)
    actions.undo(submitted_post, by=coordinator)
    actions.return_for_changes(submitted_post, revision=1, remarks=["Уточните дату"], by=coordinator)

    moves = [step.move for step in Review.objects.standing().order_by("pk")]

    assert moves == [Move.SUBMIT, Move.UNDO, Move.RETURN]
