"""Static files are collected and compressed only when one of them has changed: it takes longer than all else."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> bool:
    """Returns whether there was anything to do."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    state = _state()
    if mark.exists() and mark.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(state)
    return True


def _state() -> str:
    """Changes when a static file of the portal or of an application is added, changed or removed."""
    found = sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            file = Path(storage.path(name)).stat()
            found.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return found.hexdigest()
