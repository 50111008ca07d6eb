"""A file of the registry as an answer: streamed, named in Russian and in Latin letters, dated by the last change."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _

from registry.exports.columns import values
from registry.exports.writers import csv_pieces, json_pieces, ndjson_pieces
from registry.exports.xlsx import xlsx_pieces
from registry.models import EntryChange
from registry.models.accounts import AccountQuerySet


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its type for the reader, and how the rows become pieces of it."""

    content_type: str
    pieces: Callable[..., Iterator[Any]]


KINDS = {
    "csv": FileKind("text/csv; charset=utf-8", csv_pieces),
    "xlsx": FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_pieces),
    "json": FileKind("application/json; charset=utf-8", json_pieces),
    "ndjson": FileKind("application/x-ndjson; charset=utf-8", ndjson_pieces),
}
# Excel with Russian settings opens by double click what is separated by semicolons.
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def file_response(rows: AccountQuerySet, kind: str, separator: str = "comma") -> StreamingHttpResponse:
    """The file with these entries; `kind` is one of `KINDS`, `separator` one of `SEPARATORS` and for CSV only."""
    how = KINDS[kind]
    options = {"separator": SEPARATORS[separator]} if kind == "csv" else {}
    response = StreamingHttpResponse(how.pieces(values(rows), **options), content_type=how.content_type)
    response["Content-Disposition"] = disposition(f"{timezone.localdate():%Y-%m-%d}.{kind}")
    # An edit is seen at once: whoever keeps a copy asks again.
    response["Cache-Control"] = "no-cache"
    changed = EntryChange.objects.public().order_by("-made_at").values_list("made_at", flat=True).first()
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    return response


def disposition(ending: str) -> str:
    """A name in Latin letters for every program, and the Russian one for those that can read it (RFC 6266)."""
    russian = quote(f"{_('Registry of accounts')} {ending}")
    return f"attachment; filename=\"accounts-{ending}\"; filename*=UTF-8''{russian}"
