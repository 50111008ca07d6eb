"""Whatever goes wrong with a form of the plan, its writer gets a sentence and keeps what was typed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contentplan import actions
from contentplan.models import PlannedPost, Remark, RemarkAnswer, Status, WeeklyPlan
from contentplan.tests.conftest import MakeContent
from people.models import User

WORDS = "Добавьте место и время встречи"


@pytest.fixture
def returned_post(submitted_post: PlannedPost, coordinator: User) -> PlannedPost:
    actions.return_for_changes(submitted_post, revision=1, remarks=["Когда откроют мост?"], by=coordinator)
    return submitted_post


def test_remarks_to_an_old_wording_stay_in_the_form(
    client: Client, submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.edit_post(submitted_post, content(text="Мост откроют в субботу."), revision=1, by=editor)
    client.force_login(coordinator)

    answer = client.post(
        reverse("contentplan:post_return", args=[submitted_post.pk]), {"revision": 1, "remark_1": WORDS}
    )

    assert answer.context["form"]["remark_1"].value() == WORDS
    assert "изменили" in answer.context["overtaken"]
    submitted_post.refresh_from_db()
    assert submitted_post.status == Status.SUBMITTED


def test_remarks_to_what_a_colleague_has_decided_can_be_copied(
    client: Client, submitted_post: PlannedPost, coordinator: User, deputy: User
) -> None:
    actions.approve(submitted_post, revision=1, by=deputy)
    client.force_login(coordinator)

    answer = client.post(
        reverse("contentplan:post_return", args=[submitted_post.pk]), {"revision": 1, "remark_1": WORDS}
    )

    assert f"{WORDS}</textarea>" in answer.content.decode()


@pytest.mark.parametrize("why", ["ы" * 501, "потому\0что"], ids=["too long", "what no database holds"])
def test_an_odd_answer_to_a_remark_takes_no_wording_along(
    client: Client, returned_post: PlannedPost, editor: User, post_data: dict[str, Any], why: str
) -> None:
    remark = Remark.objects.get()
    client.force_login(editor)
    typed = {**post_data, "text": "Мост откроют в субботу.", f"answer_{remark.pk}": "no", f"why_{remark.pk}": why}

    answer = client.post(reverse("contentplan:post_edit", args=[returned_post.pk]), typed)

    returned_post.refresh_from_db()
    kept = answer.context["form"]["text"].value() if answer.status_code == 200 else returned_post.text
    assert kept == "Мост откроют в субботу."
    assert "\0" not in "".join(RemarkAnswer.objects.values_list("body", flat=True))


@pytest.fixture
def post_data(submitted_post: PlannedPost) -> dict[str, Any]:
    accounts = [row.account_id for row in submitted_post.placements.all()]
    wording = {"topic": submitted_post.topic, "format": submitted_post.format_id, "about_work": "on"}
    return {**wording, "day": "2026-11-30", "time": "10:00", "accounts": accounts, "revision": 1}


def test_a_note_stays_when_the_post_cannot_go_yet(client: Client, returned_post: PlannedPost, editor: User) -> None:
    client.force_login(editor)

    answer = client.post(
        reverse("contentplan:post_answer", args=[returned_post.pk]), {"submit": "1", "revision": 1, "note": WORDS}
    )

    assert f"{WORDS}</textarea>" in answer.content.decode()


def test_a_note_stays_when_the_post_is_saved_but_cannot_go(
    client: Client, returned_post: PlannedPost, post_data: dict[str, Any], editor: User
) -> None:
    client.force_login(editor)
    typed = {**post_data, "text": "Мост откроют в субботу.", "submit": "1", "note": WORDS}

    answer = client.post(reverse("contentplan:post_edit", args=[returned_post.pk]), typed)

    returned_post.refresh_from_db()
    assert (returned_post.text, returned_post.status) == ("Мост откроют в субботу.", Status.NEEDS_CHANGES)
    assert f"{WORDS}</textarea>" in answer.content.decode()


def test_an_objection_that_is_too_long_stays(
    client: Client, submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.correct(submitted_post, content(text="Мост откроют."), revision=1, by=coordinator)
    client.force_login(editor)
    long = "ы" * 501

    answer = client.post(
        reverse("contentplan:post_acknowledge", args=[submitted_post.pk]), {"objects": "1", "objection": long}
    )

    assert f"{long}</textarea>" in answer.content.decode()


def test_the_end_of_a_line_counts_once(
    client: Client, submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    """A browser lets 500 characters be typed and sends each end of a line as two."""
    actions.correct(submitted_post, content(text="Мост откроют."), revision=1, by=coordinator)
    client.force_login(editor)

    client.post(
        reverse("contentplan:post_acknowledge", args=[submitted_post.pk]),
        {"objects": "1", "objection": "ы" * 249 + "\r\n" * 2 + "ы" * 249},
    )

    assert submitted_post.reviews.get(move="correct").acknowledgement.objects_to_it


def test_a_withdrawn_draft_is_taken_off_the_plan_with_its_history(
    client: Client, submitted_post: PlannedPost, editor: User
) -> None:
    actions.withdraw(submitted_post, revision=1, by=editor)
    client.force_login(editor)

    client.post(reverse("contentplan:post_delete", args=[submitted_post.pk]))

    submitted_post.refresh_from_db()
    assert submitted_post.status == Status.CANCELLED


def test_what_was_taken_off_the_plan_can_be_written_anew(
    plan: WeeklyPlan, submitted_post: PlannedPost, content: MakeContent, editor: User
) -> None:
    actions.withdraw(submitted_post, revision=1, by=editor)
    actions.cancel(submitted_post, revision=1, by=editor)

    again = actions.add_post(plan, content(), by=editor)

    assert (again.pk != submitted_post.pk, again.status) == (True, Status.DRAFT)
