"""Occasions from a table: Excel, CSV, or pasted. Which column means what, its header says, else what stands in it."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contentplan.actions.occasions import Brought, OccasionContent
from contentplan.imports.checking import sentence_of
from contentplan.imports.dates import BadDate, read_hour, read_when
from contentplan.models import OccasionKind
from people.search import fold
from people.weeks import Week

MARK = "row:"
LONGEST_DAYS = 120
_TITLE, _PLACE, _DESCRIPTION = 200, 200, 2000


class Column(StrEnum):
    """What a column tells about an occasion."""

    WHEN = "when"
    UNTIL = "until"
    HOUR = "hour"
    TITLE = "title"
    PLACE = "place"
    DESCRIPTION = "description"


# Words of headers, folded; the first that fits decides, so what must not be taken stands first.
_WORDS: list[tuple[Column | None, str]] = [
    (None, r"^№|^n$|п/п|номер|ответствен|исполнител|статус|отметк"),
    (Column.UNTIL, r"^по$|окончан|конец|завершен|^до$"),
    (Column.WHEN, r"дата|день|дни|число|срок|когда|начал|^с$"),
    (Column.HOUR, r"время|час"),
    (Column.PLACE, r"^мест|место|^где|адрес|площадк"),
    (Column.DESCRIPTION, r"описан|содержан|примечан|подробн|коммент|кратк"),
    (Column.TITLE, r"мероприят|событи|повод|назван|наименован|тема|праздник|памятн"),
]
_LONGEST_HEADER, _HEADER_ROWS = 80, 15
_RANGE = re.compile(
    r"^(?:с\s+)?(?P<first>\d[^–—]*?)\s*(?:–|—|-(?=\s*\d{1,2}[. ]\D?)|\s-\s|\sпо\s)\s*(?P<last>\d.*)$", re.IGNORECASE
)
_DAY_ALONE = re.compile(r"^\d{1,2}$")

Rows = Sequence[Sequence[str]]


@dataclass
class ReadTable:
    """What a table holds; `left` are the rows that could not be taken, as they were, below their header."""

    brought: list[Brought] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    left: list[Sequence[str]] = field(default_factory=list)


def read_table(rows: Rows, *, today: date) -> ReadTable:
    """Raises ValidationError when neither a day nor a title can be found in the table at all."""
    head, columns = _columns(rows, today)
    missing = {Column.WHEN, Column.TITLE} - set(columns)
    if missing:
        raise ValidationError(
            _("The table needs a column with the day and one with the name: call them “Дата” and “Событие”.")
        )
    read = ReadTable(left=list(rows[head - 1 : head]) if head else [])
    for number, row in enumerate(rows[head:], head + 1):
        cells = {column: row[n].strip() for n, column in enumerate(columns) if column and n < len(row)}
        try:
            content = _content(cells, today)
        except ValidationError as error:
            read.wrong.append(_("Row %(n)d: %(why)s") % {"n": number, "why": " ".join(error.messages)})
            read.left.append(row)
        else:
            read.brought.append(Brought(_number(content), content))
    return read


def _columns(rows: Rows, today: date) -> tuple[int, list[Column | None]]:
    """How many rows at the top are no occasions, and what each column means."""
    for number, row in enumerate(rows[:_HEADER_ROWS]):
        meant = [_meant(cell) for cell in row]
        if {Column.WHEN, Column.TITLE} <= set(meant):
            return number + 1, _once(meant)
    width = max((len(row) for row in rows), default=0)
    found: list[Column | None] = [None] * width
    for n in range(width):
        cells = [row[n] for row in rows if n < len(row) and row[n].strip()]
        found[n] = _by_look(cells, today, found)
    return 0, found


def _meant(cell: str) -> Column | None:
    words = fold(cell)
    if not words or len(words) > _LONGEST_HEADER:
        return None
    return next((column for column, pattern in _WORDS if re.search(pattern, words)), None)


def _once(columns: list[Column | None]) -> list[Column | None]:
    """Of two columns with the same meaning the first."""
    return [column if column and columns.index(column) == n else None for n, column in enumerate(columns)]


def _by_look(cells: Sequence[str], today: date, known: Sequence[Column | None]) -> Column | None:
    """For a table without a header: the first column of days, then the first with words, then what it says besides."""
    if Column.WHEN not in known and cells and sum(_is_day(cell, today) for cell in cells) * 2 > len(cells):
        return Column.WHEN
    if Column.HOUR not in known and cells and all(re.match(r"^\d{1,2}[:.]\d\d$", cell.strip()) for cell in cells):
        return Column.HOUR
    if any(re.search(r"[^\W\d_]{3,}", cell) for cell in cells):
        return next((one for one in (Column.TITLE, Column.PLACE, Column.DESCRIPTION) if one not in known), None)
    return None


def _is_day(cell: str, today: date) -> bool:
    try:
        return _span(cell, today)[0] is not None
    except BadDate:
        return False


def _content(cells: dict[Column, str], today: date) -> OccasionContent:
    title = " ".join(cells.get(Column.TITLE, "").split())
    if not title:
        raise ValidationError(_("the event has no name."))
    if len(title) > _TITLE:
        raise ValidationError(_("the name is longer than %(n)d characters: make it shorter."), params={"n": _TITLE})
    first, last, at = _days(cells, today)
    if last < first:
        raise ValidationError(_("it ends before it begins."))
    if (last - first).days > LONGEST_DAYS:
        raise ValidationError(_("it lasts longer than four months: check the days."))
    return OccasionContent(
        kind=OccasionKind.EVENT,
        title=title,
        starts_on=first,
        ends_on=last,
        at=at,
        place=" ".join(cells.get(Column.PLACE, "").split())[:_PLACE],
        description=cells.get(Column.DESCRIPTION, "")[:_DESCRIPTION],
    )


def _days(cells: dict[Column, str], today: date) -> tuple[date, date, time | None]:
    try:
        first, last, at = _span(cells.get(Column.WHEN, ""), today)
        if until := cells.get(Column.UNTIL):
            last = _span(until, today)[1]
    except BadDate as error:
        raise ValidationError(sentence_of(error, cells.get(Column.WHEN, ""))) from error
    if first is None:
        raise ValidationError(_("the day is missing."))
    try:
        at = read_hour(cells.get(Column.HOUR, "")) or at
    except BadDate as error:
        hour = cells[Column.HOUR]
        raise ValidationError(_("“%(words)s” is no hour. Write it like 10:00."), params={"words": hour}) from error
    return first, last or first, at


def _span(words: str, today: date) -> tuple[date | None, date | None, time | None]:
    """First and last day, and the hour: «5 декабря», «с 1 по 5 декабря», «01.12–05.12.2026»."""
    found = _RANGE.match(" ".join(words.split()))
    if found and (last := read_when(found["last"], today=today, monday=Week.of(today).monday).day):
        first = found["first"].strip(" .")
        if _DAY_ALONE.match(first):
            return last.replace(day=int(first)) if int(first) <= last.day else None, last, None
        return read_when(first, today=last, monday=Week.of(today).monday).day, last, None
    when = read_when(words, today=today, monday=Week.of(today).monday)
    return when.day, when.day, when.hour


def _number(content: OccasionContent) -> str:
    """The same day and name, brought again, is the same occasion: its hour and place may have changed."""
    said = f"{content.starts_on}|{fold(content.title)}"
    return MARK + hashlib.sha256(said.encode()).hexdigest()[:40]


def as_text(rows: Rows) -> Iterator[str]:
    """Rows as lines with tabs between the cells: what Excel would paste."""
    for row in rows:
        yield "\t".join(" ".join(cell.split()) for cell in row)
