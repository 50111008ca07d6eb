"""The figures of moderation as files, made while they are read: never whole in memory."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from moderation import keys
from moderation.models import SignedHead
from moderation.openness import figures
from people.export import safe_cell
from registry.exports.writers import batches

BOM = "\ufeff"  # by which Excel knows UTF-8
HEAD = ("day", "count", "head_hash", "signature", "public_key")


def csv_pieces() -> Iterator[str]:
    """A table in the way of RFC 4180: one line for each month, body, network and ground with a removal."""
    yield BOM + _lines([figures.COLUMNS])
    for portion in batches(figures.rows()):
        yield _lines([[safe_cell(row[column]) for column in figures.COLUMNS] for row in portion])


def _lines(rows: list[Any]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def json_pieces() -> Iterator[str]:
    """One object: the summary, every month, week, body, network and ground (those without a removal too), the rows."""
    content = {
        "made_at": timezone.now(),
        "summary": vars(figures.summary()),
        "months": [{"month": f"{month:%Y-%m}", "removed": count} for month, count in figures.by_month()],
        "weeks": [{"monday": monday, "removed": count} for monday, count in figures.weeks()],
        "bodies": _named("body", figures.by_body()),
        "networks": _named("network", figures.by_network()),
        "grounds": _named("ground", figures.by_ground()),
        "key_fingerprint": keys.fingerprint(),
        "heads": list(SignedHead.objects.values(*HEAD)),
    }
    yield f'{_json(content).removesuffix("}")}, "rows": ['
    between = ""
    for portion in batches(figures.rows()):
        yield between + ", ".join(map(_json, portion))
        between = ", "
    yield "]}"


def _named(column: str, pairs: list[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{column: name, "removed": count} for name, count in pairs]


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, cls=DjangoJSONEncoder)
