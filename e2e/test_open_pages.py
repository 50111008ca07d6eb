"""What anybody may open: reachable for everybody, light, from this host alone, and of use without scripts."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from person import Person
from playwright.sync_api import Request, expect

Come = Callable[..., Person]

CHILINO = "vk.com/glashatay_demo_chilino"
# name → address; cards and answers of the registry's own pages are found on the way. The frame of the widget is looked
# at inside the page of the widget: its headings go on from those of the page around it.
PAGES = {
    "list": "/",
    "network": "/?network=ok",
    "body": "/?organization=chilinskoe",
    "nothing": "/?q=такого органа нет",
    "check": "/check/",
    "check-official": f"/check/?url={CHILINO}",
    "check-alike": f"/check/?url={CHILINO}0",
    "check-not-listed": "/check/?url=vk.com/sovsem_drugaya_stranica",
    "check-prohibited": "/check/?url=facebook.com/kozhevnikovo",
    "check-unreadable": "/check/?url=просто слова",
    "check-long": f"/check/?url={quote('vk.com/' + 'a' * 1990)}",
    "fakes": "/fakes/",
    "report": "/fakes/report/",
    "thanks": "/fakes/thanks/",
    "opendata": "/opendata/",
    "terms": "/opendata/terms/",
    "api": "/api/",
    "widget": "/widget/",
    "widget-ready": "/widget/?organization=chilinskoe",
    "sign-in": "/me/login/",
    "lost-password": "/me/password/reset/",
    "display": "/display/",
    "changes": "/changes/",
    # The demonstration has decisions: one that stands, one with an open objection, one answered, criticism that stayed.
    "moderation": "/moderation/",
    "decision": "/moderation/check/?number=м 2026 3",
    "decision-objected": "/moderation/check/?number=2",
    "decision-answered": "/moderation/check/?number=1",
    "decision-kept": "/moderation/check/?number=10",
    "decision-record": "/moderation/check/?number=12",
    "decision-unknown": "/moderation/check/?number=999999",
    "decision-unreadable": "/moderation/check/?number=просто слова",
    "objection": "/moderation/check/3/object/",
    "objection-waits": "/moderation/check/2/object/",
    "outcome": "/moderation/outcome/",
}
LIGHT = 60_000  # bytes of the first page without fonts
FONTS = ("font",)


def found(person: Person) -> dict[str, str]:
    """Open pages whose addresses the registry itself tells: a card, its sign, the passport, other answers."""
    ask = person.context.request
    rows = ask.get("/api/v1/accounts/?page_size=100").json()["results"]
    first = {row["status"]: row for row in reversed(rows)}
    pages = {f"card-{status}": f"/accounts/{row['id']}/" for status, row in first.items()}
    pages |= {f"check-{status}": f"/check/?url={quote(row['url'])}" for status, row in first.items() if row["url"]}
    pages["sign"] = f"/accounts/{first['active']['id']}/sign/"
    text = ask.get("/opendata/").text()
    passport = re.search(r'href="(/opendata/[\w-]+/)"', text.replace("/opendata/terms/", ""))
    return pages | ({"passport": passport[1]} if passport else {})


def test_every_open_page_is_for_everybody(person: Come) -> None:
    """At 1280, at 390, at 200 %, in the dark: nothing sideways, nothing axe finds, nothing from another host."""
    citizen = person()
    asked: list[Request] = []
    citizen.page.on("request", lambda request: asked.append(request))

    wrong = []
    for name, address in {**PAGES, **found(citizen)}.items():
        citizen.go(address)
        try:
            citizen.look(f"open-{name}")
        except AssertionError as fault:  # all of them at once
            wrong.append(str(fault))
            citizen.errors.clear()

    own = urlsplit(citizen.portal.url).netloc
    elsewhere = {request.url for request in asked if urlsplit(request.url).netloc not in (own, "")}
    assert wrong == []
    assert len(asked) > len(PAGES)
    assert elsewhere == set()


def test_the_pages_of_moderation_say_what_they_are_looked_at_for(person: Come) -> None:
    """Real decisions in each state, on the narrowest of screens."""
    citizen = person(viewport={"width": 320, "height": 640})
    said = {
        "moderation": "Критика и жалоба — не основание",
        "decision": "Возразить можно до",
        "decision-objected": "рассматривают по одному",
        "decision-answered": "Другой модератор рассмотрел",
        "decision-kept": "ничего не удалено и не скрыто",
        "decision-record": "об этом решении",
        "objection": "Почему решение неверно",
        "objection-waits": "рассматривают по одному",
    }

    for name, words in said.items():
        citizen.go(PAGES[name])
        citizen.sees(words)
        wide = citizen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name}: {wide} px wider than the screen"


def test_the_first_page_is_light(person: Come) -> None:
    citizen = person()
    came: list[Any] = []
    citizen.page.on("requestfinished", lambda request: came.append(request))

    citizen.go("/")
    citizen.page.wait_for_load_state("networkidle")

    weights = {
        urlsplit(request.url).path: request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]
        for request in came
        if request.resource_type not in FONTS
    }
    assert len(weights) > 4
    assert sum(weights.values()) <= LIGHT, json.dumps(weights, indent=1)


def test_a_citizen_needs_no_scripts(person: Come) -> None:
    citizen = person(java_script_enabled=False)
    page = citizen.page
    citizen.go("/")
    page.locator("[name=q]").first.fill("чилинское")
    citizen.press(page.get_by_role("button", name="Найти"))
    expect(page.locator("article.card")).to_have_count(1)
    citizen.press(page.locator("article.card .account a").first)
    citizen.sees("Чилино сегодня (демо)")

    citizen.go("/check/")
    page.locator("main [name=url]").fill(f"{CHILINO}0")
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    citizen.sees("Чилино сегодня (демо)")

    citizen.go(f"/fakes/report/?url={CHILINO}0")
    page.locator("main [name=words]").fill("Просят денег от имени главы")
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_url("**/fakes/thanks/")

    citizen.go("/widget/")
    page.locator("main [name=organization]").select_option("chilinskoe")
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    assert "<script" in page.locator("main textarea").first.input_value()

    citizen.go("/")
    page.locator("footer").get_by_role("link", name="Версия для слабовидящих").click()
    page.get_by_label("200 %").check()
    citizen.press("Применить")
    expect(page.locator("html")).to_have_attribute("data-size", "200")
