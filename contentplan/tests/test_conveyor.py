"""The reviewer's conveyor: the stack and its filters, the page of a post, presence, whole plans, all in few queries."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contentplan import actions
from contentplan.models import Move, PlannedPost, Remark, Status, Viewing, WeeklyPlan
from people.models import Organization, User
from registry.models import Account

from .conftest import WEEK, MakeContent

QUEUE_QUERIES = 16
POST_QUERIES = 42

Fill = Callable[[int], list[PlannedPost]]


@pytest.fixture
def fill(plan: WeeklyPlan, content: MakeContent, editor: User) -> Fill:
    """Submits so many posts of Urtam, an hour apart."""

    def make(n: int) -> list[PlannedPost]:
        posts = [
            actions.add_post(plan, content(number // 12, 8 + number % 12, topic=f"Пост {number}"), by=editor)
            for number in range(n)
        ]
        for post in posts:
            actions.submit(post, revision=1, by=editor)
        return posts

    return make


@pytest.fixture
def reviewer(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.mark.parametrize("n", [1, 3, 40])
def test_the_queue_asks_a_fixed_number_of_queries(
    n: int, fill: Fill, reviewer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(n)
    reviewer.get("/review/")

    with django_assert_num_queries(QUEUE_QUERIES):
        reviewer.get("/review/")


@pytest.mark.parametrize("n", [1, 3, 40])
def test_the_page_of_a_post_asks_a_fixed_number_of_queries(
    n: int, fill: Fill, reviewer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    post = fill(n)[0]
    reviewer.get(f"/posts/{post.pk}/")

    with django_assert_num_queries(POST_QUERIES):
        reviewer.get(f"/posts/{post.pk}/")


def test_a_post_knows_its_place_and_its_neighbours(fill: Fill, reviewer: Client) -> None:
    posts = fill(9)

    around = reviewer.get(f"/posts/{posts[7].pk}/").context["around"]

    assert (around.position, around.previous, around.next) == (8, posts[6], posts[8])
    assert around.shown == posts[1:]


def test_the_filters_stay_in_the_address_and_through_decisions(
    fill: Fill, reviewer: Client, chilino_vk: Account, chilino: Organization, chilino_editor: User, content: MakeContent
) -> None:
    posts = fill(2)
    other = actions.open_plan(chilino, WEEK, by=chilino_editor)
    strange = actions.add_post(other, content(0, 7, placements={chilino_vk.pk: ""}), by=chilino_editor)
    actions.submit(strange, revision=1, by=chilino_editor)
    chosen = {"body": "urtam", "network": "vk", "q": "ПОСТ"}

    page = reviewer.get("/review/", chosen)
    answer = reviewer.post(f"/posts/{posts[0].pk}/approve/", {**chosen, "revision": 1})

    assert [card.post for card in page.context["cards"]] == posts
    assert answer["Location"].startswith(f"/posts/{posts[1].pk}/?body=urtam&network=vk&q=")


@pytest.mark.parametrize(
    ("chosen", "n"), [({"body": "chilino"}, 0), ({"network": "ok"}, 0), ({"q": "пост 1"}, 1), ({"q": "("}, 0)]
)
def test_each_filter_narrows_the_stack(chosen: dict[str, str], n: int, fill: Fill, reviewer: Client) -> None:
    fill(3)

    assert reviewer.get("/review/", chosen).context["pile"].totals["size"] == n


def test_the_stack_tells_how_many_wait_since_when_and_what_is_overdue(
    fill: Fill, reviewer: Client, coordinator: User, now: time_machine.Traveller
) -> None:
    since = fill(3)[0].status_since
    now.move_to("2026-11-30T09:30:00+07:00")
    reviewer.force_login(coordinator)

    totals = reviewer.get("/review/").context["pile"].totals

    assert totals == {"size": 3, "oldest": since, "overdue": 2}


def test_correcting_on_the_page_of_the_conveyor(fill: Fill, reviewer: Client, urtam_vk: Account) -> None:
    first, second = fill(2)
    assert reviewer.get(f"/posts/{first.pk}/correct/").context["correction"]["topic"].value() == "Пост 0"

    answer = reviewer.post(f"/posts/{first.pk}/correct/", typed(first, topic="Пост с исправлением"))

    first.refresh_from_db()
    assert (first.status, first.topic, first.revision) == ("approved", "Пост с исправлением", 2)
    assert answer["Location"].startswith(f"/posts/{second.pk}/")


def typed(post: PlannedPost, **fields: object) -> dict[str, object]:
    at = post.planned_at.astimezone(post.plan.organization.zone)
    own = {"day": at.date().isoformat(), "time": f"{at:%H:%M}", "topic": post.topic, "text": post.text}
    return {**own, "revision": 1, **fields}


def test_a_correction_overtaken_by_the_author_keeps_what_was_typed(
    fill: Fill, reviewer: Client, content: MakeContent, editor: User
) -> None:
    (post,) = fill(1)
    actions.edit_post(post, content(0, 8, topic="Другая тема"), revision=1, by=editor)

    page = reviewer.post(f"/posts/{post.pk}/correct/", typed(post, topic="Моя тема"))

    assert page.context["overtaken"]
    assert page.context["correction"]["topic"].value() == "Моя тема"
    assert PlannedPost.objects.get().status == Status.SUBMITTED


def test_the_bar_takes_the_decision_back(fill: Fill, reviewer: Client) -> None:
    first, second = fill(2)
    reviewer.post(f"/posts/{first.pk}/approve/", {"revision": 1})
    assert reviewer.get(f"/posts/{second.pk}/").context["undoable"].post == first

    answer = reviewer.post(f"/posts/{first.pk}/undo/")

    assert answer["Location"].startswith(f"/posts/{first.pk}/")
    assert PlannedPost.objects.get(pk=first.pk).status == Status.SUBMITTED


def test_returning_with_a_quote(fill: Fill, reviewer: Client) -> None:
    (post,) = fill(1)
    data = {"revision": 1, "remark_1": "Во сколько?", "quote_1": "в пятницу"}

    reviewer.post(f"/posts/{post.pk}/return/", data)

    assert list(Remark.objects.values_list("body", "field", "quote")) == [("Во сколько?", "text", "в пятницу")]


def test_a_refused_return_keeps_what_was_typed(fill: Fill, reviewer: Client) -> None:
    (post,) = fill(1)

    page = reviewer.post(f"/posts/{post.pk}/return/", {"revision": 1, "remark_1": "Дата?", "quote_1": "нет таких"})

    assert page.context["form"]["remark_1"].value() == "Дата?"
    assert PlannedPost.objects.get().status == Status.SUBMITTED


def test_claiming_and_giving_back(fill: Fill, reviewer: Client, coordinator: User) -> None:
    (post,) = fill(1)
    reviewer.post(f"/posts/{post.pk}/claim/")
    assert PlannedPost.objects.get().claimant == coordinator

    reviewer.post(f"/posts/{post.pk}/release/")

    assert PlannedPost.objects.get().claimant is None


def test_who_looks_is_told_to_the_others(
    fill: Fill, reviewer: Client, deputy: User, coordinator: User, now: time_machine.Traveller
) -> None:
    (post,) = fill(1)
    other = Client()
    other.force_login(deputy)
    other.get(f"/posts/{post.pk}/")

    assert "Deputy И." in reviewer.get(f"/posts/{post.pk}/").context["story"].looking
    said = other.post(f"/posts/{post.pk}/presence/", {"revision": 1, "status": "submitted", "editing": "1"}).json()
    assert ("Coordinator И." in said["looking"], said["changed"]) == (True, "")
    assert Viewing.objects.get(user=deputy).is_editing
    now.shift(timedelta(seconds=41))
    assert reviewer.get(f"/posts/{post.pk}/").context["story"].looking == ""


def test_an_open_page_learns_that_the_post_changed(
    fill: Fill, reviewer: Client, content: MakeContent, editor: User
) -> None:
    (post,) = fill(1)
    actions.edit_post(post, content(0, 8, topic="Другая тема"), revision=1, by=editor)

    said = reviewer.post(f"/posts/{post.pk}/presence/", {"revision": 1, "status": "submitted"}).json()

    assert said["changed"]
    assert Viewing.objects.get().revision == 1


def test_a_whole_plan_is_approved_when_each_post_was_opened_in_its_present_wording(
    fill: Fill, reviewer: Client, content: MakeContent, editor: User
) -> None:
    first, second = fill(2)
    address = f"/plans/urtam/{WEEK}/approve/"
    seen = {"post": [f"{first.pk}:1", f"{second.pk}:1"]}
    reviewer.get(f"/posts/{first.pk}/")
    reviewer.post(address, seen)
    assert PlannedPost.objects.filter(status=Status.APPROVED).count() == 0

    reviewer.get(f"/posts/{second.pk}/")
    assert "Согласовать весь план" in reviewer.get(f"/plans/urtam/{WEEK}/").content.decode()
    reviewer.post(address, seen)

    assert PlannedPost.objects.filter(status=Status.APPROVED).count() == 2


def test_a_whole_plan_approved_at_once_can_be_taken_back_at_once(
    fill: Fill, reviewer: Client, now: time_machine.Traveller
) -> None:
    posts = fill(2)
    for post in posts:
        reviewer.get(f"/posts/{post.pk}/")
    reviewer.post(f"/plans/urtam/{WEEK}/approve/", {"post": [f"{post.pk}:1" for post in posts]})
    offered = reviewer.get(f"/plans/urtam/{WEEK}/").content.decode()

    answer = reviewer.post("/plans/undo/", follow=True).content.decode()

    assert "Согласовано 2 поста." in offered
    assert "data-undo" in offered
    assert "Отменены 2 решения." in answer
    assert {(post.status, post.approved_revision) for post in PlannedPost.objects.all()} == {(Status.SUBMITTED, None)}


def test_a_whole_plan_is_taken_back_whole_or_not_at_all(
    fill: Fill, reviewer: Client, coordinator: User, editor: User, content: MakeContent, now: time_machine.Traveller
) -> None:
    posts = fill(2)
    for post in posts:
        reviewer.get(f"/posts/{post.pk}/")
    reviewer.post(f"/plans/urtam/{WEEK}/approve/", {"post": [f"{post.pk}:1" for post in posts]})
    actions.edit_post(posts[1], content(0, 8, topic="Другая тема"), revision=1, by=editor)

    answer = reviewer.post("/plans/undo/", follow=True).content.decode()

    assert "С постом уже что-то произошло" in answer
    assert PlannedPost.objects.get(pk=posts[0].pk).status == Status.APPROVED


def test_a_post_changed_since_it_was_opened_is_not_approved_with_the_plan(
    fill: Fill, reviewer: Client, content: MakeContent, editor: User
) -> None:
    (post,) = fill(1)
    reviewer.get(f"/posts/{post.pk}/")
    actions.edit_post(post, content(0, 8, topic="Другая тема"), revision=1, by=editor)

    page = reviewer.get(f"/plans/urtam/{WEEK}/").content.decode()
    reviewer.post(f"/plans/urtam/{WEEK}/approve/", {"post": [f"{post.pk}:2"]})

    assert "Согласовать весь план" not in page
    assert PlannedPost.objects.get().status == Status.SUBMITTED


def test_the_author_withdraws_and_leaves_a_note(client: Client, fill: Fill, editor: User, coordinator: User) -> None:
    (post,) = fill(1)
    client.force_login(editor)
    client.post(f"/posts/{post.pk}/withdraw/", {"revision": 1})
    assert PlannedPost.objects.get().status == Status.DRAFT

    client.post(f"/posts/{post.pk}/submit/", {"revision": 1, "note": "Дата согласована с подрядчиком"})

    client.force_login(coordinator)
    assert client.get(f"/posts/{post.pk}/").context["story"].note.comment == "Дата согласована с подрядчиком"


def test_a_note_of_more_than_500_characters_is_refused(client: Client, fill: Fill, editor: User) -> None:
    (post,) = fill(1)
    client.force_login(editor)
    client.post(f"/posts/{post.pk}/withdraw/", {"revision": 1})

    client.post(f"/posts/{post.pk}/submit/", {"revision": 1, "note": "а" * 501})

    assert PlannedPost.objects.get().status == Status.DRAFT


def test_an_important_note_is_pinned_and_taken_off(fill: Fill, reviewer: Client) -> None:
    (post,) = fill(1)
    reviewer.post(f"/posts/{post.pk}/note/", {"text": " Согласовать  с МЧС "})
    assert PlannedPost.objects.get().important_note == "Согласовать с МЧС"

    reviewer.post(f"/posts/{post.pk}/note/", {"remove": "1"})

    assert PlannedPost.objects.get().important_note == ""


def test_an_objection_needs_words(client: Client, fill: Fill, editor: User, coordinator: User) -> None:
    (post,) = fill(1)
    actions.correct(post, replace(actions.PostContent.of(post), topic="Тема"), revision=1, by=coordinator)
    client.force_login(editor)

    page = client.post(f"/posts/{post.pk}/correction/", {"objects": "1", "objection": " "})

    assert page.context["objection_error"]
    client.post(f"/posts/{post.pk}/correction/", {"objects": "1", "objection": "Неверно"})
    assert post.reviews.get(move=Move.CORRECT).acknowledgement.comment == "Неверно"


def test_any_two_versions_are_compared(fill: Fill, reviewer: Client, content: MakeContent, editor: User) -> None:
    (post,) = fill(1)
    for number, topic in enumerate(["Вторая", "Третья"], 1):
        actions.edit_post(post, content(0, 8, topic=topic), revision=number, by=editor)

    last = reviewer.get(f"/posts/{post.pk}/history/").context
    far = reviewer.get(f"/posts/{post.pk}/history/", {"from": "1", "to": "3"}).context
    odd = reviewer.get(f"/posts/{post.pk}/history/", {"from": "99", "to": "x"})

    assert (last["old"].number, last["new"].number) == (2, 3)
    assert [(change.before, change.after) for change in far["changes"]] == [("Пост 0", "Третья")]
    assert odd.status_code == 200


def test_an_author_moves_an_overdue_post_with_one_tap_and_a_reviewer_does_not(
    fill: Fill, client: Client, editor: User, coordinator: User, now: time_machine.Traveller
) -> None:
    (post,) = fill(1)
    now.move_to("2026-11-30T09:30:00+07:00")

    offered = []
    for user in (editor, coordinator):
        client.force_login(user)
        offered.append(client.get(f"/posts/{post.pk}/").context["story"].free_time is not None)

    assert offered == [True, False]


def test_the_queue_tells_the_hours_of_the_body_and_by_whose_clock(
    client: Client, coordinator: User, submitted_post: PlannedPost
) -> None:
    body = submitted_post.plan.organization
    body.timezone = "Europe/Moscow"
    body.save()
    client.force_login(coordinator)

    page = client.get("/review/").content.decode()

    assert "06:00 (МСК)" in page
