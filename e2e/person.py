"""Somebody at a browser, with an eye for what would keep others out."""

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect
from portal import PASSWORD, PATIENCE, ROOT, Portal

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SCREENSHOTS = ROOT / "build" / "screenshots"

# Wide and narrow screens, and what a screen of 1280 pixels is at 200 %.
WIDE, NARROW, ENLARGED = 1280, 390, 640


class Person:
    """Goes places, presses, looks; what the browser complains of on the way is kept in `errors`."""

    def __init__(self, portal: Portal, browser: Browser, login: str, **context: Any) -> None:
        self.portal = portal
        self.name = login or "citizen"
        self.errors: list[str] = []
        size, russian = {"width": WIDE, "height": 900}, {"locale": "ru-RU", "timezone_id": "Asia/Tomsk"}
        # Without motion a change of colours is over at once.
        options = {"viewport": size, "reduced_motion": "reduce", **russian, **context}
        self.context: BrowserContext = browser.new_context(base_url=portal.url, **options)
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._listen)
        if login:
            self.sign_in(login)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        self.go("/me/login/")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", password)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/today/")

    def go(self, address: str, status: int = 200) -> Page:
        """Opens a page that must answer so."""
        answer = self.page.goto(address)
        assert answer is not None
        log = self.portal.log("web") if answer.status == 500 else ""
        assert answer.status == status, f"{self.name}: {address} answered {answer.status} {log}"
        if status >= 400:
            # The browser reports the very answer that was asked for.
            self.errors = [error for error in self.errors if f"status of {status}" not in error]
        return self.page

    def press(self, name: str | Locator) -> None:
        """Presses the button or link of this name and waits for the page it leads to."""
        target = self.control(name) if isinstance(name, str) else name
        with self.page.expect_navigation():
            target.click()

    def control(self, name: str) -> Locator:
        """The button or link of the page itself, not of its frame; its name may go on with the letter of a key."""
        main = self.page.locator("main")
        return main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first

    def tab_to(self, target: Locator, limit: int = 120) -> None:
        """Goes on with the Tab key until the element has the focus."""
        for _ in range(limit):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.name}: Tab never reaches {target}")

    def sees(self, text: str) -> None:
        expect(self.page.locator("main"), f"{self.name} at {self.page.url}").to_contain_text(text, use_inner_text=True)

    def sees_not(self, text: str) -> None:
        """Of a page that has been seen to be there."""
        expect(self.page.locator("body")).not_to_contain_text(text)

    def waits_for(self, text: str) -> None:
        """Looks again and again until the worker has done its part."""
        until = time.monotonic() + PATIENCE
        while text not in self.page.inner_text("main"):
            assert time.monotonic() < until, f"{self.name}: no «{text}» at {self.page.url}: {self.portal.log('worker')}"
            self.page.reload()

    def look(self, name: str) -> None:
        """Keeps pictures; nothing may be wider than the screen, break accessibility or make the browser complain."""
        for width in (ENLARGED, NARROW, WIDE):
            self.page.set_viewport_size({"width": width, "height": 900})
            overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, f"{name} at {width}: {overflow} px wider than the screen"
            if width != ENLARGED:
                self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
                self._find_no_violation(f"{name} at {width}")
        self.page.emulate_media(color_scheme="dark")
        # The admin changes its colours slowly, whatever the reader asked for.
        self.page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
        self._find_no_violation(f"{name} in the dark")
        self.page.emulate_media(color_scheme="light")
        self.finds_no_errors(name)

    def finds_no_errors(self, where: str = "") -> None:
        assert self.errors == [], f"{self.name} {where}: {self.errors}"

    def _find_no_violation(self, where: str) -> None:
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
        assert found == [], f"{where}: " + "; ".join(f"{rule}: {nodes[:3]}" for rule, nodes in found)
