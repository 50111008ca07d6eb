"""The real worker, with the broker of this run: Redis where the tests have it, else files."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.ground import FOLDERS
from deploy.supervisor import read_procfile
from deploy.venv import ROOT

PATIENCE = 40
HAS_BEATEN = "from config.health import heartbeat_age; print(heartbeat_age() is not None)"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A portal of its own: SQLite file, folders, and the broker of this run."""
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ENV_FILE": os.devnull,
        "VAR_DIR": str(tmp_path),
        "REDIS_URL": os.environ.get("REDIS_URL", ""),
        "SECRET_KEY": "a key for tests only",
        "PYTHONUNBUFFERED": "1",
    }


def run(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def worker(environment: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    run(environment, "manage.py", "createcachetable")
    run(environment, "manage.py", "shell", "--no-imports", "-c", "from django.core.cache import cache; cache.clear()")
    words = read_procfile(ROOT / "Procfile", sys.executable)["worker"]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=log)
        yield process
        process.terminate()
        process.wait(PATIENCE)


def test_the_worker_does_what_it_is_asked(environment: dict[str, str], worker: subprocess.Popen[bytes]) -> None:
    run(environment, "-m", "celery", "--app", "config", "call", "config.tasks.heartbeat")

    end = time.monotonic() + PATIENCE
    while "True" not in run(environment, "manage.py", "shell", "--no-imports", "-c", HAS_BEATEN):
        assert time.monotonic() < end, "the worker did nothing"


def test_an_unsafe_worker_does_not_start(environment: dict[str, str]) -> None:
    environment["DEBUG"] = "1"

    done = subprocess.run(
        [sys.executable, "-m", "celery", "--app", "config", "worker"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip

    assert done.returncode == 3
    assert "Глашатай не запускается: включён DEBUG" in done.stderr


def test_an_unsafe_web_server_does_not_start(environment: dict[str, str]) -> None:
    del environment["SECRET_KEY"]
    environment["PORT"] = "0"
    # Of two processes that refuse at the same moment gunicorn sometimes tells the one while it stops for the other.
    environment["WEB_PROCESSES"] = "1"

    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn_conf.py", "config.wsgi"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip

    assert done.returncode == 3
    assert "Глашатай не запускается: SECRET_KEY не задан" in done.stderr


def test_an_unsafe_beat_does_not_start(environment: dict[str, str]) -> None:
    environment["DEBUG"] = "1"

    done = subprocess.run(
        [sys.executable, "-m", "celery", "--app", "config", "beat", "--pidfile", ""],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip

    assert done.returncode == 3
    assert "Глашатай не запускается: включён DEBUG" in done.stderr
