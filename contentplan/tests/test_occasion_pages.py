"""Occasions in the list and the form, topics by bodies; who may enter and change what."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contentplan import coverage
from contentplan.actions.occasions import OccasionContent, save_occasion
from contentplan.models import Occasion, OccasionKind, PlannedPost, Status
from contentplan.tests.conftest import MakeTopic
from people.models import AuditEntry, Organization, User


def test_the_list_shows_a_month_or_a_week(make_topic: MakeTopic, editor: User, client: Client, now: object) -> None:
    make_topic(date(2026, 12, 1), title="Первое")
    make_topic(date(2026, 12, 31), title="Последнее")
    make_topic(date(2027, 1, 1), title="Следующее")
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
    query: dict[str, str], make_topic: MakeTopic, coordinator: User, client: Client, now: object
) -> None:
    client.force_login(coordinator)

    assert client.get(reverse("contentplan:occasion_list"), query).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long_it_is(
    count: int,
    make_topic: MakeTopic,
    editor: User,
    client: Client,
    now: object,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for _number in range(count):
        make_topic()
    client.force_login(editor)
    client.get(reverse("contentplan:occasion_list"))

    with django_assert_num_queries(10):
        client.get(reverse("contentplan:occasion_list"), {"from": "2026-12-01"})


@pytest.mark.parametrize("count", [1, 3])
def test_topics_by_bodies_ask_the_same_however_many(
    count: int,
    make_topic: MakeTopic,
    post: PlannedPost,
    coordinator: User,
    client: Client,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for _number in range(count):
        make_topic()
    client.force_login(coordinator)
    client.get(reverse("contentplan:topic_list"))

    with django_assert_num_queries(12):
        client.get(reverse("contentplan:topic_list"), {"from": "2026-12-01"})


def test_topics_by_bodies_say_covered_planned_and_missing(
    make_topic: MakeTopic, post: PlannedPost, urtam: Organization, chilino: Organization
) -> None:
    topic, own = make_topic(), make_topic(organization=urtam, for_bodies_below=False)
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
    make_topic: MakeTopic, editor: User, client: Client, now: object
) -> None:
    client.force_login(editor)

    assert client.get(reverse("contentplan:occasion_edit", args=[make_topic().pk])).status_code == 403


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
    make_topic: MakeTopic, post: PlannedPost, coordinator: User, client: Client
) -> None:
    topic = make_topic()
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
