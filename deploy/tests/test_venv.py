"""The environment is made once and filled again only when the locked requirements change."""

import importlib.util
from pathlib import Path

import pytest

from deploy import venv


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two lock files and an environment already made."""
    for name in (venv.RUNTIME, venv.DEVELOPMENT):
        (tmp_path / name).write_text(f"{name} 1")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").touch()
    monkeypatch.setattr(venv, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lock files that were installed, in order."""
    calls: list[str] = []
    monkeypatch.setattr(venv, "_install", lambda python, lock: calls.append(lock))
    return calls


def test_the_same_requirements_are_installed_once(project: Path, installed: list[str]) -> None:
    venv.ensure(folder=project / ".venv")
    venv.ensure(folder=project / ".venv")

    assert installed == [venv.RUNTIME]


def test_changed_requirements_are_installed(project: Path, installed: list[str]) -> None:
    venv.ensure(folder=project / ".venv")
    (project / venv.RUNTIME).write_text("other")
    venv.ensure(folder=project / ".venv")

    assert installed == [venv.RUNTIME, venv.RUNTIME]


def test_the_development_set_holds_the_runtime_set(project: Path, installed: list[str]) -> None:
    venv.ensure(venv.DEVELOPMENT, project / ".venv")
    venv.ensure(venv.RUNTIME, project / ".venv")

    assert installed == [venv.DEVELOPMENT]


def test_python_without_venv_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(SystemExit) as end:
        venv.ensure(folder=tmp_path / ".venv")

    assert "apt install python3-venv" in str(end.value)
