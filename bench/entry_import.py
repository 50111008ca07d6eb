"""How long 5,000 rows of a registry take: `DATABASE_URL=… python -m bench.entry_import`, into an empty database.

It is filled with 100,000 accounts; half of the rows name pages that stand there, half new ones.
"""

import os
import time
from collections.abc import Callable

import django

ROWS = 5_000
ACCOUNTS = 100_000
HEADER = "Орган\tСеть\tНазвание\tСсылка"


def measure() -> None:
    from bench.registry_rows import fill
    from people.models import Membership, Organization, User
    from registry import importing
    from registry.imports.reading import read_text
    from registry.models import EntryImport

    fill(ACCOUNTS)
    body = Organization.objects.get(slug="bench")
    by = User.objects.create_user("import", "import@example.org", "not used by anybody")
    Membership.objects.create(user=by, organization=body, role="coordinator", starts_on="2020-01-01")
    text = "\n".join([HEADER, *_lines()])
    importing._hand_over = lambda pk: None  # the worker is this process

    _timed("read and kept, in the request", lambda: importing.start_import(body, read_text(text), by=by))
    made = EntryImport.objects.get()
    _timed("checked, in the background", lambda: importing.check_rows(made, by=by))
    print({state: made.rows.filter(state=state).count() for state in ("new", "changed", "same", "bad")}, flush=True)
    _timed("taken, in the background", lambda: importing.take_rows(made, by=by))


def _lines() -> list[str]:
    from registry.models import Account

    rows = list(Account.objects.select_related("organization", "network").order_by("pk")[: ROWS // 2])
    standing = [f"{row.organization.short_name}\t{row.network}\t{row.name}\t{row.address}" for row in rows]
    new = [f"{row.organization.short_name}\tВКонтакте\tНовая {row.name}\tvk.com/{row.handle}_new" for row in rows]
    return standing + new


def _timed(what: str, done: Callable[[], object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    started, worked = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as asked:
        done()
    spent, worked = time.perf_counter() - started, time.process_time() - worked
    asked_for = f"{len(asked)} queries (the last 9,000 counted)"
    print(f"{connection.vendor}: {what}: {spent:.1f} s, {worked:.1f} s of the processor, {asked_for}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    measure()
