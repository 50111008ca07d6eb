"""Whoever wrote a post learns by letter that it came back, and why."""

import pytest
from django.core.exceptions import ValidationError

from contentplan import actions
from contentplan.models import PlannedPost
from people.models import Letter, User


def returned(post: PlannedPost, by: User) -> None:
    actions.return_for_changes(post, revision=post.revision, remarks=["Добавьте телефон", "Уберите фамилии"], by=by)


def test_the_author_reads_the_remarks_and_where_to_mend(
    submitted_post: PlannedPost, editor: User, coordinator: User
) -> None:
    returned(submitted_post, coordinator)

    letter = Letter.objects.get()
    assert (letter.user, letter.subject) == (editor, f"Вернули: «{submitted_post.topic}»")
    assert "- Добавьте телефон\n- Уберите фамилии\n" in letter.body
    assert f"/posts/{submitted_post.pk}/" in letter.body


def test_a_press_that_arrives_twice_writes_once(submitted_post: PlannedPost, coordinator: User) -> None:
    returned(submitted_post, coordinator)
    returned(submitted_post, coordinator)

    assert Letter.objects.count() == 1


def test_nobody_is_written_to_who_was_switched_off(
    submitted_post: PlannedPost, editor: User, coordinator: User
) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False)
    submitted_post.refresh_from_db()

    returned(submitted_post, coordinator)

    assert not Letter.objects.exists()


def test_nothing_is_written_when_the_return_is_refused(submitted_post: PlannedPost, coordinator: User) -> None:
    with pytest.raises(ValidationError):
        actions.return_for_changes(submitted_post, revision=submitted_post.revision, remarks=[" "], by=coordinator)

    assert not Letter.objects.exists()
