"""The proof people see: the command, the nightly task, and the line on the journal's page."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from config.celery import app
from conftest import journals_unprotected
from moderation import proof, tasks
from moderation.models import Decision
from moderation.tests.conftest import Record
from people.models import User

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)  # 03:30 on Tuesday in Tomsk


@pytest.fixture(autouse=True)
def no_proof_yet(db: None) -> None:
    cache.delete(proof.KEY)


def tamper(sql: str) -> None:
    with journals_unprotected(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_command_says_how_many_and_prints_the_head(record: Record, capsys: Any) -> None:
    with time_machine.travel(NIGHT, tick=False):
        rows = [record(seen_at=NIGHT) for _ in range(3)]

    call_command("verify_journal")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Журнал цел: 3 записи, последняя от 24 ноября 2026 г., 03:30."
    assert lines[1] == f"Отпечаток последней записи: {rows[-1].hash}"


def test_the_command_knows_an_empty_journal(db: None, capsys: Any) -> None:
    call_command("verify_journal")

    assert capsys.readouterr().out == "Журнал цел: в нём пока нет записей.\n"


def test_the_command_names_the_first_broken_row_and_fails(record: Record) -> None:
    for _ in range(3):
        record()
    tamper("UPDATE moderation_decision SET text = 'Безобидно' WHERE number >= 2")

    with pytest.raises(CommandError, match=r"Журнал нарушен на записи № 2\. Текст или ссылку гражданина") as failure:
        call_command("verify_journal")

    assert failure.value.returncode == 1


def test_the_command_holds_the_journal_against_a_head_kept_outside(record: Record) -> None:
    record()
    noted = record().hash
    tamper("DELETE FROM moderation_decision WHERE number = 2")

    with pytest.raises(CommandError, match="Конец журнала отрезали"):
        call_command("verify_journal", head=noted)


def test_the_command_warns_of_missing_triggers(record: Record, capsys: Any) -> None:
    record()

    with journals_unprotected():
        call_command("verify_journal")

    assert capsys.readouterr().err.count("нет защиты от изменений") == 3


def test_the_night_keeps_the_result_for_the_page(client: Client, editor: User, record: Record) -> None:
    record()
    client.force_login(editor)
    before = client.get("/journal/").content.decode()

    with time_machine.travel(NIGHT, tick=False):
        tasks.verify()

    with time_machine.travel(NIGHT.replace(hour=22), tick=False):
        after = client.get("/journal/").content.decode()
    assert "Журнал цел" not in before
    assert "Журнал цел: 1 запись, проверено вт, 24 ноября, 03:30" in " ".join(after.split())


def test_the_night_notices_rows_cut_off_the_end(record: Record, caplog: Any) -> None:
    record()
    record()
    tasks.verify()
    tamper("DELETE FROM moderation_decision WHERE number = 2")

    with caplog.at_level(logging.ERROR):
        first, second = proof.renew(), proof.renew()

    assert [found.result.ok for found in (first, second)] == [False, False]
    assert len(caplog.records) == 2


def test_a_broken_journal_is_loud_on_the_page(client: Client, editor: User, record: Record) -> None:
    record()
    tamper("UPDATE moderation_decision SET explanation = 'Задним числом'")
    proof.renew()
    client.force_login(editor)

    page = " ".join(client.get("/journal/").content.decode().split())

    assert "Журнал нарушен на записи № 1" in page


def test_the_schedule_proves_the_journal_every_night() -> None:
    entry = app.conf.beat_schedule["prove the moderation journal"]

    assert entry["task"] == tasks.verify.name
    assert Decision._meta.verbose_name_plural == "журнал модерации"
