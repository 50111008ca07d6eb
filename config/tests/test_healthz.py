"""/healthz says in one word each whether the parts of the portal are well."""

import time
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from pytest_django.fixtures import Settings

from config import health, tasks

WELL = {"well": True, "database": "ok", "cache": "ok", "storage": "ok", "background": "ok"}


@pytest.fixture(autouse=True)
def forgotten(db: None) -> None:
    """No heartbeat of another test."""
    cache.delete(health.HEARTBEAT)


@pytest.fixture
def running_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A web process that started longer ago than a heartbeat may be late."""
    monkeypatch.setattr(health, "_STARTED", time.monotonic() - health.LATE - 1)


def test_a_portal_that_has_just_started_is_well(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, WELL)


def test_beat_and_worker_show_signs_of_life(client: Client, running_long: None) -> None:
    tasks.heartbeat.delay()

    assert client.get("/healthz").json() == WELL


def test_silence_of_beat_or_worker_is_noticed(client: Client, running_long: None) -> None:
    cache.set(health.HEARTBEAT, time.time() - health.LATE - 1, timeout=None)

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {**WELL, "well": False, "background": "late"})


def test_a_dead_database_is_named_without_its_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> str:
        raise DatabaseError("connection to 10.0.0.5 as glashatay failed")

    monkeypatch.setattr(health, "database", fail)

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {**WELL, "well": False, "database": "DatabaseError"})


def test_a_folder_that_is_gone_is_noticed(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "gone"

    assert client.get("/healthz").json()["storage"] == "FileNotFoundError"
