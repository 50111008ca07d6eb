"""What was saved comes back; what was not meant is not replaced."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from deploy import archive


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portal on the embedded database with one row and one uploaded file."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'glashatay.sqlite3'}")
    write(tmp_path, "CREATE TABLE plan (topic text)")
    write(tmp_path, "INSERT INTO plan VALUES ('Субботник')")
    (tmp_path / "media").mkdir()
    (tmp_path / "media/evidence.txt").write_text("снимок")
    return tmp_path


def write(portal: Path, statement: str) -> None:
    with closing(sqlite3.connect(portal / "glashatay.sqlite3")) as database, database:
        database.execute(statement)


def topics(portal: Path) -> list[str]:
    with closing(sqlite3.connect(portal / "glashatay.sqlite3")) as database:
        return [topic for (topic,) in database.execute("SELECT topic FROM plan")]


def test_database_and_files_come_back(portal: Path) -> None:
    saved = archive.save(portal / "backups")
    write(portal, "DELETE FROM plan")
    (portal / "media/evidence.txt").unlink()
    (portal / "media/later.txt").write_text("after the backup")

    archive.restore(saved, replace=True)

    assert topics(portal) == ["Субботник"]
    assert [(path.name, path.read_text()) for path in (portal / "media").iterdir()] == [("evidence.txt", "снимок")]


def test_only_the_owner_reads_an_archive(portal: Path) -> None:
    assert archive.save(portal / "backups").stat().st_mode & 0o777 == 0o600


def test_nothing_is_replaced_without_a_word(portal: Path) -> None:
    saved = archive.save(portal / "backups")
    write(portal, "DELETE FROM plan")

    with pytest.raises(SystemExit, match="--replace"):
        archive.restore(saved, replace=False)

    assert topics(portal) == []


def test_an_archive_of_the_other_database_is_refused(portal: Path) -> None:
    saved = archive.save(portal / "backups")
    with tarfile.open(portal / "other.tar.gz", "x:gz") as other:
        other.add(portal / "media", "media")

    with pytest.raises(SystemExit, match=r"нет database\.sqlite3"):
        archive.restore(portal / "other.tar.gz", replace=True)

    assert saved.exists()
    assert topics(portal) == ["Субботник"]
