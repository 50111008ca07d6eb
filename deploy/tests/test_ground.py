"""What stands in the way is told in one sentence, before any work."""

import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from deploy import ground, venv

ENVIRONMENT = {"PATH": "/usr/bin:/bin"}


def test_a_free_port_is_taken_as_it_is() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]

    ground.check_port("127.0.0.1", number)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - the test is about both
def test_a_taken_port_is_told(host: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]

        with pytest.raises(SystemExit) as end:
            ground.check_port(host, number)

    assert str(end.value).startswith(f"Порт {number} занят другой программой")


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80 80"])
def test_what_is_no_port_is_told(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)

    with pytest.raises(SystemExit) as end:
        ground.port()

    assert str(end.value).startswith(f"PORT={text} не годится")


def test_the_folders_are_made(tmp_path: Path) -> None:
    ground.check_folders(tmp_path / "var")

    made = {path.relative_to(tmp_path / "var").as_posix() for path in tmp_path.rglob("*") if path.is_dir()}
    assert made >= set(ground.FOLDERS)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: Any) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)

    with pytest.raises(SystemExit) as end:
        ground.check_folders(tmp_path)

    assert str(end.value).startswith(f"Нет права записи: {tmp_path}")


def test_a_second_portal_in_the_same_folder_is_told(tmp_path: Path) -> None:
    second = "from pathlib import Path; from deploy import ground; ground.only_here(Path(__import__('sys').argv[1]))"
    lock = ground.only_here(tmp_path)

    done = subprocess.run(
        [sys.executable, "-c", second, str(tmp_path)], cwd=venv.ROOT, env=ENVIRONMENT, capture_output=True, text=True
    )

    lock.close()
    assert done.returncode == 1
    assert done.stderr.startswith("Портал из этой папки уже работает (процесс ")
