"""The project's own Python: made once, filled again only when the locked requirements change."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
RUNTIME = "requirements.lock"
# Holds everything of RUNTIME too, in the same versions.
DEVELOPMENT = "requirements-dev.lock"


def ensure(lock: str = RUNTIME, folder: Path = FOLDER) -> None:
    """Makes the environment hold what the lock file names; ends with one sentence where it cannot."""
    mark = _mark(folder, lock)
    python = folder / "bin" / "python"
    if mark.exists() and python.exists():
        return
    if not python.exists():
        _create(folder)
    print("Ставлю библиотеки…" if lock == RUNTIME else "Ставлю библиотеки для проверок…", flush=True)
    for old in folder.glob(".installed-*"):
        old.unlink()
    _install(python, lock)
    mark.touch()
    if lock == DEVELOPMENT:
        _mark(folder, RUNTIME).touch()


def _mark(folder: Path, lock: str) -> Path:
    digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()[:16]
    return folder / f".installed-{digest}"


def _create(folder: Path) -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        sys.exit(
            "В этом Python нет модуля venv: поставьте его командой «apt install python3-venv» и запустите ещё раз."
        )
    # What is left of an environment whose Python is gone.
    shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)], f"Не получилось создать окружение Python в {folder}.")


def _install(python: Path, lock: str) -> None:
    if subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        _run([str(python), "-m", "ensurepip", "--upgrade"], "В окружении .venv нет pip: удалите .venv и повторите.")
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    _run([*pip, "--requirement", str(ROOT / lock)], "Библиотеки не установились, причина выше: проверьте сеть.")


def _run(command: list[str], sentence: str) -> None:
    # Somebody else's settings of Python must not reach into the project's own.
    strange = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_USER")
    environment = {name: value for name, value in os.environ.items() if name not in strange}
    if subprocess.run(command, env=environment, check=False).returncode:
        sys.exit(sentence)


if __name__ == "__main__":
    ensure(sys.argv[1] if len(sys.argv) > 1 else RUNTIME)
