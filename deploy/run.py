"""`make run`: from a fresh clone to a page that answers, and again in seconds."""

import os
import signal
import subprocess
import sys
from typing import NoReturn

from deploy import dotenv, ground, health, venv
from deploy.supervisor import Supervisor, die_with_parent, read_procfile


def main() -> int:
    signal.signal(signal.SIGTERM, _leave)
    if "MAKELEVEL" in os.environ:
        die_with_parent()
    host, port, var = dotenv.value("LISTEN", "127.0.0.1"), ground.port(), ground.var_folder()
    ground.check_folders(var)
    lock = ground.only_here(var)
    ground.check_port(host, port)
    venv.ensure()
    dotenv.ensure()
    environment = _environment(host, port)
    _manage("prepare", environment=environment)
    sign_ins = _demonstration(environment)
    supervisor = Supervisor(read_procfile(venv.ROOT / "Procfile", str(venv.PYTHON)), environment, venv.ROOT)
    code = supervisor.run(
        answers=lambda: (health.status(host, port, timeout=2) or 500) < 500,
        ready=lambda: _announce(environment["SITE_URL"], sign_ins),
    )
    lock.close()
    return code


def _leave(*_: object) -> NoReturn:
    sys.exit(143)


def _environment(host: str, port: int) -> dict[str, str]:
    """What the portal's processes see: everything of ours, and the address this start is at."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    ours = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LISTEN": host,
        "PORT": str(port),
        "SITE_URL": dotenv.value("SITE_URL", f"http://{shown}:{port}"),
        "LOG_LEVEL": dotenv.value("LOG_LEVEL", "WARNING"),
        "PYTHONUNBUFFERED": "1",
    }
    # Celery's page-long advice not to be root would hide the address on a machine that has no other user.
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
    return {**quiet, **os.environ, **ours}


def _manage(*words: str, environment: dict[str, str], capture: bool = False) -> str:
    """Runs a command of the portal; ends when it fails, its own words stand above."""
    command = [str(venv.PYTHON), "manage.py", *words]
    done = subprocess.run(
        command, cwd=venv.ROOT, env=environment, check=False, text=True, stdout=subprocess.PIPE if capture else None
    )
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout or ""


def _demonstration(environment: dict[str, str]) -> str:
    """Demonstration people and weeks, once; returns the sign-ins to show."""
    if not dotenv.is_on("DEMO"):
        return ""
    environment = {**environment, "DEMO_PASSWORD": dotenv.demo_password()}
    return _manage("demo", environment=environment, capture=True)


def _announce(address: str, sign_ins: str) -> None:
    print(f"\nГлашатай работает: {address}/\n")
    if sign_ins:
        print(f"{sign_ins.rstrip()}\n")
    print("Остановить: Ctrl+C", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
