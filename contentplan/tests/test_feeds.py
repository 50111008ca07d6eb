"""A plan in a calendar: whoever holds the secret address reads it, as long as the person behind it may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from contentplan import actions
from contentplan.actions.feeds import make_feed
from contentplan.models import CalendarFeed, PlannedPost, WeeklyPlan
from contentplan.tests.conftest import MakeContent
from people.models import AuditEntry, Organization, User

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def secret(editor: User, urtam: Organization, post: PlannedPost) -> str:
    """The editor's address of Urtam's plan, with one post in it."""
    return make_feed(urtam, by=editor)


def address(secret: str) -> str:
    return f"/calendar/{secret}.ics"


def test_a_program_reads_the_plan_without_signing_in(client: Client, secret: str, post: PlannedPost) -> None:
    response = client.get(address(secret))

    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(event["UID"]).startswith(f"post-{post.pk}@")
    assert str(event["SUMMARY"]) == "Ремонт моста"
    assert event["DTSTART"].to_ical() == b"20261130T030000Z"
    assert str(event["DESCRIPTION"]) == "Аккаунты: Urtam официально (ВКонтакте)\nСостояние: черновик"
    assert event["STATUS"] == "TENTATIVE"


def test_no_person_is_named_in_it(client: Client, secret: str, editor: User) -> None:
    text = client.get(address(secret)).content.decode()

    assert [word for word in (editor.username, editor.last_name, editor.email) if word in text] == []


def test_the_same_plan_is_not_sent_twice(client: Client, secret: str) -> None:
    first = client.get(address(secret))

    second = client.get(address(secret), headers={"if-none-match": first["ETag"]})

    assert (second.status_code, second.content) == (304, b"")


def test_a_changed_plan_is_sent_again_under_the_same_number(
    client: Client, secret: str, editor: User, post: PlannedPost, content: MakeContent
) -> None:
    before = client.get(address(secret))
    actions.edit_post(post, content(topic="Мост открыт"), revision=1, by=editor)

    after = client.get(address(secret), headers={"if-none-match": before["ETag"]})

    events = [Calendar.from_ical(answer.content).walk("VEVENT")[0] for answer in (before, after)]
    assert after.status_code == 200
    assert events[0]["UID"] == events[1]["UID"]
    assert events[1]["SEQUENCE"] == 1


def test_only_a_hash_of_the_secret_is_kept(secret: str) -> None:
    row = CalendarFeed.objects.values().get()

    assert secret not in str(row)
    assert secret not in str(list(AuditEntry.objects.values()))


def test_a_guess_finds_nothing(client: Client, secret: str) -> None:
    assert client.get(address(f"{secret}0")).status_code == 404


def test_a_revoked_address_finds_nothing(client: Client, secret: str, editor: User) -> None:
    client.force_login(editor)

    client.post(f"/plans/calendars/{CalendarFeed.objects.get().pk}/revoke/")

    assert client.get(address(secret)).status_code == 404


def test_a_new_address_switches_the_old_one_off(client: Client, secret: str, editor: User, urtam: Organization) -> None:
    new = make_feed(urtam, by=editor)

    assert [client.get(address(one)).status_code for one in (secret, new)] == [404, 200]


def test_a_person_switched_off_feeds_no_calendar(client: Client, secret: str, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False)

    assert client.get(address(secret)).status_code == 404


def test_a_lost_role_ends_the_feed(client: Client, secret: str, editor: User) -> None:
    editor.memberships.all().delete()

    assert client.get(address(secret)).status_code == 404


def test_the_feed_of_all_bodies_shows_what_the_person_sees(
    client: Client, post: PlannedPost, coordinator: User, outsider: User
) -> None:
    feeds = [client.get(address(make_feed(None, by=user))).content.decode() for user in (coordinator, outsider)]

    assert ["Ремонт моста" in feed for feed in feeds] == [True, False]


def test_an_editor_gets_no_address_of_a_neighbour(client: Client, chilino_editor: User, urtam: Organization) -> None:
    client.force_login(chilino_editor)

    assert client.post("/plans/calendars/new/", {"body": "urtam"}).status_code == 404


def test_the_address_is_shown_once(client: Client, editor: User, urtam: Organization) -> None:
    client.force_login(editor)

    shown = client.post("/plans/calendars/new/", {"body": "urtam"}, follow=True).content.decode()
    later = client.get("/plans/calendars/").content.decode()

    assert [".ics" in page for page in (shown, later)] == [True, False]


@pytest.mark.parametrize("posts", [1, 3])
def test_the_feed_asks_a_fixed_number_of_queries(
    posts: int,
    client: Client,
    plan: WeeklyPlan,
    editor: User,
    urtam: Organization,
    content: MakeContent,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for day in range(posts):
        actions.add_post(plan, content(day=day), by=editor)
    secret = make_feed(urtam, by=editor)

    with django_assert_num_queries(8):
        client.get(address(secret))
