"""The browser keeps what is typed until the server has it (static/js/kept-text.js): that it has is said here."""

from django.http import HttpRequest, HttpResponse

SAVED_COOKIE = "plan_saved"


def forget(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """With this answer the browser forgets its own copy of what was typed under the key."""
    response.set_cookie(SAVED_COOKIE, key, max_age=600, samesite="Lax", secure=request.is_secure())
