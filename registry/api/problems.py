"""Every refusal below `/api/` has one shape, RFC 9457: `{"type", "title", "status", "detail"}`, never a page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from rest_framework import exceptions, status
from rest_framework.response import Response

from people import api_keys

CONTENT_TYPE = "application/problem+json"
HOME = "/api/"

TITLES: dict[int, Promise] = {
    400: _("The request cannot be understood"),
    **api_keys.TITLES,
    404: _("There is nothing here"),
    405: _("This cannot be done here"),
    406: _("There are answers in JSON only"),
    413: _("The request is too large"),
    415: _("The request must be JSON"),
    429: _("Too many requests"),
    500: _("The portal has failed"),
}

# What the program itself refuses; a view that refuses says so in its own sentence.
_SENTENCES: list[tuple[type[exceptions.APIException], Promise]] = [
    (exceptions.ParseError, _("The body of the request is not JSON.")),
    (exceptions.UnsupportedMediaType, _("Send the body as JSON, with “Content-Type: application/json”.")),
    (exceptions.MethodNotAllowed, _("This address does not take such requests; the header Allow names what it takes.")),
    (exceptions.NotAcceptable, _("Ask for “Accept: application/json” or leave this header out.")),
]


class Refused(exceptions.APIException):
    """A parameter or a body that means nothing; the sentence says what to send instead."""

    status_code = status.HTTP_400_BAD_REQUEST


class TooLarge(exceptions.APIException):
    """A body that nobody needs to send."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


def body_of(code: int, detail: str) -> dict[str, Any]:
    """The one shape."""
    return {"type": "about:blank", "title": str(TITLES.get(code, TITLES[400])), "status": code, "detail": detail}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """For Django REST framework. What is no refusal at all is Django's to report: `server_error` then answers."""
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if not isinstance(error, exceptions.APIException):
        return None
    response = Response(body_of(error.status_code, _sentence(error)), error.status_code, content_type=CONTENT_TYPE)
    if isinstance(error, exceptions.Throttled):
        response["Retry-After"] = str(_seconds(error))
    for name, value in vars(error).get("headers", {}).items():
        response[name] = value
    return response


def _seconds(error: exceptions.Throttled) -> int:
    """How long to wait; its types do not know of `wait`."""
    return int(vars(error)["wait"] or 1)


def _sentence(error: exceptions.APIException) -> str:
    if isinstance(error, exceptions.Throttled):
        return gettext("Too many requests. Ask again in %(n)d seconds.") % {"n": _seconds(error)}
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return str(sentence)
    return str(error.detail)


# --- what Django itself refuses: the handlers of config/urls.py ------------------------------------------


def _below(request: HttpRequest) -> bool:
    return request.path_info.startswith(HOME)


def _plain(code: int, detail: str) -> HttpResponse:
    return JsonResponse(body_of(code, detail), status=code, content_type=CONTENT_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 before any view was found."""
    if _below(request):
        return _plain(400, gettext("The request is broken."))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 of an address that is none."""
    if _below(request):
        return _plain(404, gettext("There is no such address. All addresses of the API stand at /api/v1/."))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the log of the server knows more."""
    if _below(request):
        return _plain(500, gettext("The portal has failed. Try again later; if it happens again, tell its keepers."))
    return defaults.server_error(request)
