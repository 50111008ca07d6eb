"""Is the portal well? Each question has a name and answers with one word."""

import tempfile
import time
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection

HEARTBEAT = "portal-heartbeat"
# Beat sends a heartbeat every minute; a long task may hold the only worker for a while.
LATE = timedelta(minutes=10).total_seconds()
_STARTED = time.monotonic()


def beat() -> None:
    """Remembers that beat and worker live at this moment."""
    cache.set(HEARTBEAT, time.time(), timeout=None)


def heartbeat_age() -> float | None:
    """Seconds since the last heartbeat; None when there was none."""
    last = cache.get(HEARTBEAT)
    return None if last is None else max(0.0, time.time() - last)


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def cached() -> str:
    cache.set("portal-health", "ok", timeout=60)
    return "ok" if cache.get("portal-health") == "ok" else "forgets"


def storage() -> str:
    with tempfile.TemporaryFile(dir=settings.VAR_DIR):
        return "ok"


def background() -> str:
    """Late when beat or worker have been silent too long; a web process that has just started waits for the first."""
    age = heartbeat_age()
    late = age is None or age > LATE
    return "late" if late and time.monotonic() - _STARTED > LATE else "ok"


def report() -> dict[str, str]:
    """Question → «ok» or what is wrong, in one word and without secrets."""
    questions = {"database": database, "cache": cached, "storage": storage, "background": background}
    answers = {}
    for name, ask in questions.items():
        try:
            answers[name] = ask()
        # Whatever goes wrong, of whichever library: it is the answer.
        except Exception as error:
            answers[name] = type(error).__name__
    return answers
