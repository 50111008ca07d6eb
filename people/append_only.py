"""Tables that are only ever added to: the database itself refuses to change, delete or truncate their rows.

A journal's migration ends with `append_only("moderation_decision")`. On SQLite a later migration that rebuilds the
table loses its triggers, so that migration ends with the same line again; `unprotected` tells who forgot.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MARK = "_append_only"  # every trigger of ours is named <table>_append_only_<event>

PG_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation';
END $$"""
PG_ROWS = (
    "CREATE TRIGGER {table}_append_only_rows BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
)
PG_TRUNCATE = (
    "CREATE TRIGGER {table}_append_only_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
)
SQLITE = (
    "CREATE TRIGGER {table}_append_only_{name} BEFORE {event} ON {table} {when}"
    "BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
)


@dataclass(frozen=True)
class Masks:
    """Columns whose words may be forgotten, and the column that says since when."""

    at: str
    words: tuple[str, ...]


def append_only(table: str, *, unique: Iterable[str] = (), masks: Masks | None = None) -> migrations.RunPython:
    """A migration operation that puts the triggers on a table; its reverse takes them off.

    `unique`: other unique columns beside `id`. SQLite's `REPLACE INTO` deletes a clashing row without asking the
    triggers of DELETE; with the columns known, that is refused as well.
    `masks`: the one change that is let through, once for a row: words of a person are forgotten.
    """
    columns = ("id", *unique)

    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in [*lift_sql(editor.connection, table), *protect_sql(editor.connection, table, columns)]:
            editor.execute(statement, params=None)
        if masks:
            for statement in _masking_sql(editor.connection, table, masks):
                editor.execute(statement, params=None)

    def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in lift_sql(editor.connection, table):
            editor.execute(statement, params=None)

    return migrations.RunPython(forwards, backwards)


def protect_sql(connection: BaseDatabaseWrapper, table: str, columns: Iterable[str] = ("id",)) -> list[str]:
    """The statements that protect a table of this database."""
    refusal = f"Table {table} is a journal: rows are only added, never changed or deleted."
    if connection.vendor == "postgresql":
        return [sql.format(table=table, refusal=refusal) for sql in (PG_FUNCTION, PG_ROWS, PG_TRUNCATE)]
    replaced = " OR ".join(f"{column} = NEW.{column}" for column in columns)
    events = [
        ("update", "UPDATE", ""),
        ("delete", "DELETE", ""),
        ("replace", "INSERT", f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {replaced}) "),  # noqa: S608 - names from code
    ]
    return [SQLITE.format(table=table, refusal=refusal, name=n, event=e, when=w) for n, e, w in events]


def _masking_sql(connection: BaseDatabaseWrapper, table: str, masks: Masks) -> list[str]:
    """Lets one UPDATE through: `masks.at` from NULL to a moment, `masks.words` to '', everything else as it was."""
    emptied = " AND ".join(f"NEW.{word} = ''" for word in masks.words)
    refusal = f"Table {table} is a journal: rows are only added, never changed or deleted."
    once = f"OLD.{masks.at} IS NULL AND NEW.{masks.at} IS NOT NULL AND {emptied}"
    if connection.vendor == "postgresql":
        changed = ", ".join(f"'{name}'" for name in (masks.at, *masks.words))
        same = f"to_jsonb(OLD) - ARRAY[{changed}] = to_jsonb(NEW) - ARRAY[{changed}]"
        return [
            f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'UPDATE' THEN IF {once} AND {same} THEN RETURN NEW; END IF; END IF; "
            f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$"
        ]
    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in names if name not in (masks.at, *masks.words))
    when = f"WHEN NOT ({once} AND {same}) "
    update = SQLITE.format(table=table, refusal=refusal, name="update", event="UPDATE", when=when)
    return [f"DROP TRIGGER {table}{MARK}_update", update]


def lift_sql(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """The statements that take the protection off again."""
    if connection.vendor == "postgresql":
        events = ("rows", "truncate")
        drops = [f"DROP TRIGGER IF EXISTS {table}{MARK}_{event} ON {table}" for event in events]
        return [*drops, f"DROP FUNCTION IF EXISTS {table}{MARK}()"]
    return [f"DROP TRIGGER IF EXISTS {table}{MARK}_{event}" for event in ("update", "delete", "replace")]


def triggers(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Our triggers that stand in this database: name → (table, the statement that makes it)."""
    sql = (
        "SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger "
        "WHERE NOT tgisinternal AND tgenabled <> 'D' AND strpos(tgname, '_append_only_') > 0"
        if connection.vendor == "postgresql"
        else "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(name, '_append_only_')"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name: (table, definition) for name, table, definition in cursor.fetchall()}


def unprotected(connection: BaseDatabaseWrapper, *tables: str) -> list[str]:
    """Those of the tables that lack a trigger they should have."""
    expected = 2 if connection.vendor == "postgresql" else 3
    standing = [table for table, _ in triggers(connection).values()]
    return [table for table in tables if standing.count(table) < expected]
