"""The page after sign-in: each person finds what they came for, and only what is theirs."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from compliance import desk
from compliance.check import check_week
from compliance.desk import BODIES_LISTED
from compliance.tests.conftest import TOMSK, WEEK, publish
from conftest import make_account, make_organization
from contentplan import actions
from contentplan.models import Placement, PlannedPost, PostFormat, Status, WeeklyPlan
from moderation.inbox import actions as inbox_actions
from moderation.inbox.intake import Arrival, receive
from moderation.models import Message, Source
from people.models import Organization, User
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.usefixtures("monday_morning", "norm")
NOW = WEEK.next


def today(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get("/today/").content.decode()


@pytest.fixture
def post(urtam: Organization, urtam_vk: Account, editor: User) -> PlannedPost:
    """A submitted post of the next week."""
    plan = WeeklyPlan.objects.create(organization=urtam, monday=NOW.next.monday)
    text = PostFormat.objects.create(slug="text", name="текст")
    moment = datetime(2026, 12, 1, 10, tzinfo=TOMSK)
    post = PlannedPost.objects.create(
        plan=plan, planned_at=moment, topic="Ремонт моста", format=text, created_by=editor
    )
    Placement.objects.create(post=post, account=urtam_vk)
    PlannedPost.objects.filter(pk=post.pk).update(status=Status.SUBMITTED, status_since=timezone.now())
    post.refresh_from_db()
    return post


def test_coordinator_finds_what_waits(client: Client, coordinator: User, post: PlannedPost) -> None:
    html = today(client, coordinator)

    assert ("Начать согласование" in html, f"/posts/{post.pk}/" in html, "Ремонт моста" in html) == (True, True, True)


def test_nothing_waits_for_a_coordinator_of_another_district(client: Client, outsider: User, post: PlannedPost) -> None:
    html = today(client, outsider)

    assert ("Ремонт моста" in html, "Urtam" in html) == (False, False)


def test_coordinator_reads_how_the_last_week_went(
    client: Client, coordinator: User, urtam_vk: Account, chilino_vk: Account
) -> None:
    publish(urtam_vk, 5)
    publish(chilino_vk, 2)
    check_week(WEEK, TOMSK)

    assert "На прошлой неделе норму выполнил 1 из 2 органов." in today(client, coordinator)


def test_who_is_behind_stands_on_top(client: Client, coordinator: User, urtam_vk: Account, chilino_vk: Account) -> None:
    publish(urtam_vk, 5, NOW)

    client.force_login(coordinator)
    behind = client.get("/today/").context["bodies"].behind

    assert [line.organization.slug for line in behind] == ["chilino", "urtam"]


def test_editor_reads_when_the_plan_is_due(client: Client, editor: User, urtam_vk: Account) -> None:
    assert "Срок сдачи плана следующей недели: пт, 27 ноября, 12:00" in today(client, editor)


def test_editor_reads_what_was_returned_and_why(
    client: Client, editor: User, coordinator: User, post: PlannedPost
) -> None:
    actions.return_for_changes(post, revision=post.revision, remarks=["Добавьте телефон"], by=coordinator)

    html = today(client, editor)

    assert ("Вам вернули" in html, "«Добавьте телефон»" in html) == (True, True)


def test_editor_is_asked_for_links_of_posts_whose_time_has_passed(
    client: Client, editor: User, post: PlannedPost
) -> None:
    WeeklyPlan.objects.filter(pk=post.plan_id).update(monday=NOW.monday)
    PlannedPost.objects.filter(pk=post.pk).update(
        status=Status.APPROVED, approved_revision=post.revision, planned_at=timezone.now() - timedelta(hours=1)
    )

    assert f"/placements/{post.placements.get().pk}/publish/" in today(client, editor)


def test_the_department_is_asked_for_links_of_its_own_body_only(
    client: Client, coordinator: User, district: Organization, vk: SocialNetwork, post: PlannedPost
) -> None:
    """Urtam's editors are asked for theirs; the Administration's plan is the department's own (procedure, cl. 2.2)."""
    own = PlannedPost.objects.create(
        plan=WeeklyPlan.objects.create(organization=district, monday=NOW.monday),
        planned_at=timezone.now(),
        topic="Приём Главы",
        format=post.format,
        created_by=coordinator,
    )
    Placement.objects.create(post=own, account=make_account(district, vk, "administration"))
    WeeklyPlan.objects.filter(pk=post.plan_id).update(monday=NOW.monday)
    PlannedPost.objects.update(status=Status.APPROVED, approved_revision=1, planned_at=timezone.now())
    client.force_login(coordinator)

    asked = client.get("/today/").context["tasks"].unmarked

    assert [placement.post.topic for placement in asked] == ["Приём Главы"]


def test_main_button_of_an_editor_follows_the_plan(client: Client, editor: User, post: PlannedPost) -> None:
    begun = today(client, editor)
    WeeklyPlan.objects.update(handed_in_at=timezone.now(), handed_in_by=editor)
    handed_in = today(client, editor)
    Placement.objects.all().delete()
    PlannedPost.objects.all().delete()
    empty = today(client, editor)

    assert ["Продолжить план" in html for html in (begun, handed_in, empty)] == [True, False, False]
    assert ["Составить план" in html for html in (begun, handed_in, empty)] == [False, False, True]


def test_bodies_beyond_the_table_still_count(
    client: Client, observer: User, district: Organization, vk: SocialNetwork
) -> None:
    for n in range(BODIES_LISTED + 1):
        make_account(make_organization(district, f"body{n:02}"), vk, f"page_{n}")
    client.force_login(observer)

    bodies = client.get("/today/").context["bodies"]

    assert (bodies.total, len(bodies.listed), bodies.falling_behind) == (26, 25, 26)


def test_observer_sees_the_week_and_no_button_to_change_it(
    client: Client, observer: User, urtam_vk: Account, post: PlannedPost
) -> None:
    html = today(client, observer)

    assert ("Планы органов" in html, "Начать согласование" in html, '<form method="post" action="/weeks' in html) == (
        True,
        False,
        False,
    )


def test_moderator_is_led_to_the_journal(client: Client, moderator: User) -> None:
    assert 'href="/journal/new/"' in today(client, moderator)


def test_administrator_sees_how_the_portal_is(client: Client, administrator: User) -> None:
    html = today(client, administrator)

    assert ("Сам портал" in html, "Ремонт моста" in html) == (True, False)


def test_somebody_without_a_role_is_told_what_to_do(client: Client, nobody: User) -> None:
    assert "роль вам пока не назначили" in today(client, nobody)


@pytest.mark.parametrize(("person", "queries"), [("coordinator", 36), ("observer", 21), ("editor", 31)])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    person: str,
    queries: int,
    post: PlannedPost,
    district: Organization,
    urtam: Organization,
    vk: SocialNetwork,
    request: pytest.FixtureRequest,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(request.getfixturevalue(person))
    check_week(WEEK, TOMSK)
    client.get("/today/")

    with django_assert_num_queries(queries):
        client.get("/today/")
    make_account(urtam, vk, "second")
    for slug in ("second", "third"):
        make_account(make_organization(district, slug), vk, f"page_{slug}")
    check_week(WEEK, TOMSK)
    with django_assert_num_queries(queries):
        client.get("/today/")


def test_of_a_whole_country_nothing_is_said_that_was_not_compared(
    client: Client, coordinator: User, urtam_vk: Account, chilino_vk: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "BODIES_COMPARED", 1)

    html = today(client, coordinator)

    assert ("На этой неделе" in html, "Все органы: 2" in html) == (False, True)


def test_whoever_answers_finds_their_messages_and_those_nobody_took(
    client: Client, editor: User, urtam_vk: Account
) -> None:
    mine, free = (_message(urtam_vk, editor, text) for text in ("Моё: 8 913 555-12-34", "Ничьё"))
    inbox_actions.assign(mine, to=editor, by=editor)
    client.force_login(editor)

    found = client.get("/today/").context["inbox"]

    assert [(row.pk, text) for row, text, _late in found.rows] == [
        (mine.pk, "Моё: • ••• •••-••-••"),
        (free.pk, "Ничьё"),
    ]


def test_whoever_only_looks_reads_numbers_and_no_words(client: Client, observer: User, urtam_vk: Account) -> None:
    _message(urtam_vk, observer, "Где фонари?")
    client.force_login(observer)

    page = client.get("/today/")

    assert (page.context["inbox"].counts["nobody"], "Где фонари" in page.content.decode()) == (1, False)


def _message(account: Account, by: User, text: str) -> Message:
    moment = timezone.now() - timedelta(days=30)
    [(message, _new)] = receive([Arrival(account, text, moment, external_id=text)], by=by, source=Source.FORM)
    return message
