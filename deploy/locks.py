"""Requirements with every version and hash pinned: `make lock` writes the lock files, the gate compares."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.venv import DEVELOPMENT, ROOT, RUNTIME

# The development set takes the versions of the runtime set: tests meet what people meet.
SOURCES = {RUNTIME: ["requirements.txt"], DEVELOPMENT: ["requirements-dev.txt", "--constraint", RUNTIME]}
OPTIONS = ["--quiet", "--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--no-annotate"]


def compile_lock(lock: str, target: Path) -> None:
    """Resolves anew but keeps what is pinned in `target` already and still fits."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *SOURCES[lock], *OPTIONS, "--output-file", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def stale() -> list[str]:
    """Lock files that do not follow from their requirements."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for lock in SOURCES:
            copy = Path(folder) / lock
            shutil.copy(ROOT / lock, copy)
            compile_lock(lock, copy)
            if copy.read_text() != (ROOT / lock).read_text():
                found.append(lock)
    return found


if __name__ == "__main__":
    for name in SOURCES:
        compile_lock(name, ROOT / name)
