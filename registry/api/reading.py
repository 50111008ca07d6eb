"""How the API reads what it is sent, and the view that all of its addresses share."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people import rates
from registry.api.problems import Refused, TooLarge
from registry.api.throttling import WindowThrottle

LARGEST_BODY = 2 * 1024 * 1024  # a hundred links of 2,000 characters, each written as \uXXXX, fit in


class BoundedJson(parsers.JSONParser):
    """JSON of a bounded size; brackets within brackets without end are no JSON either."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        length = parser_context["request"].META.get("CONTENT_LENGTH") if parser_context else ""
        if int(length or 0) > LARGEST_BODY:
            raise TooLarge(_("The body of the request is larger than 2 MB."))
        try:
            return super().parse(stream, media_type, parser_context)
        except (RecursionError, LookupError) as error:
            raise ParseError from error


class PublicView(APIView):
    """Readable by a page of any site: no cookies are looked at, so there is nothing to steal."""

    http_method_names = ["get", "head", "options"]
    parser_classes = [BoundedJson]
    throttle_classes = [WindowThrottle]
    kept = "whole"  # see registry.kept; "" where an answer depends on the hour or on who asks
    known: frozenset[str] | None = frozenset()  # the parameters of the address; None: any

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        unknown = sorted(set(request.query_params) - self.known) if self.known is not None else []
        if unknown and request.method in ("GET", "HEAD"):
            # A mistyped filter must not quietly give everything.
            raise Refused(_("There is no parameter “%(name)s”.") % {"name": unknown[0]})

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        state = vars(request).get("rate_state")
        if isinstance(state, rates.State):
            state.write(response)
        return response


def number(request: Request, name: str, default: int) -> int:
    """A parameter that counts something."""
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)):
        raise Refused(_("“%(name)s” must be a number from 1.") % {"name": name})
    return int(text)
