"""The first start leaves a secret key and a password that later starts show again."""

import stat
from pathlib import Path

import pytest

from deploy import dotenv


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a first start."""
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    dotenv.ensure(tmp_path / ".env")
    return tmp_path / ".env"


def test_only_the_owner_reads_the_secret(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_kept(file: Path) -> None:
    before = file.read_text()

    dotenv.ensure(file)

    assert file.read_text() == before


def test_two_portals_have_two_keys(file: Path, tmp_path: Path) -> None:
    dotenv.ensure(tmp_path / "other")

    assert dotenv.read(file)["SECRET_KEY"] != dotenv.read(tmp_path / "other")["SECRET_KEY"]


def test_a_generated_password_is_remembered(file: Path) -> None:
    assert dotenv.demo_password(file) == dotenv.demo_password(file)


def test_a_given_password_is_remembered(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "пароль для показа")
    dotenv.demo_password(file)
    monkeypatch.delenv("DEMO_PASSWORD")

    assert dotenv.demo_password(file) == "пароль для показа"


def test_the_environment_goes_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "of the environment")

    assert dotenv.value("SECRET_KEY", path=file) == "of the environment"


def test_quotes_and_comments_are_understood(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# A=1\nB = 'two words'\nexport C=\"3\"\n\nD=\n")

    assert dotenv.read(tmp_path / ".env") == {"B": "two words", "C": "3", "D": ""}
