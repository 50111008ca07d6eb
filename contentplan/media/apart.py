"""The work on what strangers made is done apart: in a process of its own, with little memory, time and nothing to read.

Whatever a crafted file does to a library, the worker lives on and says a sentence. The child (`python -m
contentplan.media`) sees neither the settings nor the database: it gets the file, and a folder for what becomes of it.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
WHOLE, SMALL = "whole", "small"  # what the child leaves in the folder: the file people get, its small picture
COMMAND = ("-m", "contentplan.media")
# Seconds by the clock; the child counts those of the processor itself.
PATIENCE = 900


class Wrong(Exception):
    """Why a file cannot be taken, in a word that `contentplan.media.preparing` makes a sentence of."""


def clean(file: IO[bytes], kind: str, mime: str, folder: Path, most_dots: int) -> dict[str, Any]:
    """Fills the folder; answers with "width" and "height" of a picture or film, "note" where something stayed in it.

    Raises Wrong. `file` has to be one of the system.
    """
    file.seek(0)
    command = [sys.executable, *COMMAND, kind, mime, str(folder), str(most_dots)]
    try:
        child = subprocess.run(  # noqa: S603 – our own program; nothing in the command comes from a person
            command, stdin=file, capture_output=True, cwd=ROOT, env={"PYTHONDONTWRITEBYTECODE": "1"}, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired as error:
        raise Wrong("heavy") from error
    if child.returncode:
        # Killed by a signal or out of memory: the libraries gave up, not the file's own words.
        raise Wrong("heavy" if child.returncode < 0 else "damaged")
    told: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    if "wrong" in told:
        raise Wrong(told["wrong"])
    return told
