"""What must hold before any work begins: a free port, folders that can be written, no second portal in this folder."""

import errno
import fcntl
import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import TextIO

from deploy import dotenv, venv

FOLDERS = ("run", "static", "media", "mail", "broker/queue", "broker/control")


def var_folder() -> Path:
    return Path(dotenv.value("VAR_DIR", str(venv.ROOT / "var"))).absolute()


def port() -> int:
    text = dotenv.value("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text} не годится: нужен номер порта от 1 до 65535, например «make run PORT=8123».")
    return int(text)


def check_port(host: str, number: int) -> None:
    """Ends with a sentence when the web server could not open this port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, number))
            door.listen(1)
        except OSError as error:
            sys.exit(_port_sentence(host, number, error))


def _port_sentence(host: str, number: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Порт {number} занят другой программой: выберите другой, например «make run PORT={number % 65535 + 1}»."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Порт {number} можно открыть только с правами администратора: выберите другой, больше 1023."
    return f"Адрес {host}:{number} на этой машине открыть нельзя: {error.strerror}."


def check_folders(var: Path) -> None:
    """Makes the folders of the portal; ends with a sentence when something cannot be written."""
    needed = [venv.ROOT] if not (venv.FOLDER.exists() and dotenv.FILE.exists()) else []
    try:
        for folder in FOLDERS:
            (var / folder).mkdir(parents=True, exist_ok=True)
        for place in [*needed, *(var / name for name in FOLDERS)]:
            tempfile.TemporaryFile(dir=place).close()
    except OSError as error:
        where = error.filename or var
        sys.exit(f"Нет права записи: {where} ({error.strerror}). Запустите от имени владельца этой папки.")


def only_here(var: Path) -> TextIO:
    """Takes the folder for this process until it ends; a second portal would share its queue and its schedule."""
    path = var / "run" / "portal.pid"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        number = lock.read().strip()
        sys.exit(f"Портал из этой папки уже работает (процесс {number}): остановите его или возьмите другой VAR_DIR.")
    lock.truncate(0)
    print(os.getpid(), file=lock, flush=True)
    return lock
