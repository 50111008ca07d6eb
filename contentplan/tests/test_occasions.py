"""Occasions on the board, in the list, in posts; topics that must be covered."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from contentplan import actions, coverage
from contentplan.actions.occasions import link_occasion
from contentplan.models import Occasion, OccasionKind, PlannedPost, Status, WeeklyPlan
from contentplan.tests.conftest import TOMSK, WEEK, MakeContent, MakeTopic
from contentplan.views.strip import Strip
from people.models import AuditEntry, Organization, User
from people.weeks import Week


def board_url(body: Organization, week: Week = WEEK) -> str:
    return reverse("contentplan:plan_detail", args=[body.slug, week])


# --- whose, and covered by what ------------------------------------------------------------------


def test_a_topic_concerns_all_bodies_below_and_no_others(
    make_topic: MakeTopic, urtam: Organization, chilino: Organization, other_district: Organization
) -> None:
    topic, own = make_topic(), make_topic(organization=chilino, for_bodies_below=False)

    found = [list(Occasion.objects.of(body).order_by("pk")) for body in (urtam, chilino, other_district)]

    assert found == [[topic], [topic, own], []]


@pytest.mark.parametrize("status", Status)
def test_a_linked_post_covers_unless_it_is_cancelled_or_missed(
    status: Status, make_topic: MakeTopic, post: PlannedPost, urtam: Organization
) -> None:
    topic = make_topic()
    PlannedPost.objects.update(event=topic, status=status, approved_revision=1)

    flagged = coverage.uncovered(urtam, WEEK)

    assert flagged == ([topic] if status in (Status.CANCELLED, Status.MISSED) else [])


def test_a_post_of_another_body_covers_nothing(
    make_topic: MakeTopic, post: PlannedPost, urtam: Organization, chilino: Organization
) -> None:
    topic = make_topic()
    PlannedPost.objects.update(event=topic)

    assert (coverage.uncovered(urtam, WEEK), coverage.uncovered(chilino, WEEK)) == ([], [topic])


def test_a_topic_of_many_weeks_is_covered_by_a_post_in_any_of_them(
    make_topic: MakeTopic, post: PlannedPost, urtam: Organization
) -> None:
    topic = make_topic(date(2026, 11, 23), date(2026, 12, 20))
    weeks = [WEEK.previous, WEEK, WEEK.next]
    before = [coverage.uncovered(urtam, week) for week in weeks]

    PlannedPost.objects.update(event=topic)

    assert (before, [coverage.uncovered(urtam, week) for week in weeks]) == ([[topic]] * 3, [[]] * 3)


def test_a_topic_over_new_year_is_flagged_in_week_53_and_in_week_1(make_topic: MakeTopic, urtam: Organization) -> None:
    topic = make_topic(date(2026, 12, 31), date(2027, 1, 4))
    weeks = [Week.parse(text) for text in ("2026-W52", "2026-W53", "2027-W01", "2027-W02")]

    assert [coverage.uncovered(urtam, week) for week in weeks] == [[], [topic], [topic], []]


def test_what_touches_only_sunday_belongs_to_its_week(make_topic: MakeTopic, urtam: Organization) -> None:
    topic = make_topic(date(2026, 12, 6))

    assert [coverage.uncovered(urtam, week) for week in (WEEK, WEEK.next)] == [[topic], []]


# --- the board -----------------------------------------------------------------------------------


def test_the_board_shows_each_occasion_on_its_days(make_topic: MakeTopic, urtam: Organization, now: object) -> None:
    make_topic(date(2026, 12, 5), date(2026, 12, 6), kind=OccasionKind.EVENT, is_mandatory=False, title="Ярмарка")

    strip = Strip(urtam, WEEK, [])

    assert [day.day for day in WEEK.days if strip.on(day)] == [5, 6]


def test_what_lasts_longer_than_a_week_stands_above_the_days(
    make_topic: MakeTopic, urtam: Organization, now: object
) -> None:
    make_topic(date(2026, 11, 1), date(2026, 12, 31), is_mandatory=False)

    strip = Strip(urtam, WEEK, [])

    assert ([strip.on(day) for day in WEEK.days], len(strip.quiet)) == ([[]] * 7, 1)


def test_a_post_about_a_running_topic_is_offered_for_today_not_for_the_past(
    make_topic: MakeTopic, urtam: Organization
) -> None:
    make_topic(date(2026, 11, 30), date(2026, 12, 6))

    with time_machine.travel(datetime(2026, 12, 3, 0, 30, tzinfo=TOMSK), tick=False):
        assert Strip(urtam, WEEK, []).flagged[0].post_on == date(2026, 12, 3)


def test_the_board_flags_a_mandatory_topic_until_a_post_covers_it(
    make_topic: MakeTopic, post: PlannedPost, editor: User, client: Client, urtam: Organization
) -> None:
    topic = make_topic()
    client.force_login(editor)
    before = client.get(board_url(urtam)).content.decode()

    client.post(reverse("contentplan:occasion_link", args=[topic.pk]), {"post": post.pk})

    after = client.get(board_url(urtam)).content.decode()
    assert ("Обязательная тема" in before, "Обязательная тема" in after) == (True, False)


def test_the_page_of_a_post_says_what_it_stands_for_and_lets_it_be_changed(
    make_topic: MakeTopic, post: PlannedPost, editor: User, client: Client
) -> None:
    topic = make_topic()
    client.force_login(editor)
    address = f"/posts/{post.pk}/"
    client.post(f"{address}occasion/", {"occasion": topic.pk})
    stood = PlannedPost.objects.get().event
    shown = client.get(address).content.decode()

    client.post(f"{address}occasion/", {"occasion": ""})

    assert (stood, PlannedPost.objects.get().event) == (topic, None)
    assert f"<dd>{topic.title}</dd>" in shown


def test_a_post_stands_for_no_occasion_of_strangers(
    make_topic: MakeTopic, post: PlannedPost, editor: User, client: Client, chilino: Organization
) -> None:
    strange = make_topic(organization=chilino, for_bodies_below=False)
    client.force_login(editor)

    answer = client.post(f"/posts/{post.pk}/occasion/", {"occasion": strange.pk})

    assert (answer.status_code, PlannedPost.objects.get().event) == (404, None)


@pytest.mark.parametrize("count", [1, 3])
def test_occasions_cost_the_board_the_same_queries_however_many(
    count: int,
    make_topic: MakeTopic,
    plan: WeeklyPlan,
    urtam: Organization,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for _number in range(count):
        make_topic()

    with django_assert_num_queries(3):
        strip = Strip(urtam, WEEK, [])
        shown = [strip.on(day) for day in WEEK.days], strip.flagged, strip.quiet, strip.packs

    assert len(shown[1]) == count


# --- one step to a post --------------------------------------------------------------------------


def test_the_form_of_a_new_post_begins_with_the_occasion(
    make_topic: MakeTopic, plan: WeeklyPlan, editor: User, client: Client, urtam: Organization
) -> None:
    topic = make_topic()
    client.force_login(editor)

    form = client.get(board_url(urtam), {"new": "2026-12-02", "event": str(topic.pk)}).context["form"]

    values = {name: form[name].value() for name in ("topic", "occasion", "event", "day")}
    assert values == {"topic": topic.title, "occasion": topic.title, "event": topic.pk, "day": "2026-12-02"}


def test_an_occasion_of_others_begins_nothing(
    make_topic: MakeTopic, plan: WeeklyPlan, editor: User, client: Client, urtam: Organization, chilino: Organization
) -> None:
    foreign = make_topic(organization=chilino, for_bodies_below=False)
    client.force_login(editor)

    form = client.get(board_url(urtam), {"new": "2026-12-02", "event": str(foreign.pk)}).context["form"]

    assert (form["topic"].value(), form["event"].value()) == (None, None)


def test_a_saved_post_stands_for_the_occasion_it_was_made_of(
    make_topic: MakeTopic, plan: WeeklyPlan, content: MakeContent, editor: User, client: Client, urtam: Organization
) -> None:
    topic = make_topic()
    client.force_login(editor)
    wording = content()
    data = {
        "day": "2026-12-02",
        "time": "12:00",
        "topic": "Осторожно, лёд",
        "text": "Не выходите на лёд.",
        "format": wording.format.pk,
        "accounts": list(wording.placements),
        "event": topic.pk,
    }

    client.post(reverse("contentplan:post_create", args=[urtam.slug, WEEK]), data)

    assert PlannedPost.objects.get(topic="Осторожно, лёд").event == topic


def test_a_link_keeps_the_approval_and_stands_in_the_audit_log(
    make_topic: MakeTopic, submitted_post: PlannedPost, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    link_occasion(submitted_post, make_topic(), by=editor)

    submitted_post.refresh_from_db()
    entry = AuditEntry.objects.filter(actor=editor).latest("pk")
    assert (submitted_post.status, submitted_post.revision) == (Status.APPROVED, 1)
    assert entry.changes == {"event": [None, "Безопасность на льду"]}


def test_a_link_can_be_taken_back(make_topic: MakeTopic, post: PlannedPost, editor: User, client: Client) -> None:
    topic = make_topic()
    link_occasion(post, topic, by=editor)
    client.force_login(editor)

    client.post(reverse("contentplan:occasion_link", args=[topic.pk]), {"post": post.pk, "off": "1"})

    post.refresh_from_db()
    assert post.event is None


def test_an_occasion_of_another_body_cannot_be_linked(
    make_topic: MakeTopic, post: PlannedPost, coordinator: User, client: Client, chilino: Organization
) -> None:
    foreign = make_topic(organization=chilino, for_bodies_below=False)
    client.force_login(coordinator)

    page = client.post(reverse("contentplan:occasion_link", args=[foreign.pk]), {"post": post.pk}, follow=True)

    post.refresh_from_db()
    assert post.event is None
    assert "Этот повод не относится к органу" in page.content.decode()
