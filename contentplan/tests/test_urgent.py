"""Moves beside approval: hold, off the plan and back, out without approval and looked at afterwards."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contentplan import actions, norm
from contentplan.models import Move, PlannedPost, PlanRules, Publication, Remark, Review, Status, WeeklyPlan
from people.http import TooLate
from people.models import Notice, Organization, User
from registry.models import Account

from .conftest import WEEK, MakeContent

LINK = "https://vk.com/urtam_demo?w=wall-1_1"


@pytest.fixture
def approved_post(submitted_post: PlannedPost, coordinator: User) -> PlannedPost:
    actions.approve(submitted_post, revision=1, by=coordinator)
    return submitted_post


@pytest.fixture
def urgent_post(
    post: PlannedPost, urtam: Organization, urtam_vk: Account, editor: User, coordinator: User
) -> PlannedPost:
    """Came out without approval."""
    actions.allow_urgent(urtam, allowed=True, by=coordinator)
    actions.record_urgent(post, revision=1, reason="Прорвало плотину", links={urtam_vk.pk: LINK}, by=editor)
    return post


# --- hold, cancel, restore ----------------------------------------------------------------------


@pytest.mark.parametrize("move", ["hold", "cancel"])
def test_a_reason_is_asked_for(move: str, client: Client, approved_post: PlannedPost, coordinator: User) -> None:
    client.force_login(coordinator)

    response = client.post(f"/posts/{approved_post.pk}/{move}/", {"revision": 1, "reason": "  "}, follow=True)

    assert "Напишите почему: это останется в истории поста." in response.content.decode()
    assert PlannedPost.objects.get().status == Status.APPROVED


def test_an_old_page_moves_nothing(client: Client, approved_post: PlannedPost, coordinator: User) -> None:
    client.force_login(coordinator)

    client.post(f"/posts/{approved_post.pk}/hold/", {"revision": 7, "reason": "Уточняем дату"})

    assert PlannedPost.objects.get().status == Status.APPROVED


def test_what_is_taken_off_leaves_the_meter_and_asks_for_a_substitute(
    client: Client, approved_post: PlannedPost, urtam: Organization, urtam_vk: Account, editor: User
) -> None:
    client.force_login(editor)
    before = norm.meters([urtam], WEEK)[urtam.pk][0].planned

    page = client.post(
        f"/posts/{approved_post.pk}/cancel/", {"revision": 1, "reason": "Мост откроют позже"}, follow=True
    ).content.decode()

    assert (before, norm.meters([urtam], WEEK)[urtam.pk][0].planned) == (1, 0)
    assert '<a href="/plans/urtam/2026-W49/?new=2026-11-30#form">Добавить замену на 30 ноября</a>' in page


def test_a_topic_cannot_smuggle_markup_into_the_message(
    client: Client, plan: WeeklyPlan, content: MakeContent, editor: User, coordinator: User
) -> None:
    post = actions.add_post(plan, content(topic="<b>Мост</b>"), by=editor)
    actions.submit(post, revision=1, by=editor)
    actions.approve(post, revision=1, by=coordinator)
    client.force_login(editor)

    page = client.post(f"/posts/{post.pk}/cancel/", {"revision": 1, "reason": "Нет"}, follow=True).content.decode()

    assert "<b>Мост</b>" not in page


def test_what_was_taken_off_comes_back_as_a_draft(client: Client, approved_post: PlannedPost, editor: User) -> None:
    client.force_login(editor)
    actions.cancel(approved_post, revision=1, reason="Рано", by=editor)

    client.post(f"/posts/{approved_post.pk}/restore/", {"revision": 1})

    assert PlannedPost.objects.get().status == Status.DRAFT


# --- urgent -------------------------------------------------------------------------------------


def test_a_body_may_not_publish_urgently_unless_the_department_lets_it(
    client: Client, post: PlannedPost, editor: User
) -> None:
    client.force_login(editor)

    assert client.get(f"/posts/{post.pk}/urgent/").status_code == 403


def test_the_department_switches_it_on_and_off(client: Client, urtam: Organization, coordinator: User) -> None:
    client.force_login(coordinator)
    kept = []

    for answer in ("yes", "no"):
        client.post("/urgent/bodies/urtam/", {"allowed": answer})
        kept.append(PlanRules.objects.get().may_publish_urgently)

    assert kept == [True, False]


def test_an_urgent_post_counts_and_waits_for_a_look(
    client: Client, urgent_post: PlannedPost, coordinator: User, urtam_vk: Account
) -> None:
    client.force_login(coordinator)

    page = client.get("/urgent/")

    stored = PlannedPost.objects.get()
    assert (stored.status, stored.needs_post_review) == (Status.PUBLISHED, True)
    assert Publication.objects.get().counts
    assert page.context["unseen"] == 1
    assert page.context["rows"][0]["published"].comment == "Прорвало плотину"
    assert Notice.objects.filter(user=coordinator, kind="post_urgent").count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"link": ""}, "link"),
        ({"link": "https://vk.com/chilino_demo?w=wall-2_1"}, "link"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_recorded(
    typed: dict[str, str],
    field: str,
    client: Client,
    post: PlannedPost,
    urtam: Organization,
    urtam_vk: Account,
    chilino_vk: Account,
    editor: User,
    coordinator: User,
) -> None:
    actions.allow_urgent(urtam, allowed=True, by=coordinator)
    client.force_login(editor)
    values = {"reason": "Прорвало плотину", "link": LINK, **typed}
    name = f"link_{urtam_vk.pk}"

    response = client.post(
        f"/posts/{post.pk}/urgent/", {"revision": 1, "reason": values["reason"], name: values["link"]}
    )

    assert list(response.context["form"].errors) == [name if field == "link" else field]
    assert (PlannedPost.objects.get().status, Publication.objects.count()) == (Status.DRAFT, 0)


def test_a_look_is_kept_with_its_remark_and_the_author_is_told(
    client: Client, urgent_post: PlannedPost, coordinator: User, editor: User
) -> None:
    client.force_login(coordinator)
    since = PlannedPost.objects.get().status_since

    response = client.post(
        f"/posts/{urgent_post.pk}/look-over/", {"revision": 1, "remark": "Укажите телефон", "from": "urgent"}
    )

    step = Review.objects.get(move=Move.LOOK_OVER)
    assert response["Location"] == "/urgent/"
    assert (step.made_by, [remark.body for remark in step.remarks.all()]) == (coordinator, ["Укажите телефон"])
    assert Notice.objects.filter(user=editor, kind="post_looked_over").count() == 1
    assert (PlannedPost.objects.get().needs_post_review, PlannedPost.objects.get().status_since) == (False, since)
    assert client.get("/urgent/?seen=1").context["rows"][0]["seen"] == step


def test_two_look_at_once_and_one_is_kept(urgent_post: PlannedPost, coordinator: User, deputy: User) -> None:
    actions.look_over(urgent_post, revision=1, by=coordinator, remark="Хорошо")

    actions.look_over(urgent_post, revision=1, by=coordinator, remark="Хорошо")
    with pytest.raises(TooLate):
        actions.look_over(urgent_post, revision=1, by=deputy)

    assert (Review.objects.filter(move=Move.LOOK_OVER).count(), Remark.objects.count()) == (1, 1)


def test_nobody_looks_over_an_own_post(
    post: PlannedPost, urtam: Organization, urtam_vk: Account, content: MakeContent, coordinator: User
) -> None:
    actions.allow_urgent(urtam, allowed=True, by=coordinator)
    actions.edit_post(post, content(topic="Плотина"), revision=1, by=coordinator)
    actions.record_urgent(post, revision=2, reason="Плотина", links={urtam_vk.pk: LINK}, by=coordinator)

    with pytest.raises(PermissionDenied):
        actions.look_over(post, revision=2, by=coordinator)


def test_an_urgent_post_whose_link_is_taken_back_is_a_draft_again(urgent_post: PlannedPost, editor: User) -> None:
    actions.remove_publication(Publication.objects.get(), by=editor)

    stored = PlannedPost.objects.get()
    assert (stored.status, stored.needs_post_review) == (Status.DRAFT, False)


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_a_fixed_number_of_queries(
    n: int,
    client: Client,
    plan: WeeklyPlan,
    content: MakeContent,
    urtam: Organization,
    urtam_vk: Account,
    editor: User,
    coordinator: User,
    now: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    actions.allow_urgent(urtam, allowed=True, by=coordinator)
    for day in range(n):
        post = actions.add_post(plan, content(day), by=editor)
        links = {urtam_vk.pk: f"https://vk.com/urtam_demo?w=wall-1_{day}"}
        actions.record_urgent(post, revision=1, reason="Авария", links=links, by=editor)
    client.force_login(coordinator)

    with django_assert_num_queries(18):
        client.get("/urgent/")
