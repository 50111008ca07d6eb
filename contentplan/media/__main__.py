"""The child of contentplan/media/apart.py: KIND MIME FOLDER DOTS <FILE; answers with one line of JSON."""

import json
import os
import resource
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from contentplan.media.apart import Wrong

MODULES = {"image": "pictures", "video": "video", "document": "documents"}
MEMORY, SECONDS, ROOM = 2 << 30, 300, 64 << 20


def main() -> None:
    kind, mime, folder, most_dots = sys.argv[1:]
    worker = import_module(f"contentplan.media.{MODULES[kind]}")
    with open(0, "rb", closefd=False) as file:
        _limit(os.fstat(0).st_size)
        try:
            told = worker.work(file, mime, Path(folder), int(most_dots))
        except Wrong as wrong:
            told = {"wrong": str(wrong)}
        except MemoryError:
            told = {"wrong": "heavy"}
    sys.stdout.write(json.dumps(told) + "\n")


def _limit(size: int) -> None:
    """What is made of a file is hardly larger than it; a JPEG of an iPhone's photo is a few times."""
    os.nice(10)
    limits = {"RLIMIT_AS": MEMORY, "RLIMIT_CPU": SECONDS, "RLIMIT_FSIZE": size + ROOM, "RLIMIT_CORE": 0}
    for name, value in limits.items():
        with suppress(OSError, ValueError):  # where the system knows no such limit
            resource.setrlimit(getattr(resource, name), (value, value))


if __name__ == "__main__":
    main()
