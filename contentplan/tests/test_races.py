"""Two people at once: one wins, the other gets a sentence, and nothing is overwritten."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from contentplan import actions
from contentplan.models import PlannedPost, Review, Revision, Status
from people.http import TooLate
from people.models import User

from .conftest import MakeContent


def stale(post: PlannedPost) -> PlannedPost:
    """The same post as another browser fetched it."""
    return PlannedPost.objects.get(pk=post.pk)


def test_of_two_approvals_one_wins(submitted_post: PlannedPost, coordinator: User, deputy: User) -> None:
    other = stale(submitted_post)
    actions.approve(submitted_post, revision=1, by=coordinator)

    with pytest.raises(TooLate) as error, translation.override(None):
        actions.approve(other, revision=1, by=deputy)

    assert error.value.sentence == "Somebody was faster: the post is already “approved” (Coordinator И.)."
    assert Review.objects.filter(status=Status.APPROVED).count() == 1


def test_approval_and_return_at_once(submitted_post: PlannedPost, coordinator: User, deputy: User) -> None:
    other = stale(submitted_post)
    actions.return_for_changes(submitted_post, revision=1, remarks=["Уточните дату"], by=deputy)

    with pytest.raises(TooLate):
        actions.approve(other, revision=1, by=coordinator)

    assert stale(other).status == Status.NEEDS_CHANGES


def test_reviewer_who_saw_the_old_text_is_too_late(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    other = stale(submitted_post)
    actions.edit_post(submitted_post, content(topic="Мост: 5 декабря"), revision=1, by=editor)

    with pytest.raises(TooLate) as error, translation.override(None):
        actions.approve(other, revision=1, by=coordinator)

    assert error.value.sentence == "The post has been changed since you opened it. Look at the new version first."
    assert stale(other).status == Status.SUBMITTED


def test_a_fresh_row_with_an_old_number_is_too_late_too(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.edit_post(submitted_post, content(topic="Мост: 5 декабря"), revision=1, by=editor)

    with pytest.raises(TooLate):
        actions.return_for_changes(stale(submitted_post), revision=1, remarks=["Нет"], by=coordinator)


def test_of_two_edits_one_wins(post: PlannedPost, content: MakeContent, coordinator: User, editor: User) -> None:
    other = stale(post)
    actions.edit_post(post, content(topic="Первый"), revision=1, by=editor)

    with pytest.raises(TooLate):
        actions.edit_post(other, content(topic="Второй"), revision=1, by=coordinator)

    assert stale(post).topic == "Первый"
    assert list(Revision.objects.values_list("number", "topic")) == [(1, "Ремонт моста"), (2, "Первый")]


def test_a_deleted_draft_cannot_be_sent(post: PlannedPost, editor: User) -> None:
    other = stale(post)
    actions.delete_draft(post, by=editor)

    with pytest.raises(TooLate):
        actions.edit_post(other, actions.PostContent.of(other), revision=1, by=editor)
    with pytest.raises(TooLate):
        actions.delete_draft(other, by=editor)


def test_sent_meanwhile_cannot_be_deleted(post: PlannedPost, editor: User) -> None:
    other = stale(post)
    actions.submit(post, revision=1, by=editor)

    with pytest.raises(TooLate):
        actions.delete_draft(other, by=editor)

    assert stale(post).status == Status.SUBMITTED


def test_approval_and_edit_at_once(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    other = stale(submitted_post)
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.edit_post(other, content(topic="Мост: 5 декабря"), revision=1, by=editor)

    # Nothing is approved that the reviewer has not seen: the new wording waits again.
    assert (stale(other).status, stale(other).approved_revision) == (Status.SUBMITTED, 1)


def test_approval_and_withdrawal_at_once(submitted_post: PlannedPost, coordinator: User, editor: User) -> None:
    other = stale(submitted_post)
    actions.withdraw(submitted_post, revision=1, by=editor)

    with pytest.raises(TooLate) as error, translation.override(None):
        actions.approve(other, revision=1, by=coordinator)

    assert error.value.sentence == "Somebody was faster: the post is already “draft” (Editor И.)."
    assert stale(other).status == Status.DRAFT


def test_withdrawal_of_what_a_reviewer_has_taken(submitted_post: PlannedPost, coordinator: User, editor: User) -> None:
    other = stale(submitted_post)
    actions.claim(submitted_post, by=coordinator)

    with pytest.raises(TooLate) as error, translation.override(None):
        actions.withdraw(other, revision=1, by=editor)

    assert error.value.sentence == "Coordinator И. has the post in work now."


def test_of_two_claims_one_wins(submitted_post: PlannedPost, coordinator: User, deputy: User) -> None:
    other = stale(submitted_post)
    actions.claim(submitted_post, by=coordinator)

    with pytest.raises(TooLate):
        actions.claim(other, by=deputy)
    with pytest.raises(TooLate):
        actions.approve(other, revision=1, by=deputy)
    actions.claim(other, by=deputy, take_over=True)

    assert stale(other).claimant == deputy


def test_an_edit_of_what_a_reviewer_has_taken_is_refused_with_a_sentence(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.claim(submitted_post, by=coordinator)

    with pytest.raises(ValidationError), translation.override(None):
        actions.edit_post(submitted_post, content(topic="Мост: 5 декабря"), revision=1, by=editor)

    assert stale(submitted_post).revision == 1


def test_a_claim_left_alone_for_half_an_hour_is_over(
    submitted_post: PlannedPost, coordinator: User, deputy: User, now: time_machine.Traveller
) -> None:
    actions.claim(submitted_post, by=coordinator)
    now.shift(timedelta(minutes=20))
    actions.look(submitted_post, by=coordinator)  # a sign of work
    since = stale(submitted_post).claimed_since
    now.shift(timedelta(minutes=20))
    assert stale(submitted_post).claimant == coordinator

    now.shift(timedelta(minutes=11))

    assert stale(submitted_post).claimant is None
    assert stale(submitted_post).claimed_since == since
    actions.approve(submitted_post, revision=1, by=deputy)
    assert submitted_post.is_approved
