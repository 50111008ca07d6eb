"""A database with every migration applied and not a row of ours, made from nothing once for all rounds of the tests.

Applying the migrations takes a process ten seconds, and a run of the suite has a dozen processes that need them.
Nothing is kept between runs, so nothing can be stale; whoever copies the database migrates it all the same, which finds
nothing left to do.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
from psycopg2.sql import SQL, Identifier

from deploy.gate import WORKSHOP
from deploy.services import Service
from deploy.venv import ROOT

# The variable that leads a round to its blank database: the path of a file, or the name of a database of the server.
BLANK = "TEST_BLANK"
NAME = "glashatay_blank"


@contextmanager
def blank_databases(databases: Iterable[Service]) -> Iterator[None]:
    """While it lasts each of these databases (SQLite and perhaps PostgreSQL) has its blank one among its settings."""
    with TemporaryDirectory(prefix="glashatay-blank-") as folder:
        made = [(service, *_place(service, Path(folder))) for service in databases]
        migrating = [_migrate(url) for _, url, _ in made]
        try:
            codes = [process.wait() for process in migrating]
            for (service, _, blank), code in zip(made, codes, strict=True):
                if code:
                    sys.exit(f"FAILED {service.name}: the migrations do not run from nothing")
                service.settings[BLANK] = blank
            yield
        finally:
            for service, _, _ in made:
                if service.settings.get("TEST_DATABASE_URL"):
                    _on_server(service, "DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _place(service: Service, folder: Path) -> tuple[str, str]:
    """An empty database on this server: its address, and what BLANK says of it."""
    address = service.settings.get("TEST_DATABASE_URL", "")
    if not address:
        return f"sqlite:///{folder / 'blank.sqlite3'}", str(folder / "blank.sqlite3")
    _on_server(service, "DROP DATABASE IF EXISTS {} WITH (FORCE)")
    _on_server(service, "CREATE DATABASE {} TEMPLATE template1")
    return f"{address.rpartition('/')[0]}/{NAME}", NAME


def _migrate(url: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **WORKSHOP, "DATABASE_URL": url}
    command = [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity", "0"]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def _on_server(service: Service, sql: str) -> None:
    server = service.settings["TEST_DATABASE_URL"].rpartition("/")[0]
    connection = psycopg2.connect(f"{server}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(SQL(sql).format(Identifier(NAME)))
    connection.close()
