"""Backup and restore: the database and the files people have uploaded, in one archive, on either database.

Run through `deploy/backup.sh` and `deploy/restore.sh`.
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from deploy import dotenv, ground

EMBEDDED, SERVER = "database.sqlite3", "database.dump"


def save(folder: Path) -> Path:
    """Writes the archive, readable for its owner only; the portal may run meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"glashatay-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar.gz"
    with tempfile.TemporaryDirectory() as place:
        database = _dump(Path(place))
        with tarfile.open(target, "x:gz") as archive:
            archive.add(database, database.name)
            archive.add(_media(), "media")
    target.chmod(0o600)
    return target


def restore(archive: Path, *, replace: bool) -> None:
    """Puts everything back; asks for `replace` where there is something to lose."""
    if not replace:
        sys.exit("Восстановление заменит базу и файлы этого портала: если так и нужно, добавьте --replace.")
    with ground.only_here(ground.var_folder()), tempfile.TemporaryDirectory() as place:
        with tarfile.open(archive) as opened:
            # Python 3.11 of Debian 12 does not know the filter for archives of others yet.
            ours = [member for member in opened if _is_ours(member)]
            opened.extractall(place, members=ours)  # noqa: S202 - only what stays inside
        _load(Path(place))
        shutil.rmtree(_media())
        shutil.copytree(Path(place) / "media", _media(), dirs_exist_ok=True)


def _is_ours(member: tarfile.TarInfo) -> bool:
    """A file or folder that stays inside."""
    path = Path(member.name)
    return (member.isreg() or member.isdir()) and not path.is_absolute() and ".." not in path.parts


def _media() -> Path:
    folder = ground.var_folder() / "media"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _server() -> str:
    """The address of PostgreSQL; empty for the embedded database."""
    address = dotenv.value("DATABASE_URL")
    return address if address.startswith("postgres") else ""


def _file() -> Path:
    address = dotenv.value("DATABASE_URL")
    return Path(address.removeprefix("sqlite:///")) if address else ground.var_folder() / "glashatay.sqlite3"


def _dump(folder: Path) -> Path:
    if _server():
        target = folder / SERVER
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}")
        return target
    target = folder / EMBEDDED
    if not _file().exists():
        sys.exit(f"Базы {_file()} нет.")
    # Not a copy of the file: what is being written meanwhile must come whole.
    with closing(sqlite3.connect(_file())) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target


def _load(folder: Path) -> None:
    wanted = SERVER if _server() else EMBEDDED
    if not (folder / wanted).exists():
        sys.exit(f"В архиве нет {wanted}: он сделан с базы другого вида.")
    if _server():
        # A dump brings functions and triggers too: nothing of the old may stay in its way.
        _run("psql", "--quiet", "--command=DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={_place()['PGDATABASE']}", str(folder / SERVER))
        return
    for rest in ("-wal", "-shm"):
        Path(f"{_file()}{rest}").unlink(missing_ok=True)
    shutil.copy(folder / EMBEDDED, _file())


def _run(*command: str) -> None:
    if not shutil.which(command[0]):
        sys.exit(f"На этой машине нет {command[0]}: apt install postgresql-client.")
    if subprocess.run(command, check=False, env={**os.environ, **_place()}).returncode:
        sys.exit(f"{command[0]} не справился, причина выше.")


def _place() -> dict[str, str]:
    """Where PostgreSQL is, as its programs read it; a password in their arguments could be seen by everybody."""
    parts = urlsplit(_server())
    return {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.strip("/"),
        "PGOPTIONS": "--client-min-messages=warning",
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="backup.sh / restore.sh")
    actions = parser.add_subparsers(dest="action", required=True)
    saving = actions.add_parser("save")
    saving.add_argument("folder", type=Path, nargs="?", default=ground.var_folder() / "backups")
    restoring = actions.add_parser("restore")
    restoring.add_argument("archive", type=Path)
    restoring.add_argument("--replace", action="store_true")
    options = parser.parse_args()
    if options.action == "save":
        print(save(options.folder))
    else:
        restore(options.archive, replace=options.replace)


if __name__ == "__main__":
    main()
