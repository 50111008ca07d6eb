"""The edition: a number that grows whenever anything that open pages show is written, by whatever writes it.

Each area has a number of its own, so that a wave of removals does not make the registry be rendered anew; a page of
moderation, which shows names of bodies and networks as well, goes by both.

The database itself counts (triggers), so no action, admin page, task, command or statement typed by hand can forget it.
What is rendered from an edition may be kept and shown until the number is another one (`registry.kept`, ADR 16).

PostgreSQL counts once, at the end of each transaction: the one row is locked for as long as a commit takes, and
two people who write at once never wait for each other. SQLite has one writer at a time and counts every row.
The number is the time in milliseconds, or one more than the last: after a restored backup none comes back.
"""

from django.apps import apps
from django.db import connections
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
REGISTRY, MODERATION = 1, 2
# {area: its tables}; the rooms above add theirs when they are ready (moderation/apps.py).
AREAS: dict[int, tuple[str, ...]] = {REGISTRY: TABLES}
MARK = "_new_edition"
EDITION = "registry_edition"

_PG_NUMBER = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint"
_SQLITE_NUMBER = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_PG_COUNT = f"""
INSERT INTO {EDITION} AS kept (id, number) VALUES (%s, {_PG_NUMBER})
ON CONFLICT (id) DO UPDATE SET number = GREATEST(kept.number + 1, excluded.number)"""  # noqa: S608 - names from code
# No upsert: in a trigger it would follow the ON CONFLICT of the statement that fired it.
_SQLITE_FIRST = f"INSERT OR IGNORE INTO {EDITION} (id, number) VALUES (%s, 1)"  # noqa: S608
_SQLITE_COUNT = f"UPDATE {EDITION} SET number = MAX(number + 1, {_SQLITE_NUMBER}) WHERE id = %s"  # noqa: S608
_PG_FUNCTION = f"""
CREATE OR REPLACE FUNCTION registry_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    counted text := 'glashatay.counted_' || TG_ARGV[0];
BEGIN
    -- The first row of a transaction counts for all rows of its area.
    IF current_setting(counted, true) IS DISTINCT FROM txid_current()::text THEN
        {_PG_COUNT % "TG_ARGV[0]::int"};
        PERFORM set_config(counted, txid_current()::text, true);
    END IF;
    RETURN NULL;
END $$"""


def current(using: str = "default", area: int = REGISTRY) -> int:
    """The number of the present edition of an area; 0 while nobody counts."""
    return numbers((area,), using)[0]


def numbers(areas: tuple[int, ...], using: str = "default") -> tuple[int, ...]:
    """The numbers of the present editions of these areas, in their order, by one query; 0 where nobody counts."""
    places = ", ".join(["%s"] * len(areas))
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT id, number FROM {EDITION} WHERE id IN ({places})", areas)  # noqa: S608 - names from code
        found = dict(cursor.fetchall())
    return tuple(int(found.get(area, 0)) for area in areas)


def tables() -> list[str]:
    """The names of the watched tables in the database."""
    return [_table(label) for labels in AREAS.values() for label in labels]


def _table(label: str) -> str:
    return str(apps.get_model(label)._meta.db_table)


def watch(connection: BaseDatabaseWrapper) -> None:
    """Puts the triggers on; a new edition begins, because a new version of the portal may show the same differently."""
    there = set(connection.introspection.table_names())
    if EDITION not in there:
        return
    made = _postgresql if connection.vendor == "postgresql" else _sqlite
    statements = [_PG_FUNCTION] if connection.vendor == "postgresql" else []
    for area, labels in AREAS.items():
        statements += made(area, [table for table in map(_table, labels) if table in there])
    triggers.put(connection, MARK, statements)


def _postgresql(area: int, tables: list[str]) -> list[str]:
    made = [
        f"CREATE CONSTRAINT TRIGGER {table}{MARK} AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registry_new_edition({area})"
        for table in tables
    ]
    return [*made, _PG_COUNT % area]


def _sqlite(area: int, tables: list[str]) -> list[str]:
    count = _SQLITE_COUNT % area
    made = [
        f"CREATE TRIGGER {table}{MARK}_{event} AFTER {event} ON {table} BEGIN {count}; END"
        for table in tables
        for event in ("INSERT", "UPDATE", "DELETE")
    ]
    return [_SQLITE_FIRST % area, *made, count]
