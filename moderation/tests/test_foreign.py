"""A superuser who knows every rule of the chain, but not the portal's key: what is slipped in or signed is named."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import journals_unprotected
from moderation import export, heads, journal, keys, proof
from moderation.models import Decision, SignedHead
from moderation.openness.views import SCRIPT
from moderation.tests.conftest import Record
from people.models import User

pytestmark = pytest.mark.django_db

Check = Callable[..., tuple[int, str]]


@pytest.fixture
def rows(record: Record) -> list[Decision]:
    return [record() for _ in range(4)]


@pytest.fixture
def check(tmp_path: Path, coordinator: User) -> Check:
    """Exports the journal and runs the program on it, alone in a folder: its exit code and what it says."""
    shutil.copy(SCRIPT, tmp_path)

    def run(*options: str) -> tuple[int, str]:
        text = "".join(export.lines(coordinator, with_words=True))
        (tmp_path / "journal.ndjson").write_text(text, encoding="utf-8")
        line = [sys.executable, "-I", "-X", "utf8", SCRIPT.name, "journal.ndjson", *options]
        told = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
        return told.returncode, told.stdout

    return run


def slip_in(after: Decision, version: int = 3, mark: str = "") -> Decision:
    """A well-formed row: number, link to the row before, seal and hash are right."""
    row = Decision.objects.get(pk=after.pk)
    row.pk, row.number, row.previous_hash, row.version = None, after.number + 1, after.hash, version
    row.text, row.entry_key, row.mark = "Подложено", uuid4(), mark
    row.sealed = journal.seal(row)
    row.hash = journal.digest(journal.content(row))
    row.save(force_insert=True)
    return row


def slip_between(before: Decision, later: list[Decision]) -> None:
    """The rows after it are numbered and hashed anew, so that the chain holds."""
    with journals_unprotected():
        for row in reversed(later):
            Decision.objects.filter(pk=row.pk).update(number=row.number + 1, previous_hash=f"x{row.number}")
        last = slip_in(before)
        for row in Decision.objects.filter(pk__in=[row.pk for row in later]).order_by("number"):
            row.previous_hash = last.hash
            new = journal.digest(journal.content(row))
            Decision.objects.filter(pk=row.pk).update(previous_hash=last.hash, hash=new)
            row.hash = new
            last = row


def cut_off_with_the_head() -> None:
    with journals_unprotected():
        Decision.objects.filter(number__gt=2).delete()
        SignedHead.objects.all().delete()


def sign_as_somebody(day_from: SignedHead) -> str:
    """The fingerprint of a key that is not the portal's, with which the present head is signed instead."""
    private = Ed25519PrivateKey.generate()
    last = Decision.objects.latest("number")
    signature = private.sign(heads.signed_bytes(day_from.day.isoformat(), last.number, last.hash)).hex()
    with journals_unprotected():
        SignedHead.objects.filter(pk=day_from.pk).update(
            count=last.number, head_hash=last.hash, signature=signature, public_key=keys.public(private)
        )
    return keys.fingerprint(keys.public(private))


def named_by_the_command() -> str:
    with pytest.raises(CommandError) as failure:
        call_command("verify_journal")
    return str(failure.value)


@pytest.mark.parametrize("version", [2, 3])
def test_a_row_slipped_in_at_the_end_is_named(version: int, rows: list[Decision]) -> None:
    slip_in(rows[-1], version=version)

    told = "Журнал нарушен на записи № 5. Эту запись сделал не портал: её подложили или переписали в базе."
    assert named_by_the_command() == told


def test_a_mark_taken_from_another_row_does_not_help(rows: list[Decision]) -> None:
    slip_in(rows[-1], mark=rows[-1].mark)

    assert "№ 5" in named_by_the_command()


def test_the_program_says_of_a_row_at_the_end_that_nobody_signed_it(rows: list[Decision], check: Check) -> None:
    heads.sign()
    slip_in(rows[-1])

    assert "Записи с № 5 по № 5 ещё не подписаны" in check("--key-fingerprint", keys.fingerprint())[1]


def test_a_row_slipped_in_is_never_signed(rows: list[Decision]) -> None:
    slip_in(rows[-1])

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        proof.renew()

    assert not SignedHead.objects.exists()


@pytest.mark.parametrize("signed", [True, False])
def test_a_row_slipped_in_between_is_named(signed: bool, rows: list[Decision], check: Check) -> None:
    if signed:
        heads.sign()
    slip_between(rows[1], rows[2:])

    assert "№ 3. Эту запись сделал не портал" in named_by_the_command()
    code, said = check()
    assert (code, "на записи № 4" in said) == (1, True) if signed else (0, False)


def test_a_tail_cut_off_together_with_its_head_is_named(rows: list[Decision], check: Check) -> None:
    noted = rows[-1].hash
    proof.renew()
    cut_off_with_the_head()

    assert "№ 3. Конец журнала отрезали" in named_by_the_command()
    code, said = check("--head", noted)
    assert (code, f"на записи № 3: записанного раньше отпечатка {noted} нет" in said) == (1, True)


def test_without_a_noted_head_the_program_asks_to_compare(rows: list[Decision], check: Check) -> None:
    heads.sign()
    cut_off_with_the_head()

    code, said = check()

    assert code == 0
    assert "Записи с № 1 по № 2 ещё не подписаны" in said


def test_a_head_signed_with_another_key_is_named(rows: list[Decision], check: Check) -> None:
    head = heads.sign()
    with journals_unprotected():
        Decision.objects.filter(number=4).delete()
    foreign = sign_as_somebody(head)

    assert "№ 3. Подпись за" in named_by_the_command()
    code, said = check(f"--key-fingerprint={keys.fingerprint()}")
    assert (code, f"на записи № 3: подпись за {head.day} сделана другим ключом" in said) == (1, True)
    assert foreign in said


def test_without_a_key_the_program_says_whose_it_trusted_and_where_to_compare(
    rows: list[Decision], check: Check
) -> None:
    foreign = sign_as_somebody(heads.sign())

    code, said = check()

    assert code == 0
    assert f"Отпечаток ключа подписи: {foreign}" in said
    assert "Чей это ключ, программа не знает" in said


def test_the_right_key_is_recognised_however_it_is_typed(rows: list[Decision], check: Check) -> None:
    heads.sign()
    typed = ":".join(keys.fingerprint().upper()[place : place + 4] for place in range(0, 64, 4))

    code, said = check("--key-fingerprint", typed)

    assert (code, "Ключ – тот, который вы указали." in said) == (0, True)


@pytest.mark.parametrize("typed", ["", "1234", "ы" * 64])
def test_what_is_no_fingerprint_is_refused(typed: str, rows: list[Decision], check: Check) -> None:
    assert check("--key-fingerprint", typed)[0] == 2


def test_the_page_and_the_file_publish_the_fingerprint_of_the_key_and_not_of_the_database(
    rows: list[Decision], client: Client
) -> None:
    foreign = sign_as_somebody(head := heads.sign())
    expected = keys.fingerprint(keys.public(keys.private()))

    page = client.get(reverse("moderation:openness")).content.decode()
    file = b"".join(client.get(reverse("moderation:openness_json"))).decode()

    assert expected == hashlib.sha256(bytes.fromhex(keys.public(keys.private()))).hexdigest()
    assert expected in page
    assert f'"key_fingerprint": "{expected}"' in file
    assert head.head_hash in page
    assert foreign not in page


def test_heads_and_marks_of_an_earlier_key_still_count(rows: list[Decision], settings: object) -> None:
    heads.sign()
    settings.JOURNAL_KEY, settings.JOURNAL_KEY_FALLBACKS = "новое слово", []  # type: ignore[attr-defined]

    assert heads.verify().ok  # SECRET_KEY has signed before
    settings.JOURNAL_KEY = "ещё новее"  # type: ignore[attr-defined]
    assert heads.verify().ok


def test_a_row_of_before_the_marks_is_proved(rows: list[Decision]) -> None:
    with journals_unprotected():
        Decision.objects.all().delete()
        rows[0].number, rows[0].previous_hash, rows[0].version, rows[0].mark, rows[0].pk = 1, journal.ZEROS, 2, "", None
        rows[0].hash = journal.digest(journal.content(rows[0]))
        rows[0].save(force_insert=True)
        slip_in(rows[0], version=2)

    assert heads.verify().count == 2
    assert heads.verify().ok
