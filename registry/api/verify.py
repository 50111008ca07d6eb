"""`GET /api/v1/accounts/verify/?url=…`: the answer of `/check/` for machines; many at once by POST of `{"urls": []}`.

HTTP 200 for every answer; 400 only when `url` is missing or longer than 2,000 characters.
"""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.described import AnswerSerializer, asked, extend_schema, inline_serializer, refusals
from registry.api.problems import Refused
from registry.api.reading import PublicView
from registry.api.rows import AccountSerializer
from registry.links import MAX_LENGTH
from registry.models import SocialNetwork
from registry.verification import Answer, verify

MOST_AT_ONCE = 100
_ONE = serializers.CharField(max_length=MAX_LENGTH)
_MANY = serializers.ListField(child=_ONE, min_length=1, max_length=MOST_AT_ONCE)
_BATCH = inline_serializer("Batch", {"urls": _MANY})
_ANSWERS = inline_serializer("Answers", {"answers": AnswerSerializer(many=True)})
_URL = asked("url", {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH}, required=True)


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
    known = None  # a link pasted without quoting brings parameters of its own

    @extend_schema(operation_id="verify", parameters=[_URL], responses={200: AnswerSerializer, **refusals(400)})
    def get(self, request: Request) -> Response:
        return Response(as_json(verify(_text(request.query_params.get("url")))))

    @extend_schema(operation_id="verify_many", request=_BATCH, responses={200: _ANSWERS, **refusals(400, 413, 415)})
    def post(self, request: Request) -> Response:
        urls = request.data.get("urls") if isinstance(request.data, dict) else None
        if not isinstance(urls, list) or not 0 < len(urls) <= MOST_AT_ONCE:
            raise Refused(_("Send {“urls”: […]} with 1 to %(n)d links.") % {"n": MOST_AT_ONCE})
        known = list(SocialNetwork.objects.with_status())
        texts = [_text(url) for url in urls]
        return Response({"answers": [as_json(verify(text, networks=known)) for text in texts]})


def _text(url: object) -> str:
    if not isinstance(url, str) or not url:
        raise Refused(_("Give the link to be checked in “url”."))
    if len(url) > MAX_LENGTH:
        raise Refused(_("The link is longer than %(n)d characters.") % {"n": MAX_LENGTH})
    # Halves of characters and zero bytes are in no link, and no database takes them.
    return url.encode("utf-8", "replace").decode().replace("\0", "?")
