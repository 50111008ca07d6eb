"""Small things every writing view needs: the revision seen, where "too late" leads, what the browser forgets."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse

from people.http import TooLate

SAVED_COOKIE = "plan_saved"  # read by static/js/plan-draft.js


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


def forget_draft(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Tells the browser that the text kept under the key has reached the server."""
    response.set_cookie(SAVED_COOKIE, key, max_age=600, samesite="Lax", secure=request.is_secure())
