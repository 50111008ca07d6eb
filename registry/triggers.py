"""Triggers of ours that stand on tables of several rooms: put on after every `migrate`, found by a mark in their names.

Unlike those of journals (`people.append_only`) they are in no migration: SQLite loses triggers when it rebuilds a
table, refuses to rebuild one that a trigger elsewhere names, and the tables they stand on change with many releases.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_PG_STANDING = (
    "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND strpos(tgname, %s) > 0"
)
_SQLITE_STANDING = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND instr(name, %s)"


def put(connection: BaseDatabaseWrapper, mark: str, statements: Iterable[str]) -> None:
    """Puts these in the place of all that bear the mark."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        lift(connection, mark)
        for statement in statements:
            cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper, mark: str) -> None:
    """Takes those that bear the mark off."""
    connection.check_constraints()  # PostgreSQL changes no table that has checks waiting
    with connection.cursor() as cursor:
        for name, table in standing(connection, mark):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def standing(connection: BaseDatabaseWrapper, mark: str) -> list[tuple[str, str]]:
    """Those that bear the mark in this database: (name, table)."""
    with connection.cursor() as cursor:
        cursor.execute(_PG_STANDING if connection.vendor == "postgresql" else _SQLITE_STANDING, [mark])
        return [(name, table) for name, table in cursor.fetchall()]
