"""The API described: a page for people, OpenAPI 3 for programs."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from people import rules
from people.models import User
from registry.api.described import extend_schema
from registry.api.pages import MAX_PAGE_SIZE
from registry.api.reading import PublicView
from registry.api.verify import MOST_AT_ONCE
from registry.kept import kept


class OpenApiView(PublicView):
    """OpenAPI 3 of everything below `/api/v1/`."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(SchemaGenerator().get_schema(request=None, public=True))  # type: ignore[no-untyped-call]


@require_safe
@login_not_required
@kept
def documentation(request: HttpRequest) -> HttpResponse:
    """How to ask, what comes back, how often one may."""
    rates = {name: _in_words(rate) for name, rate in settings.API_RATES.items()}
    words: dict[str, Any] = {"site": settings.SITE_URL, "rates": rates, "most": MOST_AT_ONCE, "largest": MAX_PAGE_SIZE}
    words["can_see_keys"] = isinstance(request.user, User) and rules.can_see_keys(request.user)
    return render(request, "registry/api_documentation.html", words)


def _in_words(rate: str) -> str:
    number, _slash, period = rate.partition("/")
    sentences = {
        "s": _("requests in a second: %(n)s"),
        "m": _("requests in a minute: %(n)s"),
        "h": _("requests in an hour: %(n)s"),
        "d": _("requests in a day: %(n)s"),
    }
    return sentences[period[0]] % {"n": number}
