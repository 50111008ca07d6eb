"""The edition: a number that grows whenever anything that open pages show is written, by whatever writes it.

The database itself counts (triggers), so no action, admin page, task, command or statement typed by hand can forget it.
What is rendered from an edition may be kept and shown until the number is another one (`registry.kept`, ADR 16).

PostgreSQL counts once, at the end of each transaction: the one row is locked for as long as a commit takes, and
two people who write at once never wait for each other. SQLite has one writer at a time and counts every row.
The number is the time in milliseconds, or one more than the last: after a restored backup none comes back.
"""

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from registry import triggers

# The tables that open pages, files, feeds and the API read (held by registry/tests/test_editions.py).
TABLES = (
    "people.Organization",
    "registry.Account",
    "registry.ActFile",
    "registry.BodyAct",
    "registry.Closing",
    "registry.DataSet",
    "registry.DataVersion",
    "registry.DataVersion_networks",
    "registry.EntryChange",
    "registry.FormerName",
    "registry.KnownFake",
    "registry.LegalAct",
    "registry.NetworkStatus",
    "registry.SocialNetwork",
    "registry.StructureVersion",
    "registry.TrustStep",
)
MARK = "_new_edition"
EDITION = "registry_edition"

_PG_NUMBER = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint"
_SQLITE_NUMBER = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_PG_COUNT = f"""
INSERT INTO {EDITION} AS kept (id, number) VALUES (1, {_PG_NUMBER})
ON CONFLICT (id) DO UPDATE SET number = GREATEST(kept.number + 1, excluded.number)"""  # noqa: S608 - names from code
# No upsert: in a trigger it would follow the ON CONFLICT of the statement that fired it.
_SQLITE_FIRST = f"INSERT OR IGNORE INTO {EDITION} (id, number) VALUES (1, 1)"  # noqa: S608
_SQLITE_COUNT = f"UPDATE {EDITION} SET number = MAX(number + 1, {_SQLITE_NUMBER}) WHERE id = 1"  # noqa: S608
_PG_FUNCTION = f"""
CREATE OR REPLACE FUNCTION registry_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The first row of a transaction counts for all of them.
    IF current_setting('glashatay.counted', true) IS DISTINCT FROM txid_current()::text THEN
        {_PG_COUNT};
        PERFORM set_config('glashatay.counted', txid_current()::text, true);
    END IF;
    RETURN NULL;
END $$"""


def current(using: str = "default") -> int:
    """The number of the present edition; 0 while nobody counts."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT number FROM {EDITION} WHERE id = 1")  # noqa: S608 - a name from code
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def tables() -> list[str]:
    """The names of the watched tables in the database."""
    return [_model(label)._meta.db_table for label in TABLES]


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)


def watch(connection: BaseDatabaseWrapper) -> None:
    """Puts the triggers on; a new edition begins, because a new version of the portal may show the same differently."""
    there = set(connection.introspection.table_names())
    if EDITION not in there:
        return
    found = [table for table in tables() if table in there]
    triggers.put(connection, MARK, _postgresql(found) if connection.vendor == "postgresql" else _sqlite(found))


def _postgresql(tables: list[str]) -> list[str]:
    made = [
        f"CREATE CONSTRAINT TRIGGER {table}{MARK} AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registry_new_edition()"
        for table in tables
    ]
    return [_PG_FUNCTION, *made, _PG_COUNT]


def _sqlite(tables: list[str]) -> list[str]:
    made = [
        f"CREATE TRIGGER {table}{MARK}_{event} AFTER {event} ON {table} BEGIN {_SQLITE_COUNT}; END"
        for table in tables
        for event in ("INSERT", "UPDATE", "DELETE")
    ]
    return [_SQLITE_FIRST, *made, _SQLITE_COUNT]
