"""The day of publishing: what is missed and why, who is reminded, what is asked about a link."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contentplan import actions, due_posts
from contentplan.models import MissReason, PlannedPost, Publication, Status, WeeklyPlan
from people.http import TooLate
from people.models import Membership, Notice, Organization, User
from people.roles import Role
from people.weeks import Week
from registry.models import Account

from .conftest import TOMSK, MakeContent

LINK = "https://vk.com/urtam_demo?w=wall-1_1"
DAY = "/day/"


@pytest.fixture
def approved_post(submitted_post: PlannedPost, coordinator: User) -> PlannedPost:
    """Comes out on Monday 30 November at 10:00."""
    actions.approve(submitted_post, revision=1, by=coordinator)
    return submitted_post


def approved_at(
    moment: datetime, plan: WeeklyPlan, content: MakeContent, editor: User, coordinator: User
) -> PlannedPost:
    post = actions.add_post(plan, content(planned_at=moment), by=editor)
    actions.submit(post, revision=1, by=editor)
    actions.approve(post, revision=1, by=coordinator)
    return post


def status_of(post: PlannedPost) -> str:
    return PlannedPost.objects.get(pk=post.pk).status


# --- missed -------------------------------------------------------------------------------------


def test_a_post_is_missed_a_day_after_its_time_and_not_a_second_earlier(
    approved_post: PlannedPost, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-01T09:59:59+07:00")
    early = actions.mark_missed()
    now.move_to("2026-12-01T10:00:00+07:00")

    assert (early, actions.mark_missed(), actions.mark_missed()) == (0, 1, 0)
    assert status_of(approved_post) == Status.MISSED


@pytest.mark.parametrize(
    ("planned", "week"),
    [
        (datetime(2026, 12, 6, 23, 30, tzinfo=TOMSK), "2026-W49"),  # Sunday, half an hour before the week ends
        (datetime(2026, 12, 7, 0, 30, tzinfo=TOMSK), "2026-W50"),
        (datetime(2027, 1, 3, 23, 30, tzinfo=TOMSK), "2026-W53"),  # the last Sunday of a year of 53 weeks
        (datetime(2027, 1, 4, 0, 30, tzinfo=TOMSK), "2027-W01"),
    ],
)
def test_the_edge_of_a_week_changes_nothing(
    planned: datetime,
    week: str,
    urtam: Organization,
    urtam_vk: Account,
    norm: object,
    content: MakeContent,
    editor: User,
    coordinator: User,
    now: time_machine.Traveller,
) -> None:
    plan = actions.open_plan(urtam, Week.parse(week), by=editor)
    post = approved_at(planned, plan, content, editor, coordinator)
    now.move_to(planned + timedelta(hours=23, minutes=59))
    before = actions.mark_missed()
    now.move_to(planned + timedelta(hours=24))

    assert (before, actions.mark_missed()) == (0, 1)
    assert status_of(post) == Status.MISSED


def test_what_came_out_in_one_of_two_accounts_is_not_missed(
    plan: WeeklyPlan,
    content: MakeContent,
    urtam_vk: Account,
    urtam_ok: Account,
    editor: User,
    coordinator: User,
    now: time_machine.Traveller,
) -> None:
    post = actions.add_post(plan, content(placements={urtam_vk.pk: "", urtam_ok.pk: ""}), by=editor)
    actions.submit(post, revision=1, by=editor)
    actions.approve(post, revision=1, by=coordinator)
    now.move_to("2026-12-05T12:00:00+07:00")
    placement = post.placements.get(account=urtam_vk)
    actions.record_publication(urtam_vk, link=LINK, published_at=post.planned_at, placement=placement, by=editor)

    assert actions.mark_missed() == 0


def test_what_was_approved_late_has_a_day_from_then_on(
    submitted_post: PlannedPost, coordinator: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-02T12:00:00+07:00")
    actions.approve(submitted_post, revision=1, by=coordinator)

    assert actions.mark_missed() == 0
    now.move_to("2026-12-03T12:00:00+07:00")
    assert actions.mark_missed() == 1


def test_a_missed_post_keeps_why_and_no_longer_asks(
    client: Client, approved_post: PlannedPost, editor: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-01T10:00:00+07:00")
    actions.mark_missed()
    client.force_login(editor)
    asked = client.get(DAY).context["day"].missed

    response = client.post(f"/posts/{approved_post.pk}/missed/", {"reason": "no_time"})

    assert [card.post for card in asked] == [approved_post]
    assert response["Location"] == f"/posts/{approved_post.pk}/"
    assert PlannedPost.objects.get(pk=approved_post.pk).missed_because == MissReason.NO_TIME
    assert client.get(DAY).context["day"].missed == []


def test_what_came_out_unmarked_leads_to_its_link(
    client: Client, approved_post: PlannedPost, editor: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-01T10:00:00+07:00")
    actions.mark_missed()
    client.force_login(editor)

    response = client.post(f"/posts/{approved_post.pk}/missed/", {"reason": "not_marked"})

    assert response["Location"] == reverse("contentplan:publish", args=[approved_post.placements.get().pk])


def test_the_reason_of_what_came_out_meanwhile_is_too_late(
    approved_post: PlannedPost, urtam_vk: Account, editor: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-01T10:00:00+07:00")
    actions.mark_missed()
    actions.record_publication(
        urtam_vk,
        link=LINK,
        published_at=approved_post.planned_at,
        placement=approved_post.placements.get(),
        by=editor,
    )

    with pytest.raises(TooLate):
        actions.say_why_missed(approved_post, MissReason.FORGOT, by=editor)
    assert status_of(approved_post) == Status.PUBLISHED


# --- reminders ----------------------------------------------------------------------------------


def told() -> list[str]:
    return list(Notice.objects.filter(kind="post_due").order_by("pk").values_list("user__username", flat=True))


def test_whoever_publishes_is_reminded_once_at_the_time(
    approved_post: PlannedPost, editor: User, coordinator: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-11-30T09:59:00+07:00")
    due_posts.remind()
    before = told()
    now.move_to("2026-11-30T10:00:00+07:00")
    due_posts.remind()
    now.move_to("2026-11-30T10:05:00+07:00")
    due_posts.remind()

    assert (before, told()) == ([], ["editor"])


@pytest.mark.parametrize(
    ("planned", "silent_at", "told_at"),
    [
        # Sunday 23:30: people sleep; in the morning of Monday.
        (datetime(2026, 12, 6, 23, 30, tzinfo=TOMSK), "2026-12-06T23:31:00+07:00", "2026-12-07T08:00:00+07:00"),
        (datetime(2026, 12, 1, 0, 30, tzinfo=TOMSK), "2026-12-01T07:59:00+07:00", "2026-12-01T08:00:00+07:00"),
        (datetime(2026, 12, 1, 20, 59, tzinfo=TOMSK), "2026-12-01T20:58:00+07:00", "2026-12-01T20:59:00+07:00"),
        (datetime(2026, 12, 1, 21, 0, tzinfo=TOMSK), "2026-12-01T21:00:00+07:00", "2026-12-02T08:00:00+07:00"),
    ],
)
def test_nobody_is_woken(
    planned: datetime,
    silent_at: str,
    told_at: str,
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    coordinator: User,
    now: time_machine.Traveller,
) -> None:
    approved_at(planned, plan, content, editor, coordinator)
    now.move_to(silent_at)
    due_posts.remind()
    at_night = told()
    now.move_to(told_at)
    due_posts.remind()

    assert (at_night, told()) == ([], ["editor"])


def test_nobody_is_reminded_of_what_is_on_hold_or_out(
    approved_post: PlannedPost, coordinator: User, now: time_machine.Traveller
) -> None:
    actions.hold(approved_post, revision=1, reason="Уточняем дату", by=coordinator)
    now.move_to("2026-11-30T10:00:00+07:00")

    assert due_posts.remind() == 0


# --- today --------------------------------------------------------------------------------------


def test_today_is_the_day_of_the_body(
    client: Client, plan: WeeklyPlan, content: MakeContent, editor: User, now: time_machine.Traveller
) -> None:
    late = actions.add_post(plan, content(planned_at=datetime(2026, 12, 6, 23, 30, tzinfo=TOMSK)), by=editor)
    now.move_to("2026-12-06T00:00:00+07:00")
    client.force_login(editor)
    sunday = [card.post for card in client.get(DAY).context["day"].ahead]
    now.move_to("2026-12-07T00:00:00+07:00")
    client.force_login(editor)
    monday = [card.post for card in client.get(DAY).context["day"].ahead]

    assert (sunday, monday) == ([late], [])


def test_overdue_stands_on_top_then_the_next(
    client: Client,
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    coordinator: User,
    now: time_machine.Traveller,
) -> None:
    hours = {hour: datetime(2026, 12, 1, hour, tzinfo=TOMSK) for hour in (9, 15, 18)}
    posts = {hour: approved_at(at, plan, content, editor, coordinator) for hour, at in hours.items()}
    draft = actions.add_post(plan, content(planned_at=datetime(2026, 12, 1, 14, tzinfo=TOMSK)), by=editor)
    now.move_to("2026-12-01T12:00:00+07:00")
    client.force_login(editor)

    day = client.get(DAY).context["day"]

    assert [card.post for card in day.overdue] == [posts[9]]
    assert [card.post for card in day.ahead] == [draft, posts[15], posts[18]]
    assert day.next.post == posts[15]


def test_a_coordinator_sees_all_bodies_by_choice(
    client: Client, approved_post: PlannedPost, coordinator: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-11-30T08:00:00+07:00")
    client.force_login(coordinator)

    own, everywhere = client.get(DAY).context["day"], client.get(f"{DAY}?all=1").context["day"]

    assert ([card.post for card in own.cards], [card.post for card in everywhere.cards]) == ([], [approved_post])


@pytest.mark.parametrize("n", [1, 3])
def test_today_asks_a_fixed_number_of_queries(
    n: int,
    client: Client,
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    coordinator: User,
    now: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for hour in range(n):
        approved_at(datetime(2026, 12, 1, 9 + hour, tzinfo=TOMSK), plan, content, editor, coordinator)
    now.move_to("2026-12-01T10:30:00+07:00")
    client.force_login(editor)

    with django_assert_num_queries(12):
        client.get(DAY)


# --- the link -----------------------------------------------------------------------------------


@pytest.fixture
def publish(approved_post: PlannedPost, client: Client, editor: User, now: time_machine.Traveller) -> str:
    """The page that helps the post out; it is Monday noon."""
    now.move_to("2026-11-30T12:00:00+07:00")
    client.force_login(editor)
    return reverse("contentplan:publish", args=[approved_post.placements.get().pk])


def link(**values: str) -> dict[str, str]:
    return {"link": LINK, "day": "2026-11-30", "time": "10:00", **values}


def test_the_words_for_the_network_are_offered_else_the_common_ones(
    client: Client, publish: str, approved_post: PlannedPost
) -> None:
    common = client.get(publish).context["help"].text
    approved_post.placements.update(text="Мост откроют! #Уртам")

    assert common == "Мост через Уртамку откроют в пятницу."
    assert client.get(publish).context["help"].text == "Мост откроют! #Уртам"


@pytest.mark.parametrize(
    ("day", "time", "sentence"),
    [
        ("2026-11-29", "10:00", ""),
        ("2026-11-29", "09:59", "Это больше чем за сутки до времени по плану (30 ноября, 10:00)."),
        ("2026-11-30", "12:01", ""),
    ],
)
def test_a_time_far_from_the_plan_is_asked_about(
    day: str, time: str, sentence: str, client: Client, publish: str
) -> None:
    response = client.post(publish, link(day=day, time=time))

    errors = response.context["form"].errors if response.status_code == 200 else {}
    assert " ".join(errors.get("far", [])).startswith(sentence)
    assert bool(errors.get("far")) == bool(sentence)
    assert bool(errors.get("time")) == (time == "12:01")


def test_a_far_time_that_is_confirmed_is_taken(client: Client, publish: str) -> None:
    client.post(publish, link(day="2026-11-28", far="on"))

    assert Publication.objects.get().published_at == datetime(2026, 11, 28, 10, tzinfo=TOMSK)


def test_the_next_account_of_the_same_post_is_offered_then_today(
    client: Client,
    plan: WeeklyPlan,
    content: MakeContent,
    urtam_vk: Account,
    urtam_ok: Account,
    editor: User,
    coordinator: User,
    now: time_machine.Traveller,
) -> None:
    post = actions.add_post(plan, content(placements={urtam_vk.pk: "", urtam_ok.pk: ""}), by=editor)
    actions.submit(post, revision=1, by=editor)
    actions.approve(post, revision=1, by=coordinator)
    now.move_to("2026-11-30T12:00:00+07:00")
    client.force_login(editor)
    first, second = (
        reverse("contentplan:publish", args=[post.placements.get(account=account).pk])
        for account in (urtam_vk, urtam_ok)
    )

    then = client.post(first, link())["Location"]
    last = client.post(second, link(link="https://ok.ru/group/1001/topic/5"))["Location"]

    assert (then, last, status_of(post)) == (second, DAY, Status.PUBLISHED)


def test_the_account_is_recognised_by_the_link(
    client: Client, plan: WeeklyPlan, urtam: Organization, urtam_vk: Account, urtam_ok: Account, editor: User
) -> None:
    client.force_login(editor)
    address = reverse("contentplan:publication_add", args=[urtam.slug])

    client.post(address, link(link="https://ok.ru/group/1001/topic/5", day="2026-11-26", time="11:00", counts="on"))

    assert Publication.objects.get().account == urtam_ok


def test_a_link_of_nobody_names_the_accounts_of_the_body(
    client: Client, plan: WeeklyPlan, urtam: Organization, urtam_vk: Account, urtam_ok: Account, editor: User
) -> None:
    client.force_login(editor)
    address = reverse("contentplan:publication_add", args=[urtam.slug])

    response = client.post(address, link(link="https://example.org/5", day="2026-11-26", time="11:00"))

    sentence = "Это публикация не из аккаунтов органа. Его аккаунты: Urtam официально, Urtam официально."
    assert response.context["form"].errors["link"] == [sentence]


def test_a_person_of_two_bodies_sees_both(
    client: Client,
    approved_post: PlannedPost,
    editor: User,
    chilino: Organization,
    now: time_machine.Traveller,
) -> None:
    Membership.objects.create(user=editor, organization=chilino, role=Role.EDITOR, starts_on=date(2020, 1, 1))
    now.move_to("2026-11-30T09:00:00+07:00")
    client.force_login(User.objects.get(pk=editor.pk))

    assert [card.post for card in client.get(DAY).context["day"].ahead] == [approved_post]
