"""Occasions on the board, in the list, in posts; topics that must be covered."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from contentplan import actions, coverage
from contentplan.actions.occasions import OccasionContent, link_occasion, save_occasion
from contentplan.models import Occasion, OccasionKind, PlannedPost, Status, WeeklyPlan
from contentplan.tests.conftest import TOMSK, WEEK, MakeContent
from contentplan.views.strip import Strip
from people.models import AuditEntry, Organization, User
from people.weeks import Week

MakeOccasion = Callable[..., Occasion]


@pytest.fixture
def make(district: Organization) -> MakeOccasion:
    """Makes a mandatory topic of the district for all below; fields may be changed."""

    def make_occasion(first: date = date(2026, 12, 2), last: date | None = None, **fields: Any) -> Occasion:
        values = {
            "organization": district,
            "kind": OccasionKind.TOPIC,
            "title": "Безопасность на льду",
            "for_bodies_below": True,
            "is_mandatory": True,
        }
        return Occasion.objects.create(starts_on=first, ends_on=last or first, **{**values, **fields})

    return make_occasion


def board_url(body: Organization, week: Week = WEEK) -> str:
    return reverse("contentplan:plan_detail", args=[body.slug, week])


# --- whose, and covered by what ------------------------------------------------------------------


def test_a_topic_concerns_all_bodies_below_and_no_others(
    make: MakeOccasion, urtam: Organization, chilino: Organization, other_district: Organization
) -> None:
    topic, own = make(), make(organization=chilino, for_bodies_below=False)

    found = [list(Occasion.objects.of(body).order_by("pk")) for body in (urtam, chilino, other_district)]

    assert found == [[topic], [topic, own], []]


@pytest.mark.parametrize("status", Status)
def test_a_linked_post_covers_unless_it_is_cancelled_or_missed(
    status: Status, make: MakeOccasion, post: PlannedPost, urtam: Organization
) -> None:
    topic = make()
    PlannedPost.objects.update(event=topic, status=status, approved_revision=1)

    flagged = coverage.uncovered(urtam, WEEK)

    assert flagged == ([topic] if status in (Status.CANCELLED, Status.MISSED) else [])


def test_a_post_of_another_body_covers_nothing(
    make: MakeOccasion, post: PlannedPost, urtam: Organization, chilino: Organization
) -> None:
    topic = make()
    PlannedPost.objects.update(event=topic)

    assert (coverage.uncovered(urtam, WEEK), coverage.uncovered(chilino, WEEK)) == ([], [topic])


def test_a_topic_of_many_weeks_is_covered_by_a_post_in_any_of_them(
    make: MakeOccasion, post: PlannedPost, urtam: Organization
) -> None:
    topic = make(date(2026, 11, 23), date(2026, 12, 20))
    weeks = [WEEK.previous, WEEK, WEEK.next]
    before = [coverage.uncovered(urtam, week) for week in weeks]

    PlannedPost.objects.update(event=topic)

    assert (before, [coverage.uncovered(urtam, week) for week in weeks]) == ([[topic]] * 3, [[]] * 3)


def test_a_topic_over_new_year_is_flagged_in_week_53_and_in_week_1(make: MakeOccasion, urtam: Organization) -> None:
    topic = make(date(2026, 12, 31), date(2027, 1, 4))
    weeks = [Week.parse(text) for text in ("2026-W52", "2026-W53", "2027-W01", "2027-W02")]

    assert [coverage.uncovered(urtam, week) for week in weeks] == [[], [topic], [topic], []]


def test_what_touches_only_sunday_belongs_to_its_week(make: MakeOccasion, urtam: Organization) -> None:
    topic = make(date(2026, 12, 6))

    assert [coverage.uncovered(urtam, week) for week in (WEEK, WEEK.next)] == [[topic], []]


# --- the board -----------------------------------------------------------------------------------


def test_the_board_shows_each_occasion_on_its_days(make: MakeOccasion, urtam: Organization, now: object) -> None:
    make(date(2026, 12, 5), date(2026, 12, 6), kind=OccasionKind.EVENT, is_mandatory=False, title="Ярмарка")

    strip = Strip(urtam, WEEK, [])

    assert [day.day for day in WEEK.days if strip.on(day)] == [5, 6]


def test_what_lasts_longer_than_a_week_stands_above_the_days(
    make: MakeOccasion, urtam: Organization, now: object
) -> None:
    make(date(2026, 11, 1), date(2026, 12, 31), is_mandatory=False)

    strip = Strip(urtam, WEEK, [])

    assert ([strip.on(day) for day in WEEK.days], len(strip.quiet)) == ([[]] * 7, 1)


def test_a_post_about_a_running_topic_is_offered_for_today_not_for_the_past(
    make: MakeOccasion, urtam: Organization
) -> None:
    make(date(2026, 11, 30), date(2026, 12, 6))

    with time_machine.travel(datetime(2026, 12, 3, 0, 30, tzinfo=TOMSK), tick=False):
        assert Strip(urtam, WEEK, []).flagged[0].post_on == date(2026, 12, 3)


def test_the_board_flags_a_mandatory_topic_until_a_post_covers_it(
    make: MakeOccasion, post: PlannedPost, editor: User, client: Client, urtam: Organization
) -> None:
    topic = make()
    client.force_login(editor)
    before = client.get(board_url(urtam)).content.decode()

    client.post(reverse("contentplan:occasion_link", args=[topic.pk]), {"post": post.pk})

    after = client.get(board_url(urtam)).content.decode()
    assert ("Обязательная тема" in before, "Обязательная тема" in after) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_occasions_cost_the_board_the_same_queries_however_many(
    count: int,
    make: MakeOccasion,
    plan: WeeklyPlan,
    urtam: Organization,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for _number in range(count):
        make()

    with django_assert_num_queries(2):
        strip = Strip(urtam, WEEK, [])
        shown = [strip.on(day) for day in WEEK.days], strip.flagged, strip.quiet, strip.packs

    assert len(shown[1]) == count


# --- one step to a post --------------------------------------------------------------------------


def test_the_form_of_a_new_post_begins_with_the_occasion(
    make: MakeOccasion, plan: WeeklyPlan, editor: User, client: Client, urtam: Organization
) -> None:
    topic = make()
    client.force_login(editor)

    form = client.get(board_url(urtam), {"new": "2026-12-02", "event": str(topic.pk)}).context["form"]

    values = {name: form[name].value() for name in ("topic", "occasion", "event", "day")}
    assert values == {"topic": topic.title, "occasion": topic.title, "event": topic.pk, "day": "2026-12-02"}


def test_an_occasion_of_others_begins_nothing(
    make: MakeOccasion, plan: WeeklyPlan, editor: User, client: Client, urtam: Organization, chilino: Organization
) -> None:
    foreign = make(organization=chilino, for_bodies_below=False)
    client.force_login(editor)

    form = client.get(board_url(urtam), {"new": "2026-12-02", "event": str(foreign.pk)}).context["form"]

    assert (form["topic"].value(), form["event"].value()) == (None, None)


def test_a_saved_post_stands_for_the_occasion_it_was_made_of(
    make: MakeOccasion, plan: WeeklyPlan, content: MakeContent, editor: User, client: Client, urtam: Organization
) -> None:
    topic = make()
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
    make: MakeOccasion, submitted_post: PlannedPost, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    link_occasion(submitted_post, make(), by=editor)

    submitted_post.refresh_from_db()
    entry = AuditEntry.objects.filter(actor=editor).latest("pk")
    assert (submitted_post.status, submitted_post.revision) == (Status.APPROVED, 1)
    assert entry.changes == {"event": [None, "Безопасность на льду"]}


def test_a_link_can_be_taken_back(make: MakeOccasion, post: PlannedPost, editor: User, client: Client) -> None:
    topic = make()
    link_occasion(post, topic, by=editor)
    client.force_login(editor)

    client.post(reverse("contentplan:occasion_link", args=[topic.pk]), {"post": post.pk, "off": "1"})

    post.refresh_from_db()
    assert post.event is None


def test_an_occasion_of_another_body_cannot_be_linked(
    make: MakeOccasion, post: PlannedPost, coordinator: User, client: Client, chilino: Organization
) -> None:
    foreign = make(organization=chilino, for_bodies_below=False)
    client.force_login(coordinator)

    page = client.post(reverse("contentplan:occasion_link", args=[foreign.pk]), {"post": post.pk}, follow=True)

    post.refresh_from_db()
    assert post.event is None
    assert "Этот повод не относится к органу" in page.content.decode()


# --- the list and the form -----------------------------------------------------------------------


def test_the_list_shows_a_month_or_a_week(make: MakeOccasion, editor: User, client: Client, now: object) -> None:
    make(date(2026, 12, 1), title="Первое")
    make(date(2026, 12, 31), title="Последнее")
    make(date(2027, 1, 1), title="Следующее")
    client.force_login(editor)

    def shown(**query: str) -> list[str]:
        response = client.get(reverse("contentplan:occasion_list"), query)
        return [line.occasion.title for line in response.context["lines"]]

    month, week = shown(**{"from": "2026-12-15"}), shown(**{"from": "2026-12-31", "by": "week"})
    assert (month, week) == (["Первое", "Последнее"], ["Последнее", "Следующее"])


@pytest.mark.parametrize(
    "query", [{"from": "вчера"}, {"from": "9999-12-31"}, {"kind": "x", "body": "нет"}, {"page": "9"}]
)
def test_a_wrong_address_of_the_list_is_no_error(
    query: dict[str, str], make: MakeOccasion, coordinator: User, client: Client, now: object
) -> None:
    client.force_login(coordinator)

    assert client.get(reverse("contentplan:occasion_list"), query).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long_it_is(
    count: int,
    make: MakeOccasion,
    editor: User,
    client: Client,
    now: object,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for _number in range(count):
        make()
    client.force_login(editor)
    client.get(reverse("contentplan:occasion_list"))

    with django_assert_num_queries(10):
        client.get(reverse("contentplan:occasion_list"), {"from": "2026-12-01"})


@pytest.mark.parametrize("count", [1, 3])
def test_topics_by_bodies_ask_the_same_however_many(
    count: int,
    make: MakeOccasion,
    post: PlannedPost,
    coordinator: User,
    client: Client,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for _number in range(count):
        make()
    client.force_login(coordinator)
    client.get(reverse("contentplan:topic_list"))

    with django_assert_num_queries(12):
        client.get(reverse("contentplan:topic_list"), {"from": "2026-12-01"})


def test_topics_by_bodies_say_covered_planned_and_missing(
    make: MakeOccasion, post: PlannedPost, urtam: Organization, chilino: Organization
) -> None:
    topic, own = make(), make(organization=urtam, for_bodies_below=False)
    PlannedPost.objects.update(event=topic)

    planned = coverage.rows([urtam, chilino], [topic, own])
    PlannedPost.objects.update(status=Status.PUBLISHED)
    out = coverage.rows([urtam, chilino], [topic, own])

    assert [[cell.state for cell in row.cells] for row in planned] == [["planned", "missing"], ["missing", "foreign"]]
    assert out[0].cells[0].state == "out"


def occasion_data(body: Organization, **fields: object) -> dict[str, object]:
    return {"organization": body.pk, "kind": "event", "title": "Ярмарка", "starts_on": "2026-12-05", **fields}


def test_an_editor_enters_an_event_of_the_own_body(editor: User, client: Client, urtam: Organization) -> None:
    client.force_login(editor)

    client.post(reverse("contentplan:occasion_create"), occasion_data(urtam, at="14:00", place="Площадь"))

    occasion = Occasion.objects.get()
    assert (occasion.organization, occasion.ends_on, occasion.created_by) == (urtam, date(2026, 12, 5), editor)


def test_an_editor_sets_nothing_for_others(editor: User, client: Client, urtam: Organization) -> None:
    client.force_login(editor)

    data = occasion_data(urtam, for_bodies_below="on", is_mandatory="on")
    client.post(reverse("contentplan:occasion_create"), data)

    occasion = Occasion.objects.get()
    assert (occasion.for_bodies_below, occasion.is_mandatory) == (False, False)


def test_an_editor_cannot_change_a_topic_of_the_district(
    make: MakeOccasion, editor: User, client: Client, now: object
) -> None:
    client.force_login(editor)

    assert client.get(reverse("contentplan:occasion_edit", args=[make().pk])).status_code == 403


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Напишите, что происходит."),
        ({"ends_on": "2026-12-01"}, "Последний день не может быть раньше первого."),
        ({"ends_on": "2028-12-01"}, "Повод не может длиться больше года. Проверьте дни."),
        ({"starts_on": "0026-12-05"}, "Проверьте год."),
    ],
)
def test_a_wrong_occasion_is_said(
    fields: dict[str, str], sentence: str, editor: User, client: Client, urtam: Organization
) -> None:
    client.force_login(editor)

    page = client.post(reverse("contentplan:occasion_create"), occasion_data(urtam, **fields)).content.decode()

    assert sentence in page
    assert not Occasion.objects.exists()


def test_a_post_outlives_the_occasion_it_was_made_of(
    make: MakeOccasion, post: PlannedPost, coordinator: User, client: Client
) -> None:
    topic = make()
    PlannedPost.objects.update(event=topic)
    client.force_login(coordinator)

    client.post(reverse("contentplan:occasion_delete", args=[topic.pk]))

    post.refresh_from_db()
    assert (post.event, Occasion.objects.count()) == (None, 0)


def test_a_change_stands_in_the_audit_log(coordinator: User, district: Organization) -> None:
    content = OccasionContent(OccasionKind.EVENT, "Сход", date(2026, 12, 5), date(2026, 12, 5))
    occasion = save_occasion(content, organization=district, by=coordinator)

    save_occasion(
        OccasionContent(OccasionKind.EVENT, "Сход граждан", date(2026, 12, 5), date(2026, 12, 5)),
        organization=district,
        by=coordinator,
        occasion=occasion,
    )

    entry = AuditEntry.objects.filter(actor=coordinator).latest("pk")
    assert entry.changes == {"title": ["Сход", "Сход граждан"]}
