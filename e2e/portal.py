"""The product as it is started for people: its own database, broker and processes, under a clock of ours."""

import email.policy
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import redis

from deploy.supervisor import read_procfile

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "пароль для показа 2026"
PATIENCE = 60
# Walks go two at a time, each with a portal, a database and a queue of its own.
WALKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


class Portal:
    """Web server, worker and beat of one walk. Starts anew under another clock without losing its data."""

    def __init__(self, folder: Path, like: "Portal | None" = None) -> None:
        """Empty, or with everything `like` was prepared with."""
        self.folder = folder
        if like:
            shutil.copytree(like.folder, folder, dirs_exist_ok=True)
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
            "ENV_FILE": os.devnull,
            "DEMO": "1",
            "SECRET_KEY": "a key for walks only",
            "VAR_DIR": str(folder),
            "PORT": str(self.port),
            "WEB_PROCESSES": "1",
            "SITE_URL": self.url,
            "DATABASE_URL": self._database(like),
            "REDIS_URL": self._queue(),
            "API_RATE": "10000/min",
        }
        for name in ("broker/queue", "broker/control", "media", "mail", "run"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def _database(self, like: "Portal | None") -> str:
        """A PostgreSQL database of our own beside the one named, else the embedded SQLite file."""
        url = os.environ.get("TEST_DATABASE_URL", "")
        blank = os.environ.get("TEST_BLANK", "")  # migrated already (deploy/blank.py)
        if not url:
            file = self.folder / "portal.sqlite3"
            if blank and not like:
                shutil.copy(blank, file)
            return f"sqlite:///{file}"
        parts = urlsplit(url)
        stage = f"{parts.path.strip('/')}_e2e{WALKER}"
        name, template = (f"{stage}_walk", stage) if like else (stage, blank or "template1")
        connection = psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        connection.close()
        return urlunsplit(parts._replace(path=f"/{name}"))

    def _queue(self) -> str:
        """The Redis named for tests, without what an earlier run left in it; else nothing: the queue is a folder."""
        url = os.environ.get("TEST_REDIS_URL", "")
        if url:
            server, _, number = url.rpartition("/")
            url = f"{server}/{max(int(number) - WALKER, 0)}"
            client = redis.Redis.from_url(url)
            strange = client.dbsize() and not client.exists("glashatay-tests")
            assert not strange, f"{url} holds data of somebody else"
            client.flushdb()
            client.set("glashatay-tests", "this database is emptied by tests")
        return url

    def prepare(self, now: str) -> None:
        """An empty database with the district and its demonstration, as the first `make run` leaves it."""
        self.manage(now, "prepare")
        self.manage(now, "demo", "--password", PASSWORD)

    def manage(self, now: str, *arguments: str) -> str:
        """Runs a management command under the clock; its output."""
        done = subprocess.run(
            [*_under_clock(now), "django", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def start(self, now: str) -> None:
        """Everything the Procfile names, at `now`; stops what ran before. Returns when the page answers."""
        self.stop()
        clock = _under_clock(now)
        for name, (_python, _m, *command) in read_procfile(ROOT / "Procfile", sys.executable).items():
            with (self.folder / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    [*clock, *command],
                    cwd=ROOT,
                    env=self.env,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(self.url, timeout=5)
            except (URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise AssertionError(f"no answer at {self.url}: {self.log('web')}")

    def log(self, name: str) -> str:
        """The end of what a process said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")[-2000:]

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            process.wait(timeout=PATIENCE)
        self.processes.clear()

    def letters(self, to: str, about: str) -> list[EmailMessage]:
        """What lies in the mail folder for this address with these words in its subject."""
        read = BytesParser(policy=email.policy.default).parsebytes
        files = (file.read_bytes() for file in (self.folder / "mail").iterdir())
        found = [read(text) for file in files for text in re.split(rb"\n-{79}\n", file)]
        return [letter for letter in found if letter["To"] == to and about in letter["Subject"]]

    def letter(self, to: str, about: str) -> EmailMessage:
        """The one such letter, as soon as the worker has sent it."""
        until = time.monotonic() + PATIENCE
        while not (found := self.letters(to, about)):
            assert time.monotonic() < until, f"no letter to {to}: {self.log('worker')}"
            time.sleep(0.1)
        assert len(found) == 1, [letter["Subject"] for letter in found]
        return found[0]


def _under_clock(now: str) -> list[str]:
    return [sys.executable, "e2e/clock.py", now, str(time.time())]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body()
    assert body is not None
    return str(body.get_content())


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
