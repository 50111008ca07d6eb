"""The product: `check_week` through Django, and the same task in a real Celery worker."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.database import LAST_MONDAY

TOMSK = ZoneInfo("Asia/Tomsk")


def clear() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE compliance_finding, compliance_findingchange, compliance_weekcheck")
        cursor.execute("CHECKPOINT")


def run() -> float:
    """The whole check, milliseconds: counting, norms, circumstances, storing, history, letters, commit."""
    from compliance.check import check_week
    from people.weeks import Week

    start = time.perf_counter()
    check_week(Week(date.fromisoformat(LAST_MONDAY)), TOMSK)
    return (time.perf_counter() - start) * 1000


def change_some() -> int:
    """One publication of every tenth account stops counting, or counts again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE contentplan_publication SET counts = NOT counts WHERE id IN (
                   SELECT min(id) FROM contentplan_publication
                   WHERE account_id %% 10 = 0 AND published_at >= %s::date + 1 GROUP BY account_id)""",
            [LAST_MONDAY],
        )
        return int(cursor.rowcount)


def worker_memory() -> float:
    """Peak resident memory, MB, of a Celery worker that starts, runs the task once and stops."""
    with tempfile.TemporaryDirectory() as var:
        for folder in ("queue", "control"):
            Path(var, "broker", folder).mkdir(parents=True)
        environment = {**os.environ, "VAR_DIR": var}
        quiet = ["-W", "ignore"]
        command = [sys.executable, *quiet, "-m", "celery", "-A", "config", "worker", "-P", "solo", "-l", "ERROR"]
        worker = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            send = f"from compliance.tasks import check_again; check_again.delay('{LAST_MONDAY}', '{TOMSK.key}')"
            setup = "import config.celery, django; django.setup(); "
            subprocess.run([sys.executable, "-c", setup + send], env=environment, check=True)
            _wait_until_checked()
            return _peak(worker.pid)
        finally:
            worker.terminate()
            worker.wait(30)


def _wait_until_checked() -> None:
    from compliance.models import WeekCheck

    for _second in range(300):
        if WeekCheck.objects.filter(monday=LAST_MONDAY, finished_at__isnull=False).exists():
            return
        time.sleep(1)
    raise TimeoutError("the worker did not finish the check")


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
