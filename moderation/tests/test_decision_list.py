"""Reading the journal: who sees which rows, what the filters find, how cheap the pages are."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from moderation import actions
from moderation.models import Decision, Ground
from moderation.tests.conftest import Record, make_upload
from people.models import User
from registry.models import Account

pytestmark = pytest.mark.django_db

URL = "/journal/"


@pytest.fixture
def listed(client: Client, coordinator: User) -> Callable[..., list[int]]:
    """Numbers on the list a coordinator sees with these filters."""
    client.force_login(coordinator)

    def ask(**filters: Any) -> list[int]:
        return [row.number for row in client.get(URL, filters).context["page"]]

    return ask


@pytest.mark.parametrize(
    ("who", "numbers"),
    [
        ("editor", [1]),
        ("chilino_editor", [2]),
        ("moderator", [2, 1]),
        ("coordinator", [2, 1]),
        ("observer", [2, 1]),
        ("administrator", [2, 1]),
        ("outsider", []),
    ],
)
def test_people_see_the_rows_of_their_bodies(
    who: str, numbers: list[int], client: Client, record: Record, chilino_vk: Account, request: pytest.FixtureRequest
) -> None:
    record()
    record(account=chilino_vk)
    client.force_login(request.getfixturevalue(who))

    page = client.get(URL)

    assert [row.number for row in page.context["page"]] == numbers


def test_a_person_without_a_role_is_refused(client: Client, nobody: User) -> None:
    client.force_login(nobody)

    assert client.get(URL).status_code == 403


def test_the_list_changes_nothing(client: Client, editor: User) -> None:
    client.force_login(editor)

    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("words", ["ЁЛКИ", "елки", "Ёлки", "елк реклам", "115-фз", "повторно", "wall-7", "ВКОНТАКТЕ"])
def test_search_knows_no_case_and_no_yo(
    words: str, listed: Callable[..., list[int]], record: Record, grounds: dict[str, Ground]
) -> None:
    record(
        text="Реклама: ёлки недорого",
        ground=grounds["federal-law"],
        citation="115-ФЗ",
        explanation="Повторно",
        link="https://vk.com/wall-7_1",
    )

    assert listed(q=words) == [1]
    assert listed(q="берёзы") == []


def test_filters_narrow_the_list(
    listed: Callable[..., list[int]], record: Record, chilino_vk: Account, grounds: dict[str, Ground], editor: User
) -> None:
    first = record()
    record(account=chilino_vk, kind="message", ground=grounds["insult"], measure="warned")
    actions.reverse(first, "Это критика", by=editor)

    assert listed() == [3, 2, 1]
    assert listed(body="chilino") == [2]
    assert listed(account=chilino_vk.pk) == [2]
    assert listed(ground="insult") == [2]
    assert listed(kind="message") == [2]
    assert listed(measure="restored") == [3]
    assert listed(state="reversed") == [1]
    assert listed(state="stands") == [2]
    assert listed(body="urtam", ground="insult") == []


def test_days_are_days_of_the_body_and_both_count(listed: Callable[..., list[int]], record: Record) -> None:
    for moment in [datetime(2026, 11, 22, 16, 30, tzinfo=UTC), datetime(2026, 11, 22, 17, 30, tzinfo=UTC)]:
        with time_machine.travel(moment, tick=False):  # 23:30 on Sunday and 00:30 on Monday in Tomsk
            record(seen_at=moment)

    assert listed(since="2026-11-22", until="2026-11-22") == [1]
    assert listed(since="2026-11-23") == [2]
    assert listed(until="2026-11-23") == [2, 1]


def test_a_filter_nobody_can_read_is_left_out(listed: Callable[..., list[int]], record: Record) -> None:
    record()

    assert listed(since="вчера", ground="nonsense", page="много") == [1]


def test_the_list_pages(listed: Callable[..., list[int]], record: Record) -> None:
    for _ in range(26):
        record()

    assert listed() == list(range(26, 1, -1))
    assert listed(page=2) == [1]


def test_an_empty_journal_says_what_to_do_next(client: Client, editor: User) -> None:
    client.force_login(editor)

    page = client.get(URL).content.decode()

    assert "Внести первое решение" in page


def test_nothing_found_shows_the_way_back(client: Client, editor: User, record: Record) -> None:
    record()
    client.force_login(editor)

    page = client.get(URL, {"q": "берёзы"}).content.decode()

    assert "Показать все записи" in page


def test_only_those_who_moderate_see_the_way_to_the_form(client: Client, observer: User, record: Record) -> None:
    record()
    client.force_login(observer)

    page = client.get(URL).content.decode()

    assert reverse("moderation:decision_create") not in page


def test_the_list_takes_the_same_number_of_queries_for_any_number_of_rows(
    client: Client, editor: User, coordinator: User, record: Record, django_assert_num_queries: Any
) -> None:
    expected = 10 if settings.REDIS_URL else 11  # the last proof is read from the cache, which may be a table
    first = record()
    client.force_login(editor)
    client.get(URL)
    with django_assert_num_queries(expected):
        client.get(URL)

    record()
    actions.reverse(first, "Это критика", by=coordinator)
    with django_assert_num_queries(expected):
        client.get(URL)


class TestDetail:
    @pytest.fixture
    def decision(self, record: Record, grounds: dict[str, Ground]) -> Decision:
        return record(
            text="Строка одна\n<script>",
            ground=grounds["district-law"],
            citation="Решение Думы № 5",
            files=(make_upload(),),
        )

    @pytest.fixture
    def url(self, decision: Decision) -> str:
        return reverse("moderation:decision_detail", args=[decision.number])

    def test_the_whole_row_is_shown(self, client: Client, observer: User, url: str, decision: Decision) -> None:
        client.force_login(observer)

        page = client.get(url).content.decode()

        words = [
            "Строка одна<br>&lt;script&gt;",
            "Решение Думы № 5",
            decision.hash,
            decision.previous_hash,
            "снимок.png",
        ]
        assert [word for word in words if word not in page] == []

    @pytest.mark.parametrize("who", ["chilino_editor", "outsider", "nobody"])
    def test_a_row_of_another_body_is_not_there(
        self, who: str, client: Client, url: str, request: pytest.FixtureRequest
    ) -> None:
        client.force_login(request.getfixturevalue(who))

        assert client.get(url).status_code == 404

    def test_a_number_nobody_gave_is_not_there(self, client: Client, editor: User, decision: Decision) -> None:
        client.force_login(editor)

        assert client.get(reverse("moderation:decision_detail", args=[10**20])).status_code == 404

    def test_a_row_is_not_changed_from_its_page(self, client: Client, editor: User, url: str) -> None:
        client.force_login(editor)

        assert client.post(url).status_code == 405

    def test_names_stay_as_they_were(
        self, client: Client, editor: User, url: str, urtam_vk: Account, grounds: dict[str, Ground]
    ) -> None:
        Account.objects.filter(pk=urtam_vk.pk).update(name="Новое имя")
        Ground.objects.filter(slug="district-law").update(name="Иначе")
        client.force_login(editor)

        page = client.get(url).content.decode()

        assert "Urtam официально" in page
        assert "Нарушает нормативные правовые акты Кожевниковского района" in page

    def test_the_page_takes_the_same_number_of_queries_for_any_number_of_files(
        self, client: Client, editor: User, record: Record, django_assert_num_queries: Any
    ) -> None:
        client.force_login(editor)
        client.get(URL)
        for files in (1, 3):
            row = record(files=tuple(make_upload(f"{n}.png") for n in range(files)))
            with django_assert_num_queries(6):
                client.get(reverse("moderation:decision_detail", args=[row.number]))
