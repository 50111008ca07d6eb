"""Two small things done once for every request: the person's time zone, and `TooLate` as a sentence."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from people.http import TooLate

Handler = Callable[[HttpRequest], HttpResponse]


def zone(get_response: Handler) -> Handler:
    """Dates on the page are in the zone of the person's first organization."""

    def middleware(request: HttpRequest) -> HttpResponse:
        memberships = request.user.current_memberships if request.user.is_authenticated else []
        if not memberships:
            return get_response(request)
        with timezone.override(memberships[0].organization.zone):
            return get_response(request)

    return middleware


class too_late:  # noqa: N801 - named like the function middleware beside it; only a class gets process_exception
    """Turns a lost race into a sentence on the page the person came from."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, TooLate):
            return None
        messages.warning(request, error.sentence)
        return _back(request, error.back)


def _back(request: HttpRequest, address: str) -> HttpResponseRedirect:
    came_from = address or request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        return HttpResponseRedirect(came_from)
    return redirect(resolve_url("compliance:today"))
