"""`make check`: the quality gate. Every step runs even when an earlier one failed; the closing lines name them all."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable

from deploy import inline, locks
from deploy.venv import ROOT

PACKAGES = ["config", "people", "networks", "registry", "review", "contentplan", "moderation", "compliance", "deploy"]
SINGLES = ["conftest.py", "manage.py"]
# As a real portal is set up: see .env.example.
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "DEMO": "0",
    "DEBUG": "0",
    "SITE_URL": "https://portal.example.ru",
    "ALLOWED_HOSTS": "portal.example.ru",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example.ru",
    "PROXIES": "1",
    "DATABASE_URL": "postgres://glashatay:password@127.0.0.1:5432/glashatay",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://portal:password@mail.example.ru:587",
}
WORKSHOP = {"DEMO": "1", "SECRET_KEY": "only for the gate", "DATABASE_URL": "sqlite://:memory:", "ENV_FILE": os.devnull}

Step = list[str] | Callable[[], list[str]]


def steps() -> dict[str, Step]:
    """What is asked → the command that answers, or a function that returns complaints."""
    python = sys.executable
    manage = [python, "manage.py"]
    return {
        "style": [python, "-m", "ruff", "check", "."],
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "types": [python, "-m", "mypy", *PACKAGES, *SINGLES],
        "templates": [python, "-m", "djlint", "--lint", "--quiet", "templates"],
        "inline code": inline.find,
        "who imports whom": [python, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "system checks": [*manage, "check", "--fail-level", "WARNING"],
        "production settings": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "translations": [*manage, "translations", "--check"],
        "locked requirements": _locked,
    }


def _locked() -> list[str]:
    return [f"{name} does not follow from its requirements: make lock" for name in locks.stale()]


def main() -> int:
    """Prints a report; 0 only when every step is content."""
    verdicts = {}
    for name, step in steps().items():
        started = time.monotonic()
        output, failed = _take(name, step)
        verdicts[name] = f"{'FAILED' if failed else 'ok':6} {name} ({time.monotonic() - started:.0f} s)"
        if failed:
            print(f"\n=== {name}\n{output.strip()}", flush=True)
    print("\n" + "\n".join(verdicts.values()), flush=True)
    return int(any(verdict.startswith("FAILED") for verdict in verdicts.values()))


def _take(name: str, step: Step) -> tuple[str, bool]:
    if callable(step):
        try:
            complaints = step()
        except subprocess.CalledProcessError as error:
            complaints = [f"could not be asked: {error}"]
        return "\n".join(complaints), bool(complaints)
    settings = {**WORKSHOP, **PRODUCTION} if name == "production settings" else WORKSHOP
    done = subprocess.run(step, cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr, done.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
