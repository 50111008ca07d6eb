"""The words of OpenAPI that several addresses share: shapes of pages, parameters, refusals."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from registry.api.rows import AccountSerializer


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal, RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()


class LookalikeSerializer(AccountSerializer):
    """A real page that resembles the one asked about, and by what."""

    why = serializers.CharField()

    class Meta(AccountSerializer.Meta):
        fields = (*AccountSerializer.Meta.fields, "why")  # type: ignore[assignment]


class AnswerSerializer(serializers.Serializer[Any]):
    """What the registry says of one link."""

    answer = serializers.ChoiceField(["official", "former", "fake", "not_listed", "prohibited", "unreadable"])
    url = serializers.CharField(allow_null=True)
    account = AccountSerializer(allow_null=True)
    lookalikes = LookalikeSerializer(many=True)


def page_of(name: str, row: Any, **more: Any) -> Any:
    """A page of a list."""
    fields = {"next": serializers.URLField(allow_null=True), "results": row(many=True)}
    return inline_serializer(name, fields | more)


def refusals(*codes: int) -> dict[Any, Any]:
    """400, 404 and their like, each with the one shape; 429 may come everywhere."""
    shape = OpenApiResponse(ProblemSerializer)
    return {(code, "application/problem+json"): shape for code in (*codes, 429)}


def asked(name: str, kind: Any = OpenApiTypes.STR, **more: Any) -> OpenApiParameter:
    """A parameter of the address."""
    return OpenApiParameter(name, kind, **more)


CURSOR = asked("cursor", description="from the answer before, as it is")
SIZE = asked("page_size", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50})

__all__ = [
    "CURSOR",
    "SIZE",
    "AnswerSerializer",
    "asked",
    "extend_schema",
    "inline_serializer",
    "page_of",
    "refusals",
]
