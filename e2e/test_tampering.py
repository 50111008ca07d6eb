"""A superuser rewrites a decision in the database: the command and the program without the portal both name it."""

import re
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg2
from person import Person
from portal import ROOT, Portal

Come = Callable[..., Person]

REWRITE = "UPDATE moderation_decision SET measure = 'warned' WHERE number = %d"


def test_a_decision_rewritten_in_the_database_is_named(portal: Portal, person: Come, tmp_path: Path) -> None:
    moderator = person("moderator")
    number = removes_a_comment(moderator)
    program = takes_the_program(portal, tmp_path)
    whole = checked(program, exported(moderator, tmp_path / "before.ndjson"), with_key_of(portal))
    assert (whole.returncode, "Журнал цел" in whole.stdout) == (0, True), whole.stdout
    assert verified(portal).returncode == 0

    rewritten_by_a_superuser(portal, number)

    command = verified(portal)
    assert (command.returncode, f"на записи № {number}." in command.stderr) == (1, True), command.stderr
    told = checked(program, exported(moderator, tmp_path / "after.ndjson"), with_key_of(portal))
    assert (told.returncode, f"на записи № {number}:" in told.stdout) == (1, True), told.stdout


def removes_a_comment(moderator: Person) -> int:
    moderator.go("/journal/new/")
    moderator.page.get_by_label("Аккаунт").select_option(index=1)
    moderator.page.get_by_label("Что написали").fill("Заработок без вложений, пишите в личку")
    moderator.page.locator("[name=ground]").nth(3).check()
    moderator.page.get_by_label("нет", exact=True).check()
    moderator.press("Сохранить")
    [number] = re.findall(r"М-20\d\d-(\d{6})", moderator.page.locator("h1").inner_text())
    moderator.look("tampering-01-decision")
    return int(number)


def exported(moderator: Person, path: Path) -> Path:
    """Pressed on the page of the journal, as the prosecutor's office would be given it."""
    moderator.go("/journal/")
    with moderator.page.expect_download() as download:
        moderator.page.locator("a[href='/journal/export.ndjson']").click()
    download.value.save_as(path)
    return path


def takes_the_program(portal: Portal, folder: Path) -> Path:
    """From the open page: nobody has to ask us for it."""
    path = folder / "verify_export.py"
    path.write_bytes(urllib.request.urlopen(f"{portal.url}/moderation/verify_export.py", timeout=10).read())
    return path


def with_key_of(portal: Portal) -> tuple[str, str]:
    page = urllib.request.urlopen(f"{portal.url}/moderation/", timeout=10).read().decode()
    [fingerprint, *_hashes] = re.findall(r"<code class=\"long\">([0-9a-f]{64})</code>", page)
    return "--key-fingerprint", fingerprint


def checked(program: Path, export: Path, options: tuple[str, ...]) -> "subprocess.CompletedProcess[str]":
    line = ["python3", "-I", "-X", "utf8", program.name, export.name, *options]
    return subprocess.run(line, cwd=program.parent, capture_output=True, text=True, check=False)


def verified(portal: Portal) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "manage.py", "verify_journal"]
    return subprocess.run(line, cwd=ROOT, env=portal.env, capture_output=True, text=True, check=False, timeout=120)


def rewritten_by_a_superuser(portal: Portal, number: int) -> None:
    """Past the triggers."""
    url = portal.env["DATABASE_URL"]
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as embedded:
            embedded.execute("DROP TRIGGER moderation_decision_append_only_update")
            embedded.execute(REWRITE % number)
        return
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(REWRITE % number)
        assert cursor.rowcount == 1
    connection.close()
