"""Between the API and the browser: no cookie comes in, none goes out, and what has not changed is not sent again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag

ADDRESS = "/api/v"
KEPT = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
Answer = Callable[[HttpRequest], HttpResponse]


def middleware(get_response: Answer) -> Answer:
    """Stands above the session: whoever is signed in gets what everybody gets, and any cache may keep it."""

    def without_cookies(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ADDRESS):
            return get_response(request)
        request.COOKIES.clear()
        response = get_response(request)
        _forget_cookies(response)
        return _conditional(request, response)

    return without_cookies


def _forget_cookies(response: HttpResponse) -> None:
    response.cookies.clear()
    names = [name.strip() for name in response.get("Vary", "").split(",")]
    vary = ", ".join(name for name in names if name and name.lower() != "cookie")
    del response["Vary"]
    if vary:
        response["Vary"] = vary


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 for whoever has this answer already; every cache asks again before it gives an answer from its store."""
    private = "no-store" in response.get("Cache-Control", "")
    if private or request.method not in ("GET", "HEAD") or response.status_code != 200:
        return response
    response["Cache-Control"] = "public, no-cache"
    if request.method == "GET":
        set_response_etag(response)
    answer = get_conditional_response(request, response.get("ETag"), None, response) or response
    for name in KEPT:
        if name in response:
            answer[name] = response[name]
    return answer
