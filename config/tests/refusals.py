"""The pages of refusal in the walk of access, which asks thousands of times for their status, never for their text."""

from collections.abc import Hashable
from typing import Any

from django.http import HttpRequest
from django.template import loader

DRAWN_ONCE = ("403.html", "404.html")


class Refusals:
    """In place of the loader of templates in `django.views.defaults`: draws a refusal once a person and room.

    The first of each kind is drawn whole, so one that cannot be drawn still fails; the next ones get its text.
    """

    def __init__(self) -> None:
        self.drawn: dict[Hashable, str] = {}

    def get_template(self, name: str) -> Any:
        template = loader.get_template(name)
        return _Refusal(self.drawn, name, template) if name in DRAWN_ONCE else template


class _Refusal:
    def __init__(self, drawn: dict[Hashable, str], name: str, template: Any) -> None:
        self.drawn, self.name, self.template = drawn, name, template

    def render(self, context: dict[str, Any], request: HttpRequest) -> str:
        match = request.resolver_match
        key = (self.name, request.user.pk, match and match.namespace)
        if key not in self.drawn:
            self.drawn[key] = self.template.render(context, request)
        return self.drawn[key]
