"""Several real processes write at once, on the database of this run: the chain stays whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from moderation.tests.conftest import Record

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES = 4


@pytest.fixture
def environment(tmp_path: Path, record: Record) -> dict[str, str]:
    """What another process needs to reach the rows of this test; one decision stands already."""
    record()
    database = connection.settings_dict
    if connection.vendor == "postgresql":
        address = f"{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"
        url = f"postgres://{database['USER']}:{database['PASSWORD']}@{address}"
    else:
        # The tests' SQLite lives in memory: the other processes get a copy on disk, as in the embedded run.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(tmp_path / "copy.sqlite3")])
        url = f"sqlite:///{tmp_path / 'copy.sqlite3'}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "TEST_DATABASE_URL": url,
        "VAR_DIR": str(tmp_path),
        "PYTHONIOENCODING": "utf-8",
    }


def run(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=settings.BASE_DIR,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def together(environment: dict[str, str], what: str, times: int) -> list[str]:
    """Starts the processes, lets all begin at one moment, and gathers what each of them wrote."""
    writers = [run(environment, "-m", "moderation.tests.writer", what, str(times)) for _ in range(PROCESSES)]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [writer.communicate(timeout=120)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * PROCESSES
    return [line for lines in said for line in lines]


def verified(environment: dict[str, str]) -> str:
    command = run(environment, "manage.py", "verify_journal")
    return command.communicate(timeout=120)[0].split(",")[0]


def test_numbers_of_parallel_writers_have_no_gaps_and_the_chain_is_whole(environment: dict[str, str]) -> None:
    numbers = together(environment, "record", 15)

    assert sorted(map(int, numbers)) == list(range(2, 62))
    assert verified(environment) == "Журнал цел: 61 запись"


def test_of_parallel_reversals_one_wins(environment: dict[str, str]) -> None:
    answers = together(environment, "reverse", 1)

    assert sorted(answers) == ["2", *["late"] * (PROCESSES - 1)]
    assert verified(environment) == "Журнал цел: 2 записи"
