"""The stage of the walks: the product, a real browser, and an eye for accessibility."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from portal import PASSWORD, ROOT, Portal

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SCREENSHOTS = ROOT / "build" / "screenshots"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Fails, never skips, where there is no browser."""
    assert CHROMIUM, "no Chromium on this machine: apt-get install chromium"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
    return {"executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The product, prepared but not started: a walk starts it at the moment it needs."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    portal = Portal(tmp_path_factory.mktemp("portal"))
    yield portal
    portal.stop()


class Person:
    """Somebody at a browser: goes places, looks, and notices what would keep others out."""

    def __init__(self, portal: Portal, browser: Browser, login: str, width: int = 1280) -> None:
        self.portal = portal
        self.name = login or "citizen"
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900}, locale="ru-RU", base_url=portal.url
        )
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: pytest.fail(f"{self.name}: {error}"))
        self.page.on("console", self._listen)
        if login:
            self.sign_in(login)

    def _listen(self, message: object) -> None:
        text = getattr(message, "text", "")
        assert "Content Security Policy" not in text, text

    def sign_in(self, login: str) -> None:
        self.page.goto("/me/login/")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/today/")

    def go(self, address: str) -> Page:
        """Opens a page that must answer 200."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{self.name}: {address} answered {answer.status}"
        return self.page

    def press(self, name: str) -> None:
        """Presses the button or link of this name and waits for the next page."""
        target = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first
        target.click()
        self.page.wait_for_load_state()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def look(self, name: str) -> None:
        """Keeps a picture at both widths and finds no accessibility violation in either."""
        for width in (1280, 390):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
            overflow = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert overflow <= 0, f"{name} at {width}: {overflow} px wider than the screen"
            violations = self._violations()
            assert violations == [], f"{name} at {width}: {violations}"
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def _violations(self) -> list[str]:
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
        return [f"{rule}: {nodes[:3]}" for rule, nodes in found]


@pytest.fixture
def person(portal: Portal, browser: Browser) -> Iterator[Callable[..., Person]]:
    """Makes people; their browsers close when the walk ends."""
    people: list[Person] = []

    def come(login: str = "", width: int = 1280) -> Person:
        people.append(Person(portal, browser, login, width))
        return people[-1]

    yield come
    for one in people:
        one.context.close()
