"""`GET /api/v1/accounts/verify/?url=…`: the answer of `/check/` for machines; many at once by POST of `{"urls": []}`.

HTTP 200 for every answer; 400 only when `url` is missing or longer than 2,000 characters.
"""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api import AccountSerializer, PublicView
from registry.links import MAX_LENGTH
from registry.models import SocialNetwork
from registry.verification import Answer, verify

MOST_AT_ONCE = 100


def as_json(answer: Answer) -> dict[str, Any]:
    """`{"answer", "url", "account", "lookalikes"}`; a lookalike says in `why` what it resembles by."""
    return {
        "answer": answer.verdict.value,
        "url": answer.url,
        "account": AccountSerializer(answer.account).data if answer.account else None,
        "lookalikes": [{**AccountSerializer(like.account).data, "why": like.why.value} for like in answer.lookalikes],
    }


class VerifyView(PublicView):
    """One page by its link, or up to a hundred."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: Request) -> Response:
        return Response(as_json(verify(_text(request.query_params.get("url")))))

    def post(self, request: Request) -> Response:
        urls = request.data.get("urls") if isinstance(request.data, dict) else None
        if not isinstance(urls, list) or not 0 < len(urls) <= MOST_AT_ONCE:
            raise ValidationError({"detail": _("Send {“urls”: […]} with 1 to %(n)d links.") % {"n": MOST_AT_ONCE}})
        known = list(SocialNetwork.objects.with_status())
        texts = [_text(url) for url in urls]
        return Response({"answers": [as_json(verify(text, networks=known)) for text in texts]})


def _text(url: object) -> str:
    if not isinstance(url, str) or not url.strip():
        raise ValidationError({"detail": _("Give the link to be checked in “url”.")})
    if len(url) > MAX_LENGTH:
        raise ValidationError({"detail": _("The link is longer than %(n)d characters.") % {"n": MAX_LENGTH}})
    return url
