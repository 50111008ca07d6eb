"""A post gets another day: by the drag, by the menu that does the same, and back again within seconds."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from conftest import make_user
from contentplan import actions
from contentplan.models import Move, PlannedPost, Publication, Status, StopKind, WeeklyPlan
from people.http import TooLate
from people.models import AuditEntry, Notice, Organization, User
from people.roles import Role
from registry.models import Account

from .conftest import TOMSK, MakeContent

PLAN = "/plans/urtam/2026-W49/"


@pytest.fixture
def signed_in(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def at(day: int, hour: int = 10, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=TOMSK)


def move(client: Client, post: PlannedPost, **fields: Any) -> Any:
    return client.post(
        f"/posts/{post.pk}/move/", {"revision": post.revision, "from": "2026-W49", **fields}, follow=True
    )


# --- the verb -----------------------------------------------------------------------------------


def test_another_day_is_a_new_revision_of_the_same_words(post: PlannedPost, editor: User) -> None:
    actions.move_to(post, at(3), revision=1, by=editor)

    newest = post.revisions.get(number=2)
    assert (post.planned_at, post.revision, newest.text, newest.planned_at) == (at(3), 2, post.text, at(3))


def test_another_week_is_another_plan_with_its_own_norms(post: PlannedPost, editor: User) -> None:
    left = post.plan

    actions.move_to(post, at(9), revision=1, by=editor)

    post.refresh_from_db()
    entry = AuditEntry.objects.filter(object_id=post.pk, changes__has_key="plan").latest("pk")
    assert (str(post.plan.week), post.plan.norms.count(), left.posts.count()) == ("2026-W50", 1, 0)
    assert entry.changes["plan"] == [str(left), str(post.plan)]


def test_of_an_approved_post_another_day_takes_the_approval(
    submitted_post: PlannedPost, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.move_to(submitted_post, at(3), revision=1, by=editor)

    assert submitted_post.status == Status.SUBMITTED


def test_of_an_approved_post_another_hour_leaves_the_approval(
    submitted_post: PlannedPost, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.move_to(submitted_post, at(30, 16, month=11), revision=1, by=editor)

    assert (submitted_post.status, submitted_post.approved_revision) == (Status.APPROVED, 2)


def test_an_approved_post_can_move_to_another_week(
    submitted_post: PlannedPost, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.move_to(submitted_post, at(8), revision=1, by=editor)

    submitted_post.refresh_from_db()
    assert (str(submitted_post.plan.week), submitted_post.status) == ("2026-W50", Status.SUBMITTED)


def test_what_came_out_stays(submitted_post: PlannedPost, urtam_vk: Account, editor: User) -> None:
    placement = submitted_post.placements.get()
    Publication.objects.create(account=urtam_vk, placement=placement, published_at=at(30, month=11), recorded_by=editor)

    with pytest.raises(TooLate):
        actions.move_to(submitted_post, at(3), revision=1, by=editor)


def test_what_was_taken_off_the_plan_stays(post: PlannedPost, editor: User) -> None:
    actions.cancel(post, revision=1, by=editor)

    with pytest.raises(TooLate):
        actions.move_to(post, at(3), revision=1, by=editor)


def test_a_week_that_is_over_takes_nothing(post: PlannedPost, editor: User) -> None:
    with pytest.raises(ValidationError):
        actions.move_to(post, at(17, month=11), revision=1, by=editor)


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 12, 6, 16, 30, tzinfo=UTC), "2026-W49"),  # Sunday 23:30 in Tomsk
        (datetime(2026, 12, 6, 17, 30, tzinfo=UTC), "2026-W50"),  # Monday 00:30 in Tomsk
        (datetime(2026, 12, 31, 17, 30, tzinfo=UTC), "2026-W53"),  # Friday, 1 January 2027
    ],
)
def test_the_week_is_that_of_the_body_s_zone(post: PlannedPost, editor: User, moment: datetime, week: str) -> None:
    actions.move_to(post, moment, revision=1, by=editor)

    post.refresh_from_db()
    assert str(post.plan.week) == week


# --- the page -----------------------------------------------------------------------------------


def test_a_day_of_the_menu_keeps_the_hour(signed_in: Client, post: PlannedPost) -> None:
    response = move(signed_in, post, to="2026-12-03")

    post.refresh_from_db()
    assert post.planned_at == at(3)
    assert response.redirect_chain[-1][0] == f"{PLAN}#post-{post.pk}"
    assert "«Ремонт моста»: теперь чт, 3 декабря, 10:00." in response.content.decode()


def test_another_day_and_time_can_be_written(signed_in: Client, post: PlannedPost) -> None:
    move(signed_in, post, day="2026-12-09", time="14:30")

    post.refresh_from_db()
    assert post.planned_at == at(9, 14) + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"to": "2026-11-26"}, "Время уже прошло (чт, 26 ноября, 10:00): выберите время впереди."),
        ({"to": "завтра"}, "Выберите день из списка или укажите день и время."),
        ({"day": "2026-12-09", "time": ""}, "Выберите день из списка или укажите день и время."),
        ({"day": "9999-12-09", "time": "10:00"}, "Проверьте год: так далеко планы не составляют."),
    ],
)
def test_what_cannot_be_is_said_over_the_open_menu(
    signed_in: Client, post: PlannedPost, fields: dict[str, str], sentence: str
) -> None:
    response = move(signed_in, post, **fields)

    post.refresh_from_db()
    assert post.revision == 1
    assert response.redirect_chain[-1][0] == f"{PLAN}?move={post.pk}#move"
    assert sentence in response.content.decode()


def test_of_two_people_the_later_hears_that_the_post_has_changed(
    signed_in: Client, post: PlannedPost, editor: User
) -> None:
    actions.move_to(post, at(2), revision=1, by=editor)
    post.revision = 1

    response = move(signed_in, post, to="2026-12-03")

    post.refresh_from_db()
    assert post.planned_at == at(2)
    assert "Пока вы правили, пост изменили." in response.content.decode()


def test_a_post_that_a_reviewer_has_in_work_stays(
    signed_in: Client, submitted_post: PlannedPost, coordinator: User
) -> None:
    actions.claim(submitted_post, by=coordinator)

    move(signed_in, submitted_post, to="2026-12-03")

    submitted_post.refresh_from_db()
    assert submitted_post.revision == 1


def test_the_menu_opens_without_scripts(signed_in: Client, post: PlannedPost) -> None:
    html = signed_in.get(f"{PLAN}?move={post.pk}").content.decode()

    assert html.count(f'action="/posts/{post.pk}/move/"') == 2
    assert html.count('name="to" value="2026-12-0') == 2 * 9  # the panel and the dialog, 1 to 9 December


def test_a_card_is_named_by_day_time_accounts_topic_and_state(signed_in: Client, post: PlannedPost) -> None:
    html = " ".join(signed_in.get(PLAN).content.decode().split())

    card = html[html.index(f'id="post-{post.pk}"') :]
    words = [card.index(word) for word in ("понедельник, 30 ноября", "10:00", "ВКонтакте", "Ремонт моста", "Черновик")]
    assert words == sorted(words)


# --- back again ---------------------------------------------------------------------------------


def test_a_move_can_be_taken_back_within_seconds(signed_in: Client, post: PlannedPost) -> None:
    move(signed_in, post, to="2026-12-03")

    response = signed_in.post("/plans/undo/", follow=True)

    post.refresh_from_db()
    assert (post.planned_at, post.revision) == (at(30, month=11), 3)
    assert "Возвращено на прежнее место: «Ремонт моста»." in response.content.decode()


def test_a_move_to_another_week_can_be_taken_back(signed_in: Client, post: PlannedPost, plan: WeeklyPlan) -> None:
    move(signed_in, post, to="2026-12-08")

    signed_in.post("/plans/undo/")

    post.refresh_from_db()
    assert post.plan == plan


def test_it_is_taken_back_once(signed_in: Client, post: PlannedPost) -> None:
    move(signed_in, post, to="2026-12-03")
    signed_in.post("/plans/undo/")

    response = signed_in.post("/plans/undo/", follow=True)

    post.refresh_from_db()
    assert post.revision == 3
    assert "Отменять уже нечего." in response.content.decode()


def test_a_minute_later_nothing_is_offered_any_more(
    signed_in: Client, post: PlannedPost, now: time_machine.Traveller
) -> None:
    move(signed_in, post, to="2026-12-03")
    now.shift(61)

    page = signed_in.get(PLAN).content.decode()
    signed_in.post("/plans/undo/")

    post.refresh_from_db()
    assert (post.planned_at, "data-undo" in page) == (at(3), False)


@pytest.fixture
def approved_post(submitted_post: PlannedPost, coordinator: User) -> PlannedPost:
    actions.approve(submitted_post, revision=1, by=coordinator)
    return submitted_post


def test_a_move_taken_back_leaves_the_approval_as_it_was(
    signed_in: Client, approved_post: PlannedPost, coordinator: User
) -> None:
    move(signed_in, approved_post, to="2026-12-03")
    told = Notice.objects.filter(user=coordinator, kind="post_reopened").count()

    response = signed_in.post("/plans/undo/", follow=True)

    post = PlannedPost.objects.get()
    assert (post.planned_at, post.status, post.approved_revision, post.revision) == (
        at(30, month=11),
        Status.APPROVED,
        3,
        3,
    )
    assert [step.move for step in post.reviews.order_by("pk")][-2:] == [Move.REOPEN, Move.PUT_BACK]
    assert (told, Notice.objects.filter(user=coordinator, kind="post_reopened").count()) == (1, 0)
    assert "Возвращено на прежнее место: «Ремонт моста»." in response.content.decode()


def test_a_move_taken_back_too_late_waits_for_approval_and_says_so(
    signed_in: Client, approved_post: PlannedPost, now: time_machine.Traveller
) -> None:
    move(signed_in, approved_post, to="2026-12-03")
    now.shift(21)

    response = signed_in.post("/plans/undo/", follow=True)

    post = PlannedPost.objects.get()
    assert (post.planned_at, post.status) == (at(30, month=11), Status.SUBMITTED)
    assert "Возвращено на прежнее место: «Ремонт моста». Пост снова ждёт согласования." in response.content.decode()


def test_only_who_moved_it_brings_the_approval_back(
    approved_post: PlannedPost, editor: User, urtam: Organization
) -> None:
    actions.move_to(approved_post, at(3), revision=1, by=editor)

    actions.move_back(approved_post, at(30, month=11), revision=2, by=make_user("colleague", Role.EDITOR, urtam))

    assert PlannedPost.objects.get().status == Status.SUBMITTED


def test_another_hour_than_the_approved_one_is_not_approved(approved_post: PlannedPost, editor: User) -> None:
    actions.move_to(approved_post, at(3), revision=1, by=editor)

    actions.move_back(approved_post, at(4), revision=2, by=editor)

    assert PlannedPost.objects.get().status == Status.SUBMITTED


def test_what_was_on_hold_does_not_come_back_as_approved(
    approved_post: PlannedPost, editor: User, coordinator: User
) -> None:
    actions.hold(approved_post, revision=1, reason="Проверяем", by=coordinator)
    actions.move_to(approved_post, at(3), revision=1, by=editor)

    actions.move_back(approved_post, at(30, month=11), revision=2, by=editor)

    assert PlannedPost.objects.get().status == Status.SUBMITTED


def test_what_a_reviewer_has_taken_in_work_is_not_moved_back(
    signed_in: Client, approved_post: PlannedPost, coordinator: User
) -> None:
    move(signed_in, approved_post, to="2026-12-03")
    actions.claim(PlannedPost.objects.get(), by=coordinator)

    signed_in.post("/plans/undo/")

    post = PlannedPost.objects.get()
    assert (post.planned_at, post.status) == (at(3), Status.SUBMITTED)


def test_a_move_taken_back_during_a_stop_is_on_hold(
    approved_post: PlannedPost, editor: User, coordinator: User, district: Organization
) -> None:
    actions.move_to(approved_post, at(3), revision=1, by=editor)
    actions.stop_publishing(district, kind=StopKind.MOURNING, reason="День траура", by=coordinator)

    actions.move_back(PlannedPost.objects.get(), at(30, month=11), revision=2, by=editor)

    assert PlannedPost.objects.get().status == Status.ON_HOLD


def test_what_somebody_changed_since_is_not_taken_back(signed_in: Client, post: PlannedPost, editor: User) -> None:
    move(signed_in, post, to="2026-12-03")
    post.refresh_from_db()
    actions.move_to(post, at(4), revision=2, by=editor)

    signed_in.post("/plans/undo/")

    post.refresh_from_db()
    assert post.planned_at == at(4)


def test_without_a_place_of_their_own_nobody_moves(client: Client, post: PlannedPost, chilino_editor: User) -> None:
    client.force_login(chilino_editor)

    response = client.post(f"/posts/{post.pk}/move/", {"to": "2026-12-03", "revision": 1})

    assert response.status_code == 404


def test_content_is_kept_as_it_is(plan: WeeklyPlan, content: MakeContent, editor: User, urtam_vk: Account) -> None:
    made = content(placements={urtam_vk.pk: "Свои слова"}, occasion="День села")
    post = actions.add_post(plan, made, by=editor)

    actions.move_to(post, at(4), revision=1, by=editor)

    assert (post.occasion, post.placements.get().text) == ("День села", "Свои слова")
