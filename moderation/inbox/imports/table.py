"""The lines of a table that are messages, and what their cells say."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, tzinfo
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.dateparse import parse_datetime, parse_time
from django.utils.translation import gettext as _

from moderation.inbox.imports.columns import Columns, Meaning, find_columns, looks_like_header
from moderation.models import MessageImportRow, MessageKind
from people import tables
from people.search import fold
from people.tables import Line
from registry.imports.books import read_day

MAX_ROWS = 5_000
_WANTED = tables.Wanted(MAX_ROWS, looks_like_header)
_KINDS = ((MessageKind.PRIVATE, r"личн|лс\b|private|сообщени|direct"), (MessageKind.REVIEW, r"отзыв|review|оценк"))
_NO = {"", "нет", "0", "no", "false", "-", "–", "—"}
_HOUR = re.compile(r"[T\s,]+(?:в\s+)?(\d{1,2}[:.]\d{2}(?::\d{2})?)\s*$")

Values = dict[Meaning, str]


class Table(NamedTuple):
    """What was read."""

    header: list[str]
    columns: Columns
    lines: list[Line]


def read_text(text: str) -> Table:
    """A pasted table. Raises ValidationError with a sentence."""
    return _table(tables.read_text(text, _WANTED))


def read_file(file: "File[bytes]") -> Table:
    """XLSX, DOCX or CSV. Raises ValidationError with a sentence for everything else."""
    return _table(tables.read_file(file, _WANTED))


def _table(lines: list[Line]) -> Table:
    end, header, columns = find_columns(lines)
    body = [line for line in lines[end:] if line.cells != header]
    if not body:
        raise ValidationError(_("There is only a header here, no rows below it."))
    if len(body) > MAX_ROWS:
        raise ValidationError(
            _("There are more than %(n)d rows here. Bring the table in parts."), params={"n": MAX_ROWS}
        )
    return Table(header, columns, body)


def values_of(row: MessageImportRow, columns: Sequence[str]) -> Values:
    """The cells by meaning, with what was mended."""
    values = {Meaning(name): cell for name, cell in zip(columns, row.cells, strict=False) if name and cell}
    return values | {Meaning(name): text for name, text in row.mended.items()}


def read_moment(when: str, hour: str, zone: tzinfo) -> datetime:
    """«26.11.2026 14:05», ISO with or without a zone, a day and an hour apart. Raises ValueError.

    A day without an hour is its beginning: so the term is never counted later than it was.
    """
    text = when.strip()
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        at = _HOUR.search(text)
        clock = _clock(at[1] if at else hour)
        day = read_day(text[: at.start()] if at else text)
        if day is None:
            raise ValueError(when)
        found = datetime.combine(day, clock)
    moment = found if found.tzinfo else found.replace(tzinfo=zone)
    # Years that no database counts back and forth between zones are no years of messages.
    if not 2000 <= moment.year <= 2200:
        raise ValueError(when)
    return moment.astimezone(UTC)


def _clock(text: str) -> time:
    if not text.strip():
        return time()
    read = parse_time(text.strip().replace(".", ":"))
    if read is None:
        raise ValueError(text)
    return read


def read_kind(words: str) -> str:
    """«Личное сообщение», «отзыв»; everything else is a comment."""
    folded = fold(words)
    if folded in MessageKind.values:
        return folded
    return next((kind for kind, pattern in _KINDS if re.search(pattern, folded)), MessageKind.COMMENT)


def is_yes(words: str) -> bool:
    return fold(words) not in _NO
