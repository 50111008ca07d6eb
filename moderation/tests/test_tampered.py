"""A superuser rewrites the journal in the database: the portal and the program without it both name the row."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import ProtectedError

from conftest import journals_unprotected
from moderation import export, heads, journal
from moderation.models import Decision
from moderation.openness.views import SCRIPT
from moderation.tests.conftest import Record
from people.models import User

pytestmark = pytest.mark.django_db

SWAP = (
    "UPDATE moderation_decision SET number = 99 WHERE number = 2",
    "UPDATE moderation_decision SET number = 2 WHERE number = 3",
    "UPDATE moderation_decision SET number = 3 WHERE number = 99",
)
DONE = {
    "changed": (("UPDATE moderation_decision SET measure = 'warned' WHERE number = 2",), 2),
    "deleted": (("DELETE FROM moderation_decision WHERE number = 2",), 2),
    "put in another order": (SWAP, 2),
    "cut off at the end": (("DELETE FROM moderation_decision WHERE number = 4",), 4),
    "emptied": (("DELETE FROM moderation_decision",), 1),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where nothing stands but the program and the export."""
    place = tmp_path / "alone"
    place.mkdir()
    shutil.copy(SCRIPT, place)
    return place


@pytest.fixture
def rows(record: Record) -> list[Decision]:
    made = [record() for _ in range(4)]
    heads.sign()
    return made


def exported(folder: Path, user: User) -> Path:
    path = folder / "journal.ndjson"
    path.write_text("".join(export.lines(user, with_words=True)), encoding="utf-8")
    return path


def checked(path: Path) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-I", "-X", "utf8", SCRIPT.name, path.name]
    return subprocess.run(line, cwd=path.parent, capture_output=True, text=True, encoding="utf-8", check=False)


def test_an_untouched_journal_passes_both(rows: list[Decision], folder: Path, coordinator: User) -> None:
    call_command("verify_journal")

    told = checked(exported(folder, coordinator))

    assert told.returncode == 0
    assert "записей – 4" in told.stdout
    assert "подписей по дням – 1" in told.stdout


@pytest.mark.parametrize(("statements", "number"), DONE.values(), ids=DONE)
def test_both_name_the_row(
    statements: tuple[str, ...], number: int, rows: list[Decision], folder: Path, coordinator: User
) -> None:
    with journals_unprotected(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

    with pytest.raises(CommandError, match=f"№ {number}") as failure:
        call_command("verify_journal")
    told = checked(exported(folder, coordinator))

    assert failure.value.returncode == 1
    assert told.returncode == 1
    assert f"на записи № {number}" in told.stdout


def test_an_export_edited_by_hand_is_named(rows: list[Decision], folder: Path, coordinator: User) -> None:
    path = exported(folder, coordinator)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[3] = lines[3].replace('"measure":"removed"', '"measure":"warned"')
    path.write_text("".join(lines), encoding="utf-8")

    told = checked(path)

    assert (told.returncode, "на записи № 3" in told.stdout) == (1, True)


@pytest.mark.parametrize("kept", [1, 3])
def test_an_export_cut_short_is_named(kept: int, rows: list[Decision], folder: Path, coordinator: User) -> None:
    path = exported(folder, coordinator)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[: kept + 1]), encoding="utf-8")

    told = checked(path)

    assert (told.returncode, f"на записи № {kept + 1}" in told.stdout) == (1, True)


def test_a_signature_of_another_hash_is_named(rows: list[Decision], folder: Path, coordinator: User) -> None:
    path = exported(folder, coordinator)
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    path.write_text(first.replace(rows[-1].hash, rows[0].hash) + "\n" + rest, encoding="utf-8")

    told = checked(path)

    assert told.returncode == 1
    assert "подпись" in told.stdout


@pytest.mark.parametrize("what", ["made_by", "account", "organization", "ground"])
def test_nobody_and_nothing_a_row_names_can_be_deleted(what: str, record: Record) -> None:
    row = record()

    with pytest.raises(ProtectedError):
        getattr(row, what).delete()

    assert journal.verify().count == 1


def test_a_person_who_left_and_a_renamed_body_stand_in_the_row_as_they_were(record: Record, editor: User) -> None:
    row = record()
    earlier = row.names
    editor.is_active, editor.last_name = False, "Другая"
    editor.save()
    row.organization.name = "Другое имя"
    row.organization.save()
    row.account.name = "Другая страница"
    row.account.save()

    row.refresh_from_db()

    assert row.names == earlier
    assert journal.verify().ok
