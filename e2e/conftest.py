"""The stage of the walks: the product and the people who come to it."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from person import SCREENSHOTS, Person
from playwright.sync_api import Browser
from portal import Portal

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")

# The walks begin on a Wednesday: the plan of the next week, 2026-W49, is due on Friday.
WEDNESDAY = "2026-11-25T10:00:00+07:00"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Fails, never skips, where there is no browser."""
    assert CHROMIUM, "no Chromium on this machine: apt-get install chromium"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
    return {"executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """What the first `make run` would leave on that Wednesday; never started, only copied."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    portal = Portal(tmp_path_factory.mktemp("stage"))
    portal.prepare(WEDNESDAY)
    return portal


@pytest.fixture(scope="module")
def portal(stage: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The product of one file of walks, running since that Wednesday; a walk may start it again at a later moment."""
    portal = Portal(tmp_path_factory.mktemp("portal"), like=stage)
    portal.start(WEDNESDAY)
    yield portal
    portal.stop()


@pytest.fixture
def person(portal: Portal, browser: Browser) -> Iterator[Callable[..., Person]]:
    """Makes people; when the walk ends none of their browsers may have complained."""
    people: list[Person] = []

    def come(login: str = "", **context: Any) -> Person:
        people.append(Person(portal, browser, login, **context))
        return people[-1]

    yield come
    for one in people:
        one.context.close()
    for one in people:
        one.finds_no_errors()
