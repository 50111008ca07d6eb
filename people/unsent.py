"""A form sent after the session had ended: what was typed waits in the browser's new session until its writer is back.

The form names whose it is: its field `key` begins with the person's number. Whoever else signs in in that browser
never gets it.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

UNSENT = "unsent"
MOST_CHARACTERS = 200_000

View = Callable[..., HttpResponse]


def keeps_typed(view: View) -> View:
    """Marks a view whose form must not be lost. Stands above every other decorator."""
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


class middleware:  # noqa: N801 - named like the other middleware; only a class gets process_view
    """Stands before LoginRequiredMiddleware, which leads away from the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        if request.method != "POST" or request.user.is_authenticated or not getattr(view, "keeps_typed", False):
            return
        pairs = [[name, value] for name, values in request.POST.lists() for value in values]
        if sum(len(name) + len(value) for name, value in pairs) <= MOST_CHARACTERS:
            request.session[UNSENT] = {"key": request.POST.get("key", ""), "data": pairs}


def claim(request: HttpRequest) -> tuple[str, list[list[str]]] | None:
    """Key and fields of what this person typed before they were signed out; what is another's is thrown away."""
    kept = request.session.pop(UNSENT, None)
    if not kept or not str(kept["key"]).startswith(f"{request.user.pk}-"):
        return None
    return kept["key"], kept["data"]
