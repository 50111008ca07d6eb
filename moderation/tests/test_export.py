"""An export is proved without the portal; signed heads prove a cut tail; words are forgotten, the chain holds."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from conftest import journals_unprotected
from moderation import actions, export, heads, journal, objections, retention
from moderation.models import Decision, SignedHead
from moderation.openness.views import SCRIPT
from moderation.tests.conftest import Record, make_upload
from people.models import User
from registry.models import Account

pytestmark = pytest.mark.django_db

Check = Callable[..., tuple[int, str]]


@pytest.fixture
def check(tmp_path: Path, coordinator: User) -> Check:
    """Exports the journal and runs the script on it, by itself, with nothing of the portal in reach."""

    def run(user: User | None = None, change: Callable[[str], str] = str) -> tuple[int, str]:
        file = tmp_path / "journal.ndjson"
        file.write_text(change("".join(export.lines(user or coordinator, with_words=True))), encoding="utf-8")
        command = [sys.executable, "-I", str(SCRIPT), str(file)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


def tamper(sql: str) -> None:
    with journals_unprotected(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def three(record: Record) -> list[Decision]:
    return [record(text=f"Реклама «{number}» ёлок") for number in (1, 2, 3)]


def test_an_untouched_journal_is_whole_for_the_script(three: list[Decision], check: Check, coordinator: User) -> None:
    actions.reverse(three[0], "Это критика", by=coordinator)
    heads.sign()

    code, said = check()

    assert (code, said.splitlines()[0]) == (0, "Журнал цел: записей – 4, показано полностью – 4, подписей по дням – 1.")


@pytest.mark.parametrize(
    "change", ["text = 'Безобидно'", "explanation = 'Задним числом'", "authority = 'Прокуратура'", "wave_size = 5"]
)
def test_the_portal_and_the_script_name_the_row_a_superuser_changed(
    change: str, three: list[Decision], check: Check
) -> None:
    tamper(f"UPDATE moderation_decision SET {change} WHERE number = 2")

    assert journal.verify().first_broken == 2
    with pytest.raises(CommandError, match="записи № 2"):
        call_command("verify_journal")
    code, said = check()
    assert (code, said.split(":")[0]) == (1, "Журнал нарушен на записи № 2")


def test_a_deleted_row_is_named_by_both(three: list[Decision], check: Check) -> None:
    tamper("DELETE FROM moderation_decision WHERE number = 2")

    assert journal.verify().first_broken == 2
    assert "записи № 2" in check()[1]


def test_a_cut_tail_is_proved_by_the_signed_head(three: list[Decision], check: Check) -> None:
    heads.sign()
    tamper("DELETE FROM moderation_decision WHERE number = 3")

    assert heads.verify().first_broken == 3
    assert check()[0] == 1
    assert "конец журнала отрезали" in check()[1]


def test_a_forged_signature_is_seen(three: list[Decision], check: Check) -> None:
    head = heads.sign()

    code, said = check(change=lambda text: text.replace(head.signature, head.signature[:-4] + "0000", 1))

    assert (code, "подпись" in said) == (1, True)


def test_a_head_signed_under_an_earlier_key_is_proved_as_before(
    three: list[Decision], check: Check, record: Record, settings: Any
) -> None:
    heads.sign()
    settings.JOURNAL_KEY = "другой ключ"
    record()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        heads.sign()

    assert check()[0] == 0
    assert len(set(SignedHead.objects.values_list("public_key", flat=True))) == 2


def test_a_head_is_signed_once_a_day_and_never_changed(three: list[Decision], record: Record) -> None:
    first = heads.sign()
    record()

    assert heads.sign() == first
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedHead.objects.update(count=1)


def test_rows_of_earlier_versions_are_proved_before_those_of_today(
    check: Check, monkeypatch: pytest.MonkeyPatch, record: Record
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(journal, "VERSION", 1)
        old = record()
        earlier.setattr(journal, "VERSION", 2)
        record()
    record()

    assert [row.version for row in Decision.objects.order_by("number")] == [1, 2, 3]
    assert "origin" not in journal.content(Decision.objects.get(pk=old.pk))
    assert journal.verify().ok
    assert check()[0] == 0


def test_rows_of_another_body_are_links_of_the_chain_only(
    three: list[Decision], check: Check, record: Record, chilino_vk: Account, editor: User
) -> None:
    record(account=chilino_vk, text="Чужое")

    lines = [json.loads(line) for line in export.lines(editor, with_words=True)]

    assert list(lines[4]) == ["number", "previous_hash", "hash"]
    assert "показано полностью – 3" in check(editor)[1]


def test_words_go_only_where_they_are_asked_for(client: Client, three: list[Decision], editor: User) -> None:
    client.force_login(editor)

    bare = b"".join(client.get("/journal/export.ndjson")).decode()
    full = b"".join(client.get("/journal/export.ndjson?words")).decode()

    assert "ёлок" not in bare
    assert "ёлок" in full


class TestForgetting:
    """WORDS_KEPT_DAYS later."""

    LATER = timedelta(days=1096)

    def test_words_salt_and_files_go_and_the_chain_holds(self, record: Record, check: Check, media: Path) -> None:
        row = record(text="Телефон 8-900", link="https://vk.com/wall-1_2", files=(make_upload(),))
        assert [path for path in media.rglob("*") if path.is_file()]

        assert retention.forget(timezone.now() + self.LATER) == 1

        row.refresh_from_db()
        assert (row.text, row.link, row.salt, row.search, row.fingerprint) == ("", "", "", "", "")
        assert not [path for path in media.rglob("*") if path.is_file()]
        assert journal.verify().ok
        assert check()[0] == 0
        assert retention.forget(timezone.now() + self.LATER) == 0

    def test_a_day_earlier_nothing_goes(self, record: Record) -> None:
        record()

        assert retention.forget(timezone.now() + self.LATER - timedelta(days=2)) == 0

    def test_what_is_disputed_is_kept(self, record: Record) -> None:
        objections.file(record(), "Нет")

        assert retention.forget(timezone.now() + self.LATER) == 0

    @pytest.mark.parametrize(
        "change",
        [
            "text = 'Другое', masked_at = made_at",
            "text = '', link = '', salt = '', search = '', fingerprint = ''",
            "text = '', link = '', salt = '', search = '', fingerprint = '', masked_at = made_at, explanation = 'x'",
        ],
    )
    def test_the_database_lets_nothing_but_forgetting_through(self, change: str, record: Record) -> None:
        record()

        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE moderation_decision SET {change}")

    def test_words_cannot_be_put_back(self, record: Record) -> None:
        record()
        retention.forget(timezone.now() + self.LATER)

        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.update(text="Другое", masked_at=timezone.now())
        tamper("UPDATE moderation_decision SET text = 'Другое'")
        assert journal.verify().first_broken == 1


def test_the_open_page_says_no_text_no_person_and_every_week(client: Client, three: list[Decision]) -> None:
    heads.sign()

    page = client.get("/moderation/").content.decode()
    data = json.loads(b"".join(client.get("/moderation/figures.json")))

    assert "ёлок" not in page
    assert "Editor" not in page
    assert SignedHead.objects.get().signature in page
    assert len(data["weeks"]) == 26
    assert data["weeks"][0]["removed"] == 3
    assert data["rows"][0] | {"month": ""} == {
        "month": "",
        "body": "Urtam",
        "body_slug": "urtam",
        "network": "ВКонтакте",
        "ground": "Спам-рассылка",
        "removed": 3,
        "taken_back": 0,
    }
    assert "ёлок" not in b"".join(client.get("/moderation/figures.csv")).decode()
    assert three[0].label in client.get("/moderation/atom.xml").content.decode()
    assert client.get("/moderation/verify_export.py").content == SCRIPT.read_bytes()


def test_the_open_page_asks_the_same_of_the_database_whatever_the_rows(
    client: Client, record: Record, django_assert_num_queries: Any
) -> None:
    record()
    with django_assert_num_queries(QUERIES):
        client.get("/moderation/")
    for number in range(4):
        record(text=f"Реклама {number}")
    with django_assert_num_queries(QUERIES):
        client.get("/moderation/")


QUERIES = 17
