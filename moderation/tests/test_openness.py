"""What everybody may know of moderation: whole figures, the same in every form, fresh at once, and nobody's secrets."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from conftest import make_account
from moderation import actions, objections
from moderation.actions import Entry
from moderation.models import Decision, Ground, SignedHead, Verdict
from moderation.openness import figures
from moderation.tests.conftest import Record, make_upload
from people.models import Organization, User
from registry import editions, kept
from registry.models import Account, SocialNetwork
from registry.tests.test_editions import counted

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def read(client: Client, address: str = "/moderation/") -> str:
    for area in editions.AREAS:
        counted(area)
    return b"".join(client.get(address)).decode()


def read_json(client: Client) -> dict[str, Any]:
    return dict(json.loads(read(client, "/moderation/figures.json")))


class TestFigures:
    """Nothing is left out because nothing happened there."""

    def test_the_year_stands_month_by_month_those_without_a_removal_too(self, record: Record) -> None:
        record()

        months = figures.by_month()

        assert [f"{month:%Y-%m}" for month, _count in (months[0], months[-1])] == ["2026-11", "2025-12"]
        assert [count for _month, count in months] == [1] + [0] * 11

    def test_a_body_without_removals_stands_with_nought(
        self, record: Record, chilino: Organization, vk: SocialNetwork
    ) -> None:
        make_account(chilino, vk, "chilino_official")
        record()

        assert figures.by_body() == [("Urtam", 1), ("Chilino", 0)]

    def test_a_ground_that_was_never_used_stands_too(self, record: Record) -> None:
        record()

        assert sorted(count for _name, count in figures.by_ground()) == [0, 0, 0, 0, 0, 1]

    def test_a_network_without_removals_stands_too(
        self, record: Record, urtam: Organization, ok: SocialNetwork
    ) -> None:
        make_account(urtam, ok, "urtam_ok")
        record()

        assert figures.by_network() == [("ВКонтакте", 1), ("Одноклассники", 0)]

    def test_the_page_the_table_and_the_program_read_the_same(
        self, client: Client, record: Record, editor: User
    ) -> None:
        first, _second = record(), record(text="Ещё реклама")
        actions.reverse(first, "Ошиблись", by=editor)

        page = client.get("/moderation/").context
        rows = list(csv.DictReader(io.StringIO(read(client, "/moderation/figures.csv").removeprefix("\ufeff"))))
        told = read_json(client)

        assert [(row["month"], row["removed"], row["taken_back"]) for row in rows] == [("2026-11", "2", "1")]
        assert [{key: str(value) for key, value in row.items()} for row in told["rows"]] == rows
        assert [row["removed"] for row in told["bodies"]] == [count for _name, count in page["by_body"]]
        assert [row["removed"] for row in told["months"]] == [count for _month, count in page["by_month"]]
        assert (told["summary"]["decisions"], told["summary"]["taken_back"]) == (2, 1)

    def test_the_table_opens_in_excel_and_runs_nothing(self, client: Client, record: Record) -> None:
        Organization.objects.filter(slug="urtam").update(short_name="=1+1")
        record()

        table = read(client, "/moderation/figures.csv")

        assert table.startswith("\ufeffmonth,body,")
        assert ",'=1+1," in table

    def test_many_bodies_stand_on_pages(self, client: Client, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
        record()
        monkeypatch.setattr("moderation.openness.views.BODIES", 1)
        monkeypatch.setattr(figures, "by_body", lambda: [("Первый орган", 2), ("Второй орган", 0)])

        assert "Второй орган" not in client.get("/moderation/").content.decode()
        assert "Второй орган" in client.get("/moderation/?page=2").content.decode()


@pytest.fixture
def keeping(settings: Settings) -> Iterator[None]:
    settings.KEEP_PAGES = True
    kept.forget()
    yield
    kept.forget()


def _reverse(decision: Decision, by: User) -> None:
    actions.reverse(decision, "Ошиблись", by=by)


def _object(decision: Decision, by: User) -> None:
    objection, _code = objections.file(decision, "Это не реклама")
    objections.decide(objection, Verdict.YES, "Вы правы", by=by)


def _rename_ground(decision: Decision, by: User) -> None:
    Ground.objects.filter(slug="spam").update(name="Иное основание")


def _rename_body(decision: Decision, by: User) -> None:
    Organization.objects.filter(slug="urtam").update(short_name="Новое имя")


def _sign(decision: Decision, by: User) -> None:
    values = {"count": 1, "head_hash": "ab" * 32, "signature": "c" * 88, "public_key": "d" * 44}
    SignedHead.objects.create(day=NOW.date(), **values)


@pytest.mark.usefixtures("keeping")
class TestKept:
    """Rendered once for all, and never old."""

    @pytest.mark.parametrize("address", ["/moderation/", "/moderation/atom.xml"])
    def test_the_second_reader_costs_one_query(self, client: Client, record: Record, address: str) -> None:
        record()
        first = read(client, address)

        with CaptureQueriesContext(connection) as asked:
            again = Client().get(address).content.decode()

        assert (len(asked), again) == (1, first)

    @pytest.mark.parametrize("change", [_reverse, _object, _rename_ground, _rename_body, _sign])
    @pytest.mark.parametrize("address", ["/moderation/", "/moderation/figures.json"])
    def test_every_change_is_seen_at_once(
        self,
        client: Client,
        record: Record,
        moderator: User,
        change: Callable[[Decision, User], None],
        address: str,
    ) -> None:
        decision = record()
        before = read(client, address)

        change(decision, moderator)

        assert read(client, address) != before

    def test_a_new_decision_is_seen_at_once(self, client: Client, record: Record) -> None:
        before = [read(client, address) for address in ("/moderation/", "/moderation/atom.xml")]

        record()

        assert [read(client, address) for address in ("/moderation/", "/moderation/atom.xml")] != before

    def test_a_file_the_reader_has_is_not_made_again(self, client: Client, record: Record) -> None:
        record()
        read(client)
        tag = client.get("/moderation/figures.csv")["ETag"]

        assert client.get("/moderation/figures.csv", headers={"if-none-match": tag}).status_code == 304

    def test_a_decision_leaves_the_pages_of_the_registry_as_they_are(self, record: Record) -> None:
        before = counted(editions.REGISTRY)

        record()

        assert counted(editions.REGISTRY) == before

    def test_a_decision_is_a_new_edition_of_moderation(self, record: Record) -> None:
        before = counted(editions.MODERATION)

        record()

        assert counted(editions.MODERATION) > before


SECRETS = {
    "text": "ТАЙНАЯРЕКЛАМА",
    "link": "https://vk.com/wall-1_99887766",
    "explanation": "ВНУТРЕННЕЕПОЯСНЕНИЕ",
    "authority": "ТАЙНОЕВЕДОМСТВО",
    "file": "тайный-снимок.png",
    "last_name": "Тайнофамильева",
    "username": "secret_login",
    "email": "secret@post.example",
    "job_title": "Тайнодолжность",
    "words": "ТАЙНОЕВОЗРАЖЕНИЕ",
    "answer": "ТАЙНЫЙОТВЕТ",
    "author_id": "id55667788",
}


def test_no_open_page_tells_a_text_a_person_or_a_moderator(
    client: Client, entry: Callable[..., Entry], editor: User, moderator: User, urtam_vk: Account
) -> None:
    for user in (editor, moderator):
        names = {key: SECRETS[key] for key in ("last_name", "job_title")}
        named = {key: f"{user.pk}{SECRETS[key]}" for key in ("username", "email")}
        User.objects.filter(pk=user.pk).update(**names, **named)
        user.refresh_from_db()
    written = {key: SECRETS[key] for key in ("text", "link", "explanation", "authority")}
    made = entry(**written, origin="authority", files=(make_upload(SECRETS["file"]),))
    decision = actions.record(made, by=editor)
    objection, _code = objections.file(decision, SECRETS["words"], SECRETS["author_id"])
    objections.decide(objection, Verdict.NO, SECRETS["answer"], by=moderator)
    number = reverse("moderation:decision_check", query={"number": decision.label})
    files = [
        "figures.csv",
        "figures.json",
        "atom.xml",
        "verify_export.py",
        "outcome/",
        f"check/{decision.number}/object/",
    ]
    addresses = [number, *(f"/moderation/{name}" for name in ["", *files])]
    addresses += [
        "/",
        "/changes/",
        "/changes/atom.xml",
        "/sitemap.xml",
        "/api/v1/changes/",
        f"/accounts/{urtam_vk.pk}/",
    ]

    told = {address: read(client, address) for address in addresses}

    assert decision.label in told[number]
    assert [(address, key) for address, page in told.items() for key, word in SECRETS.items() if word in page] == []
