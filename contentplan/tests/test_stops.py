"""Mourning, an emergency: who is stopped, who sees it, what becomes of what was held."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contentplan import actions, standing
from contentplan.models import PlannedPost, Slot, Status, Stop, StopKind, WeeklyPlan
from people.http import TooLate
from people.models import Notice, Organization, User
from registry.models import Account

from .conftest import TOMSK, MakeContent

BANNER = "Публикации остановлены:"


@pytest.fixture
def approved_post(submitted_post: PlannedPost, coordinator: User) -> PlannedPost:
    actions.approve(submitted_post, revision=1, by=coordinator)
    return submitted_post


@pytest.fixture
def stop(approved_post: PlannedPost, district: Organization, coordinator: User) -> Stop:
    """Over the whole district."""
    return actions.stop_publishing(district, kind=StopKind.MOURNING, reason="Траур в области", by=coordinator)


def status_of(post: PlannedPost) -> str:
    return PlannedPost.objects.get(pk=post.pk).status


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("editor", True),
        ("chilino_editor", True),
        ("coordinator", True),
        ("moderator", True),
        ("observer", True),
        ("administrator", True),
        ("outsider", False),
        ("nobody", False),
    ],
)
def test_the_banner_stands_above_every_page_of_those_concerned(
    name: str, sees: bool, stop: Stop, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(name))

    page = client.get("/me/").content.decode()

    assert (BANNER in page) == sees
    assert ("Траур в области" in page) == sees


@pytest.mark.parametrize(("name", "sees"), [("editor", True), ("chilino_editor", False), ("coordinator", True)])
def test_a_stop_of_one_body_concerns_nobody_beside_it(
    name: str, sees: bool, urtam: Organization, coordinator: User, client: Client, request: pytest.FixtureRequest
) -> None:
    actions.stop_publishing(urtam, kind=StopKind.EMERGENCY, reason="Паводок", by=coordinator)
    client.force_login(request.getfixturevalue(name))

    assert (BANNER in client.get("/me/").content.decode()) == sees


def test_a_page_asks_for_stops_once_in_a_while(editor: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    list(editor.current_memberships)
    standing.forget()

    with django_assert_num_queries(1):
        standing.concerning(editor)
        standing.concerning(editor)


def test_nothing_is_stopped_before_it_was_shown_what_will_be_held(
    client: Client, approved_post: PlannedPost, district: Organization, coordinator: User
) -> None:
    client.force_login(coordinator)
    typed = {"organization": district.pk, "kind": "mourning", "reason": "Траур в области"}

    shown = client.post("/stops/new/", typed)
    before = status_of(approved_post)
    done = client.post("/stops/new/", {**typed, "confirmed": "yes"})

    assert (shown.context["total"], shown.context["counts"]) == (1, [("Urtam", 1)])
    assert before == Status.APPROVED
    assert done["Location"] == f"/stops/{Stop.objects.get().pk}/"
    assert status_of(approved_post) == Status.ON_HOLD


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("reason", "Напишите, почему останавливаются публикации: людям нужно это понимать."),
        ("kind", "Выберите, что случилось."),
    ],
)
def test_a_stop_needs_its_words(
    field: str, sentence: str, client: Client, district: Organization, coordinator: User
) -> None:
    client.force_login(coordinator)
    typed = {"organization": district.pk, "kind": "mourning", "reason": "Траур", "confirmed": "yes", field: ""}

    response = client.post("/stops/new/", typed)

    assert response.context["form"].errors[field] == [sentence]
    assert not Stop.objects.exists()


def test_a_stop_reaches_down_and_not_beside(
    approved_post: PlannedPost, chilino: Organization, coordinator: User
) -> None:
    actions.stop_publishing(chilino, kind=StopKind.OTHER, reason="Авария на линии", by=coordinator)

    assert status_of(approved_post) == Status.APPROVED


def test_two_stops_of_one_body_are_one(stop: Stop, district: Organization, deputy: User) -> None:
    with pytest.raises(TooLate):
        actions.stop_publishing(district, kind=StopKind.OTHER, reason="Ещё раз", by=deputy)


def test_what_is_approved_during_the_stop_is_held_at_once(
    stop: Stop, plan: WeeklyPlan, content: MakeContent, editor: User, coordinator: User
) -> None:
    post = actions.add_post(plan, content(topic="Субботник"), by=editor)
    actions.submit(post, revision=1, by=editor)

    actions.approve(post, revision=1, by=coordinator)

    assert (post.status, post.held_by) == (Status.ON_HOLD, stop)


def test_nothing_goes_on_while_the_stop_is_in_force(stop: Stop, approved_post: PlannedPost, coordinator: User) -> None:
    post = PlannedPost.objects.get(pk=approved_post.pk)

    with pytest.raises(TooLate):
        actions.resume(post, revision=1, by=coordinator)


def test_everybody_who_writes_is_told(stop: Stop, editor: User, deputy: User) -> None:
    told = Notice.objects.filter(kind="publishing_stopped").values_list("user__username", flat=True)

    assert {"editor"} <= set(told)
    assert "coordinator" not in told


def lifted(stop: Stop, by: User) -> None:
    actions.lift_stop(Stop.objects.get(pk=stop.pk), by=by)


def test_a_lifted_stop_lists_what_it_held_for_a_second_look(
    client: Client, stop: Stop, approved_post: PlannedPost, coordinator: User, now: time_machine.Traveller
) -> None:
    lifted(stop, coordinator)
    now.move_to("2026-11-30T10:00:00+07:00")
    client.force_login(coordinator)

    page = client.get(f"/stops/{stop.pk}/")

    row = page.context["held"][0]
    look = page.context["look"]
    assert (look.held, look.looked_at, look.left) == (1, 0, 1)
    assert (row.card.post, row.is_past, row.can_resume, row.can_cancel) == (approved_post, True, True, True)
    assert row.free_time == datetime(2026, 12, 1, 10, tzinfo=TOMSK)


Look = Callable[[Client, PlannedPost, Stop], Any]
RESUME: Look = lambda client, post, stop: client.post(  # noqa: E731
    f"/posts/{post.pk}/resume/", {"revision": 1, "from": f"stop-{stop.pk}"}
)
CANCEL: Look = lambda client, post, stop: client.post(  # noqa: E731
    f"/posts/{post.pk}/cancel/", {"revision": 1, "reason": "Уже не нужно", "from": f"stop-{stop.pk}"}
)


@pytest.mark.parametrize(
    ("press", "status"), [(RESUME, Status.APPROVED), (CANCEL, Status.CANCELLED)], ids=["resume", "cancel"]
)
def test_a_second_look_leads_back_to_the_stop(
    press: Look, status: Status, client: Client, stop: Stop, approved_post: PlannedPost, coordinator: User
) -> None:
    lifted(stop, coordinator)
    client.force_login(coordinator)

    response = press(client, approved_post, stop)

    look = client.get(f"/stops/{stop.pk}/").context["look"]
    assert response["Location"] == f"/stops/{stop.pk}/"
    assert status_of(approved_post) == status
    assert (look.held, look.looked_at, look.left) == (1, 1, 0)


def test_another_time_of_a_held_post_awaits_approval_again(
    client: Client, stop: Stop, approved_post: PlannedPost, coordinator: User, editor: User
) -> None:
    lifted(stop, coordinator)
    client.force_login(editor)

    client.post(f"/posts/{approved_post.pk}/move/", {"revision": 1, "day": "2026-12-03", "time": "12:00:00"})

    post = PlannedPost.objects.get(pk=approved_post.pk)
    assert (post.status, post.held_by) == (Status.SUBMITTED, None)
    assert post.planned_at == datetime(2026, 12, 3, 12, tzinfo=TOMSK)


def test_the_free_time_is_a_habitual_one_that_nobody_has_taken(
    client: Client,
    stop: Stop,
    approved_post: PlannedPost,
    plan: WeeklyPlan,
    content: MakeContent,
    urtam_vk: Account,
    coordinator: User,
    editor: User,
    now: time_machine.Traveller,
) -> None:
    for weekday, hour in ((2, 10), (2, 16), (4, 10)):
        Slot.objects.create(account=urtam_vk, weekday=weekday, at=time(hour))
    actions.add_post(plan, content(planned_at=datetime(2026, 12, 1, 10, 30, tzinfo=TOMSK)), by=editor)
    lifted(stop, coordinator)
    now.move_to("2026-11-30T10:00:00+07:00")
    client.force_login(coordinator)

    row = client.get(f"/stops/{stop.pk}/").context["held"][0]

    assert row.free_time == datetime(2026, 12, 1, 16, tzinfo=TOMSK)


@pytest.mark.parametrize("n", [1, 3])
def test_a_stop_asks_a_fixed_number_of_queries(
    n: int,
    client: Client,
    district: Organization,
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    coordinator: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for day in range(n):
        post = actions.add_post(plan, content(day), by=editor)
        actions.submit(post, revision=1, by=editor)
        actions.approve(post, revision=1, by=coordinator)
    stop = actions.stop_publishing(district, kind=StopKind.OTHER, reason="Авария", by=coordinator)
    lifted(stop, coordinator)
    standing.remember([], 60)
    client.force_login(coordinator)

    with django_assert_num_queries(19):
        client.get(f"/stops/{stop.pk}/")


def test_an_editor_sees_the_stop_above_and_only_the_own_posts(
    client: Client, stop: Stop, approved_post: PlannedPost, chilino_editor: User, editor: User
) -> None:
    client.force_login(chilino_editor)
    beside = client.get(f"/stops/{stop.pk}/").context["look"]
    client.force_login(editor)
    own = client.get(f"/stops/{stop.pk}/").context["look"]

    assert (list(beside.waiting), list(own.waiting)) == ([], [approved_post])


def test_a_stop_leaves_alone_what_should_have_come_out_days_ago(
    approved_post: PlannedPost, coordinator: User, district: Organization
) -> None:
    days_ago = approved_post.planned_at - timedelta(days=30)
    PlannedPost.objects.filter(pk=approved_post.pk).update(planned_at=days_ago, status_since=days_ago)

    actions.stop_publishing(district, kind=StopKind.MOURNING, reason="Траур", by=coordinator)

    assert status_of(approved_post) == Status.APPROVED
