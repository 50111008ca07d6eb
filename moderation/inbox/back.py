"""Addresses of actions that show a page where the form was not taken: its links and a reload ask for them again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from people.http import UserRequest

View = Callable[..., HttpResponse]


def led_back(page: str) -> Callable[[View], View]:
    """Whoever comes without the form is led to the page of the same thing, what is asked for kept: `?due=overdue`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: UserRequest, **where: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, **where)
            asked = request.GET.urlencode()
            return redirect(reverse(page, kwargs=where) + (f"?{asked}" if asked else ""))

        return require_http_methods(["GET", "HEAD", "POST"])(inner)

    return wrap
