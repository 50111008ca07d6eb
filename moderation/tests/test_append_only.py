"""The database itself refuses to change the journal, whoever asks and by whatever way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from conftest import journals_unprotected
from moderation.models import Decision, Evidence
from moderation.tests.conftest import Record, make_upload
from people import append_only

pytestmark = pytest.mark.django_db

JOURNALS = ("moderation_decision", "moderation_evidence")
REFUSAL = r"Table \w+ is a journal: rows are only added, never changed or deleted\."


def run(sql: str, *values: Any) -> None:
    connection.check_constraints()  # as after a commit: PostgreSQL truncates no table that has checks waiting
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def decision(record: Record) -> Decision:
    return record(files=(make_upload(),))


@pytest.mark.parametrize("table", JOURNALS)
def test_raw_sql_cannot_update_a_row(table: str, decision: Decision) -> None:
    with pytest.raises(IntegrityError, match=REFUSAL):
        run(f"UPDATE {table} SET id = id")


@pytest.mark.parametrize("table", JOURNALS)
def test_raw_sql_cannot_delete_a_row(table: str, decision: Decision) -> None:
    with pytest.raises(IntegrityError, match=REFUSAL):
        run(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", JOURNALS)
def test_raw_sql_cannot_empty_the_table(table: str, decision: Decision) -> None:
    sql = f"TRUNCATE {table} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {table}"

    with pytest.raises(IntegrityError, match=REFUSAL):
        run(sql)


@pytest.mark.parametrize("column", ["id", "number", "hash", "previous_hash", "entry_key"])
def test_raw_sql_cannot_replace_a_row(column: str, decision: Decision) -> None:
    """`REPLACE INTO` of SQLite removes the clashing row without asking the triggers of DELETE."""
    if connection.vendor == "postgresql":
        verb, clash = "INSERT", "ON CONFLICT (id) DO UPDATE SET text = excluded.text"
    else:
        verb, clash = "REPLACE", ""
    names = [str(field.column) for field in Decision._meta.concrete_fields]
    fresh = {"id": "id + 1", "number": "number + 1", "hash": "'a'", "previous_hash": "'b'", "entry_key": "'c'"}
    fresh = {**fresh, column: column, "text": "'Другое'"} if not clash else {"text": "'Другое'"}
    values = ", ".join(fresh.get(name, name) for name in names)

    with pytest.raises(IntegrityError, match=REFUSAL):
        run(f"{verb} INTO moderation_decision ({', '.join(names)}) SELECT {values} FROM moderation_decision {clash}")


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: Decision.objects.update(text="Другое"),
        lambda row: Decision.objects.bulk_update([row], ["text"]),
        lambda row: Decision.objects.all()._raw_delete("default"),
        lambda row: Decision.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["id"], update_fields=["text"]
        ),
        lambda row: row.evidence.get().save(),
        lambda row: row.evidence.get().delete(),
        lambda row: Evidence.objects.all().delete(),
        lambda row: Evidence.objects.update(sha256=""),
    ],
)
def test_the_orm_cannot_change_or_delete_rows(change: Callable[[Decision], Any], record: Record) -> None:
    row = record(files=(make_upload(),))

    with pytest.raises(IntegrityError), transaction.atomic():
        change(row)

    assert Decision.objects.get().text == "Заработок без вложений, пишите в личку"


def test_deleting_a_decision_without_files_is_refused_by_the_database(record: Record) -> None:
    row = record()

    with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
        row.delete()


def test_both_journals_are_protected() -> None:
    assert append_only.unprotected(connection, *JOURNALS) == []


def test_a_missing_trigger_is_noticed() -> None:
    with journals_unprotected():
        found = append_only.unprotected(connection, *JOURNALS)

    assert found == list(JOURNALS)
    assert append_only.unprotected(connection, *JOURNALS) == []


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_leaves_no_rows_behind_first(record: Record) -> None:
    record()

    assert Decision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_leaves_no_rows_behind_second(record: Record) -> None:
    assert Decision.objects.count() == 0
    assert append_only.unprotected(connection, *JOURNALS) == []
