"""Open pages are rendered once for an edition and kept: a news day costs one query a request (ADR 16).

`@kept` stands on a view that shows everybody the same: it may look at the address, the look of the pages (cookie of
the panel), the day, and tables of its areas (`editions.AREAS`), and at nothing else. `@tagged` stands on one that
streams a file: the file is not kept, but whoever has it is told so before it is made. `@of_areas` says which areas a
view reads, where it is not the registry alone.

Neither is for anybody with a session, a message or a key; nothing is kept that sets a cookie, is not 200, or says that
it is private. Each process keeps its own answers, and none of them can be stale: the number of the edition, which all
processes share in the database, is part of the key.
"""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_etags

from people import display
from registry import editions
from registry.api.throttling import WindowThrottle

MOST_ANSWERS = 1000
LARGEST = 512 * 1024  # bytes of one page; a larger one is rendered each time
SECONDS = 3600  # an answer of an edition that is gone need not wait for its place to be taken
SMALLEST_PACKED = 200  # as GZipMiddleware: less than this does not get smaller
_STORE = LocMemCache("registry.kept", {"timeout": SECONDS, "max_entries": MOST_ANSWERS})
# After an edit everybody asks for the same page at once: one renders it, the others wait for that.
_TURNS = [Lock() for _ in range(64)]
_OWN_HEADERS = re.compile("content-length|etag|date|ratelimit-.*", re.IGNORECASE)
_API = "/api/"

View = TypeVar("View", bound=Callable[..., Any])
Handler = Callable[[HttpRequest], HttpResponseBase]


def kept(view: View) -> View:
    """Marks an open view whose answer may be kept. Stands below the decorators that only refuse methods."""
    view.kept = "whole"  # type: ignore[attr-defined]
    return view


def tagged(view: View) -> View:
    """Marks an open view that streams: asked again with its tag in the same edition, it answers 304 unmade."""
    view.kept = "tag"  # type: ignore[attr-defined]
    return view


def of_areas(*areas: int) -> Callable[[View], View]:
    """Says which areas of `editions.AREAS` the view reads; without it the registry alone."""

    def say(view: View) -> View:
        view.areas = areas  # type: ignore[attr-defined]
        return view

    return say


def forget() -> None:
    """Empties the store of this process."""
    _STORE.clear()


@dataclass(frozen=True)
class _Answer:
    """What is kept: headers, the packed body, its length unpacked."""

    headers: list[tuple[str, str]]
    packed: bytes
    length: int
    etag: str


def middleware(get_response: Handler) -> Handler:
    """Stands outside of everything that reads cookies, and of what writes the policies: they are kept with the page."""

    def keep(request: HttpRequest) -> HttpResponseBase:
        view = _view(request.path_info) if request.method in ("GET", "HEAD") else None
        how = _mark(view)
        numbers = _numbers(view) if how and settings.KEEP_PAGES and _is_anybody(request) else (0,)
        if not all(numbers):
            return _for_one(get_response(request)) if how else get_response(request)
        key, edition = _key(request, numbers), max(numbers)
        if how == "tag":
            return _stream(request, key, get_response)
        answer = _STORE.get(key)
        if answer is None:
            with _TURNS[int(key[:8], 16) % len(_TURNS)]:
                # Whoever waited for the one who renders it finds it there.
                answer = _STORE.get(key)
                if answer is None:
                    return _render(request, key, edition, get_response)
        return _counted(request, _give(request, answer, edition)) or get_response(request)

    return keep


def mark_of(path: str) -> str:
    """What the view behind a path is marked with: "whole", "tag", or "" for what is never kept."""
    return _mark(_view(path))


def _view(path: str) -> object:
    try:
        return resolve(path).func
    except Resolver404:
        return None


def _mark(view: object) -> str:
    return str(getattr(view, "kept", "") or getattr(getattr(view, "cls", None), "kept", ""))


def _numbers(view: object) -> tuple[int, ...]:
    return editions.numbers(getattr(view, "areas", (editions.REGISTRY,)))


def _is_anybody(request: HttpRequest) -> bool:
    """Nobody in particular: no session, no message that waits, no key."""
    private = {settings.SESSION_COOKIE_NAME, "messages"}
    return private.isdisjoint(request.COOKIES) and "Authorization" not in request.headers


def _for_one(response: HttpResponseBase) -> HttpResponseBase:
    """The page of a person with a session is no page for others."""
    if settings.KEEP_PAGES and not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_cache=True)
    return response


def _key(request: HttpRequest, numbers: tuple[int, ...]) -> str:
    """All that an answer depends on."""
    asked = sorted(request.GET.lists())
    look = sorted(display.chosen(request.COOKIES).items())
    accepted = request.headers.get("Accept", "") if request.path_info.startswith(_API) else ""
    where = (request.scheme, request.get_host(), request.path, asked, look, accepted)
    return sha256(repr((where, numbers, timezone.localdate())).encode("utf-8", "surrogatepass")).hexdigest()


def _render(request: HttpRequest, key: str, edition: int, get_response: Handler) -> HttpResponseBase:
    response = get_response(request)
    if request.method != "GET" or not isinstance(response, HttpResponse) or not _may_keep(response):
        return response
    _for_everybody(response)
    digest = sha256(response.content).hexdigest()[:32]
    headers = [pair for pair in response.items() if not _OWN_HEADERS.fullmatch(pair[0])]
    answer = _Answer(headers, gzip.compress(response.content, 6, mtime=0), len(response.content), f'W/"{digest}"')
    _STORE.set(key, answer)
    given = _give(request, answer, edition)
    for name, value in response.items():
        if name.lower().startswith("ratelimit-"):
            given[name] = value
    return given


def _may_keep(response: HttpResponse) -> bool:
    private = {"private", "no-store"} & set(re.split(r"[,\s]+", response.get("Cache-Control", "").lower()))
    coded = response.has_header("Content-Encoding")
    return response.status_code == 200 and not (response.cookies or private or coded or len(response.content) > LARGEST)


def _for_everybody(response: HttpResponseBase) -> None:
    """Any cache may keep the page and asks again before it shows it: an edit is seen at once."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ["Accept-Encoding"])


def _for_files(response: HttpResponseBase, tag: str) -> None:
    _for_everybody(response)
    patch_vary_headers(response, ["Cookie"])
    response["ETag"] = tag


def _give(request: HttpRequest, answer: _Answer, edition: int) -> HttpResponse:
    packs = answer.length >= SMALLEST_PACKED and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(answer.packed if packs else gzip.decompress(answer.packed), headers=dict(answer.headers))
    if packs:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    response["ETag"] = answer.etag
    modified = _date(response, edition)
    given = get_conditional_response(request, answer.etag, modified, response)
    return given if isinstance(given, HttpResponse) else response


def _date(response: HttpResponse, edition: int) -> int | None:
    """For readers of feeds that know no tags: since when the answer is what it is, seconds; None for other answers.

    It is the edition's own second, never that of the newest row: what was withdrawn leaves an older row the newest. As
    long as that second lasts another edition may fall into it, and no date is told.
    """
    if not response.has_header("Last-Modified"):
        return None
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    since = max(edition // 1000, int(midnight.timestamp()))
    if since >= int(timezone.now().timestamp()):
        del response["Last-Modified"]
        return None
    response["Last-Modified"] = http_date(since)
    return since


def _counted(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """An answer of the API counts like any other; None when the asker has had enough."""
    if not request.path_info.startswith(f"{_API}v"):
        return response
    state = WindowThrottle().count(request)
    state.write(response)
    return None if state.is_over else response


def _stream(request: HttpRequest, key: str, get_response: Handler) -> HttpResponseBase:
    """The tag is that of all the answer depends on: who has it got it with a 200."""
    tag = f'W/"{key[:32]}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        unchanged = HttpResponse(status=304)
        _for_files(unchanged, tag)
        return unchanged
    response = get_response(request)
    if response.status_code == 200 and not response.cookies:
        _for_files(response, tag)
    return response
