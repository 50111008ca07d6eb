"""Two people at once: one wins, the other gets a sentence, and nothing is overwritten."""

import pytest
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
