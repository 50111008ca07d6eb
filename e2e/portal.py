"""The product as it is started for people: its own database, broker, web server and worker, under a clock of ours."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "пароль для показа 2026"
PATIENCE = 60


class Portal:
    """Web server and worker of one test run. Starts anew under another clock without losing its data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
            "DEMO": "1",
            "SECRET_KEY": "a key for walks only",
            "VAR_DIR": str(folder),
            "SITE_URL": self.url,
            "DATABASE_URL": self._database(),
            "REDIS_URL": os.environ.get("TEST_REDIS_URL", ""),
            "API_RATE": "10000/min",
        }
        for name in ("broker/queue", "broker/control", "media", "mail"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def _database(self) -> str:
        """A PostgreSQL database of our own beside the one named, else the embedded SQLite file."""
        url = os.environ.get("TEST_DATABASE_URL", "")
        if not url:
            return f"sqlite:///{self.folder / 'portal.sqlite3'}"
        own = urlunsplit(urlsplit(url)._replace(path="/glashatay_e2e"))
        admin = urlunsplit(urlsplit(url)._replace(path="/postgres"))
        for statement in ("DROP DATABASE IF EXISTS glashatay_e2e WITH (FORCE)", "CREATE DATABASE glashatay_e2e"):
            connection = psycopg2.connect(admin)
            connection.autocommit = True
            connection.cursor().execute(statement)
            connection.close()
        return own

    def prepare(self, now: str) -> None:
        """An empty database with the district and its demonstration, as the first `make run` leaves it."""
        self.manage(now, "migrate", "--verbosity=0")
        self.manage(now, "createcachetable")
        self.manage(now, "translations", "--compile")
        self.manage(now, "collectstatic", "--noinput", "--verbosity=0")
        self.manage(now, "load_district")
        self.manage(now, "demo", "--password", PASSWORD)

    def manage(self, now: str, *arguments: str) -> str:
        """Runs a management command under the clock; its output."""
        done = subprocess.run(
            [sys.executable, "e2e/clock.py", now, "django", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def start(self, now: str) -> None:
        """Web server and worker, both at `now`; returns when the page answers."""
        web = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "4", "--no-control-socket"]
        worker = ["celery", "-A", "config", "worker", "-P", "solo", "--loglevel", "INFO"]
        for name, command in (("web", web), ("worker", worker)):
            log = (self.folder / f"{name}.log").open("ab")
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, "e2e/clock.py", now, *command],
                    cwd=ROOT,
                    env=self.env,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
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
        raise AssertionError(f"no answer at {self.url}: {(self.folder / 'web.log').read_text()[-2000:]}")

    def stop(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(timeout=PATIENCE)
        self.processes.clear()


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
