"""The word diff keeps every sign of both texts."""

import pytest
from django.utils import translation

from contentplan import actions, diff
from contentplan.models import PlannedPost
from people.models import User
from registry.models import Account
from review.diff import Chunk, FieldDiff, words

from .conftest import MakeContent


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("", "Мост"),
        ("Мост откроют  в пятницу.\n\nЖдём вас!", "Мост откроют в субботу.\n\nЖдём вас"),
        ("раз два три", "три два раз"),
        ("а" * 10, "а " * 9000),
        ("ё\t—\u00a0« »", "е\t– « »"),
    ],
)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    found = FieldDiff("text", "Text", words(before, after))

    assert (found.before, found.after) == (before, after)


def test_only_the_changed_words_are_marked() -> None:
    assert words("Мост откроют в пятницу.", "Мост откроют в субботу.") == [
        Chunk("same", "Мост откроют в "),
        Chunk("removed", "пятницу"),
        Chunk("added", "субботу"),
        Chunk("same", "."),
    ]


def test_revisions_differ_by_fields(
    post: PlannedPost, content: MakeContent, editor: User, urtam_vk: Account, urtam_ok: Account
) -> None:
    new = content(1, topic="Мост", placements={urtam_vk.pk: "Кратко", urtam_ok.pk: ""}, about_work=False)
    actions.edit_post(post, new, revision=1, by=editor)

    with translation.override(None):
        found = diff.between(post, 1, 2)

    assert found[0].name == "planned_at"
    assert [(row.name, row.before, row.after) for row in found[1:]] == [
        ("topic", "Ремонт моста", "Мост"),
        ("placements", str(urtam_vk), f"{urtam_vk}, {urtam_ok}"),
        (f"text_{urtam_vk.pk}", "", "Кратко"),
        ("about_work", "yes", "no"),
    ]


def test_the_reviewer_sees_what_changed_since_the_last_decision(
    post: PlannedPost, content: MakeContent, editor: User, coordinator: User
) -> None:
    assert diff.since_review(post) == []
    actions.submit(post, revision=1, by=editor)
    actions.return_for_changes(post, revision=1, remarks=["Уточните дату"], by=coordinator)
    actions.edit_post(post, content(topic="Мост"), revision=1, by=editor)
    actions.edit_post(post, content(topic="Мост: 5 декабря"), revision=2, by=editor)

    [found] = diff.since_review(post)

    assert (found.before, found.after) == ("Ремонт моста", "Мост: 5 декабря")


def test_history_is_the_newest_first(post: PlannedPost, content: MakeContent, editor: User, coordinator: User) -> None:
    actions.edit_post(post, content(topic="Мост"), revision=1, by=coordinator)

    found = diff.history(post)

    assert [(row.number, row.made_by, [step.name for step in steps]) for row, steps in found] == [
        (2, coordinator, ["topic"]),
        (1, editor, []),
    ]


def test_a_revision_that_is_not_there_differs_in_nothing(post: PlannedPost) -> None:
    assert diff.between(post, 0, 1) == []
