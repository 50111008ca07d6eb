"""A webmaster puts the registry on a page of another site whose policy forbids nearly everything."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from person import Person
from playwright.sync_api import Page, expect
from portal import Portal

Come = Callable[..., Person]
VK = "https://vk.com/glashatay_demo_urtam"


class Site:
    """A little site on another port: one page, served with a policy of its own."""

    def __init__(self) -> None:
        self.body = self.policy = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                head = '<!doctype html><html lang="ru"><head><title>Уртам</title></head>'
                page = f"{head}<body>{site.body}</body></html>"
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", site.policy)
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_arguments: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()


def shown(person: Person, site: Site, body: str, policy: str) -> Page:
    site.body, site.policy = body, f"default-src 'none'; base-uri 'none'; {policy}"
    person.go(site.url)
    return person.page


def line(person: Person, name: str) -> str:
    return person.page.locator(f"#line-{name}").input_value()


def test_a_webmaster_embeds_the_registry_under_a_strict_policy(person: Come, portal: Portal, site: Site) -> None:
    webmaster = person()
    webmaster.go("/widget/?organization=urtamskoe&level=3&lang=ru&size=100")
    expect(webmaster.page.locator(".widget-preview a").first).to_have_attribute("href", VK)
    webmaster.look("widget")
    names = ("script", "script-list", "frame", "frame-script", "html")
    script, _with_list, frame, frame_script, html = (line(webmaster, name) for name in names)

    webmaster.context.clear_cookies()  # those of the page of lines, which is no widget
    page = shown(webmaster, site, script, f"script-src {portal.url}; connect-src {portal.url}")
    expect(page.get_by_role("heading", level=3)).to_have_text("Официальные страницы в социальных сетях")
    expect(page.get_by_role("link", name="ВКонтакте")).to_have_attribute("href", VK)
    assert webmaster.context.cookies(site.url) == webmaster.context.cookies(portal.url) == []

    page = shown(webmaster, site, frame + frame_script, f"frame-src {portal.url}; script-src {portal.url}")
    expect(page.frame_locator("iframe").get_by_role("link", name="ВКонтакте")).to_have_attribute("href", VK)
    expect(page.locator("iframe")).not_to_have_attribute("height", "250")

    page = shown(webmaster, site, html, "")
    expect(page.get_by_role("link", name="ВКонтакте")).to_have_attribute("href", VK)

    page = shown(webmaster, site, frame, f"frame-src {portal.url}")
    assert page.frame_locator("iframe").get_by_role("link", name="Проверено: реестр").count() == 1


def test_the_list_stays_when_the_portal_does_not_answer(person: Come, portal: Portal, site: Site) -> None:
    webmaster = person()
    webmaster.go("/widget/?organization=urtamskoe")
    with_list = line(webmaster, "script-list")
    webmaster.context.route(f"{portal.url}/**", lambda route: route.abort())

    page = shown(webmaster, site, with_list, f"script-src {portal.url}; connect-src {portal.url}")

    expect(page.get_by_role("link", name="ВКонтакте")).to_have_attribute("href", VK)
    webmaster.errors = [error for error in webmaster.errors if "ERR_FAILED" not in error]
