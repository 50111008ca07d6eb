"""The rows as text: CSV, JSON, lines of JSON. Each gives pieces of about `BATCH` rows, ready to be sent."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone

from registry.exports.columns import COLUMNS, cells, headings

BOM = "\ufeff"
BATCH = 200
Rows = Iterable[list[Any]]
Row = TypeVar("Row")


def batches(rows: Iterable[Row], size: int = BATCH) -> Iterator[list[Row]]:
    """The rows by so many."""
    taken = iter(rows)
    while batch := list(islice(taken, size)):
        yield batch


def csv_pieces(
    rows: Rows, first: list[str] | None = None, separator: str = ",", *, bom: bool = True, words: bool = True
) -> Iterator[str]:
    """A table in the way of RFC 4180; Excel knows UTF-8 by the BOM. `words`: see `cells`."""
    yield (BOM if bom else "") + _lines([first or headings()], separator)
    for batch in batches(rows):
        yield _lines(cells(batch, words=words), separator)


def _lines(rows: Rows, separator: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def ndjson_pieces(rows: Rows) -> Iterator[str]:
    """One JSON object a line."""
    for batch in batches(rows):
        yield "".join(f"{line}\n" for line in _objects(batch))


def json_pieces(rows: Rows) -> Iterator[str]:
    """One object: when and where it was made, what each column is, the entries."""
    meta = {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "source": settings.SITE_URL,
        "columns": [{"code": c.code, "title": str(c.title), "type": c.kind} for c in COLUMNS],
    }
    yield f'{{"meta": {json.dumps(meta, ensure_ascii=False)},\n"accounts": ['
    comma = "\n"
    for batch in batches(rows):
        yield comma + ",\n".join(_objects(batch))
        comma = ",\n"
    yield "\n]}\n"


def _objects(batch: list[list[Any]]) -> Iterator[str]:
    codes = [column.code for column in COLUMNS]
    for row in batch:
        yield json.dumps(dict(zip(codes, row, strict=True)), ensure_ascii=False, default=date.isoformat)
