"""How long 5,000 rows of a registry take: `DATABASE_URL=… python -m bench.entry_import 100000`, into an empty database.

It is filled with so many accounts (1,000 when nothing is said). Of the rows 3,500 are new pages, 500 pages that were
closed long ago, 500 give another name to a page that stands, 500 say what stands already.
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django

PART = 500  # rows; seven such parts are new pages
HEADER = "Орган\tСеть\tНазвание\tСсылка\tСтатус\tЗакрыта"


def measure(accounts: int) -> None:
    from bench.registry_rows import fill
    from people.models import Membership, Organization, User
    from registry import importing
    from registry.imports.reading import read_text
    from registry.models import EntryImport

    fill(accounts)
    body = Organization.objects.get(slug="bench")
    by = User.objects.create_user("import", "import@example.org", "not used by anybody")
    Membership.objects.create(user=by, organization=body, role="coordinator", starts_on="2020-01-01")
    text = "\n".join([HEADER, *_lines()])
    importing._hand_over = lambda pk: None  # the worker is this process

    _timed("read and kept, in the request", lambda: importing.start_import(body, read_text(text), by=by))
    made = EntryImport.objects.get()
    _timed("checked, in the background", lambda: importing.check_rows(made, by=by))
    print(_states(made), flush=True)
    _timed("taken, in the background", lambda: importing.take_rows(made, by=by))
    print(_states(made), flush=True)


def _states(made: Any) -> dict[str, int]:
    return {state: made.rows.filter(state=state).count() for state in ("new", "changed", "same", "bad", "taken")}


def _lines() -> list[str]:
    from registry.models import Account

    rows = list(Account.objects.select_related("organization", "network").order_by("pk")[: PART * 2])
    bodies = [row.organization.short_name for row in rows]
    there = [f"{row.organization.short_name}\t{row.network}\t{row.name}\t{row.address}\t\t" for row in rows[:PART]]
    named = [f"{row.organization.short_name}\t{row.network}\tИная {row.pk}\t{row.address}\t\t" for row in rows[PART:]]
    closed = [f"{bodies[n]}\tВКонтакте\tСтарая {n}\tvk.com/closed_{n}_page\tзакрыта\t01.03.2024" for n in range(PART)]
    new = [f"{bodies[n % len(rows)]}\tВКонтакте\tНовая {n}\tvk.com/fresh_{n}_page\t\t" for n in range(PART * 7)]
    return there + named + closed + new


def _timed(what: str, done: Callable[[], object]) -> None:
    from django.db import connection

    asked = 0

    def counted(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*args)

    started, worked = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        done()
    spent, worked = time.perf_counter() - started, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = f"{spent:.1f} s, {worked:.1f} s of the processor, {asked:,} queries, {memory} MB at the most so far"
    print(f"{connection.vendor}: {what}: {told}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
