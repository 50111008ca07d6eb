"""An open page is small, and a reader's browser asks nobody but the portal."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.test import Client

from config.tests.stage import Place
from config.tests.test_access import quiet  # noqa: F401 - a fixture
from registry.tests.test_editions import kept_addresses, place  # noqa: F401 - a fixture

LIGHT = 60_000  # bytes without fonts
# What a browser fetches by itself; where a link leads is another thing.
FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|input)\b[^>]*?\b(?:src|srcset|data|poster)=\"([^\"]*)\""
    r"|<link\b(?=[^>]*\brel=\"(?:stylesheet|icon|preload|preconnect|dns-prefetch|manifest|modulepreload)\")"
    r"[^>]*?\bhref=\"([^\"]*)\"|<use\b[^>]*?\bhref=\"([^\"]*)\"|url\(([^)]*)\)",
    re.IGNORECASE,
)
STATIC = Path(settings.BASE_DIR) / "static"
OWN = re.compile(r"(?!//)(?:/|#|…/|\.|[\w-]+/|[\w-]+\.\w+$|data:)|http://testserver/")


def fetched(text: str) -> set[str]:
    return {next(filter(None, found), "").strip("'\" ") for found in FETCHED.findall(text)} - {""}


def test_no_open_page_fetches_anything_from_another_host(client: Client, place: Place) -> None:  # noqa: F811
    asked: dict[str, set[str]] = {}
    for address in kept_addresses(place):
        response = client.get(address)
        if "html" in response["Content-Type"]:
            asked[address] = fetched(response.content.decode())

    assert len(asked) > 10
    assert {url for found in asked.values() for url in found if not OWN.match(url)} == set()
    assert any("/static/css/app.css" in found for found in asked.values())


def test_no_style_sheet_or_script_of_ours_does_either() -> None:
    files = [path for path in STATIC.rglob("*") if path.suffix in (".css", ".js", ".svg")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}

    assert {(name, url) for name, text in texts.items() for url in fetched(text) if not OWN.match(url)} == set()
    assert [name for name, text in texts.items() if re.search(r"fetch\(\s*[\"'`](?:https?:)?//", text)] == []


def test_the_first_page_with_all_it_needs_is_light(client: Client, place: Place) -> None:  # noqa: F811
    page = client.get("/").content
    files = {url.partition("#")[0].removeprefix("/static/") for url in fetched(page.decode()) if "/static/" in url}
    parts = [page] + [(STATIC / name).read_bytes() for name in files if "fonts/" not in name]

    assert len(parts) > 5
    assert sum(len(gzip.compress(part)) for part in parts) < LIGHT
