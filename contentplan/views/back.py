"""Small things every writing view needs: the revision seen, where "too late" leads, what the browser forgets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contentplan import drafts
from people.http import TooLate, UserRequest
from review import taken

View = Callable[..., HttpResponse]

# A form far down a page posts to its own place there, so that a refusal is seen; a success leads to the top.
TOP = "#top"


def asked(request: HttpRequest, name: str) -> str:
    """What the address asks for, or the form that keeps it; NUL, which PostgreSQL cannot hold, is nothing.

    A browser ends lines with CR LF, but counts one character of them against a field's limit: so does the portal.
    """
    return (request.GET.get(name) or request.POST.get(name) or "").replace("\0", "").replace("\r\n", "\n").strip()


def seen_revision(request: HttpRequest) -> int:
    """The revision the page was made from; 0, which is never current, when the form did not say."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() else 0


@contextmanager
def back_to(address: str) -> Iterator[None]:
    """Gives a TooLate raised inside the page it leads back to."""
    try:
        yield
    except TooLate as error:
        error.back = error.back or address
        raise


def form_of(page: str) -> Callable[[View], View]:
    """For a view that takes a form of the page with the same arguments.

    Whoever comes without one (signed in anew, opened the address of a refusal again) is led to the page, which asks
    for access itself.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return view(request, **kwargs) if request.method == "POST" else redirect(page, **kwargs)

        return require_http_methods(["GET", "HEAD", "POST"])(inner)

    return decorate


def forget_draft(request: UserRequest, response: HttpResponse, key: str) -> None:
    """What was typed under the key is taken: the copy here goes, and the browser is told to forget its own."""
    drafts.forget(request.user, key)
    taken.forget(request, response, key)
