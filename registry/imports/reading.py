"""The lines of a table that name pages: without headers repeated, headings between, sums; «б/н» and «–» say nothing."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from people import tables
from people.search import fold
from people.tables import Line
from registry.imports.columns import Columns, Meaning, find_columns, looks_like_header

MAX_ROWS = 5_000
MOST_LINKS = 10  # in one line
_WANTED = tables.Wanted(MAX_ROWS, looks_like_header, with_marks=True)
_NOTHING = re.compile(r"^(б/н|б\.н\.|н/д|нет( данных)?|не имеется|отсутствует|[-–—.]+)$")
_SUM = re.compile(r"^(итого|всего)\b")
_ADDRESS = re.compile(r"https?://[^\s,;<>\"]+|(?<![\w@./])(?:[\w-]+\.)+[a-zа-я]{2,}/[^\s,;<>\"]+", re.IGNORECASE)


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
    body = list(_entries(lines[end:], header, columns))
    if not body:
        raise ValidationError(_("There is only a header here, no rows below it."))
    if len(body) > MAX_ROWS:
        raise ValidationError(
            _("There are more than %(n)d rows here. Bring the table in parts."), params={"n": MAX_ROWS}
        )
    return Table(header, columns, body)


def _entries(lines: Sequence[Line], header: Sequence[str], columns: Columns) -> Iterator[Line]:
    """A line with one cell only is a heading: the body of the lines below that name none."""
    place = columns.index(Meaning.BODY) if Meaning.BODY in columns else None
    heading = ""
    for line in lines:
        cells = ["" if _NOTHING.match(fold(cell)) else cell for cell in line.cells]
        said = [cell for cell in cells if cell]
        if not said or cells == list(header) or all(cell.isdigit() for cell in said) or _SUM.match(fold(said[0])):
            continue
        if len(said) == 1 and len(cells) > 2 and not _ADDRESS.search(said[0]):
            heading = said[0]
            continue
        if place is not None:
            heading = cells[place] = cells[place] or heading
        yield Line(line.number, cells)


def links_of(cells: Sequence[str], columns: Sequence[str], header: Sequence[str]) -> list[tuple[str, str]]:
    """Every page the line names, with what stands above it («ВК»): at least one, perhaps empty."""
    links: dict[str, tuple[str, str]] = {}
    for n, cell in enumerate(cells):
        if n < len(columns) and columns[n] == Meaning.LINK and cell:
            for link in _ADDRESS.findall(cell) or [cell]:
                links.setdefault(fold(link).rstrip("/"), (link, header[n] if n < len(header) else ""))
    if not links:
        # Words of another column with an address behind them.
        hidden = [link for cell in cells for link in re.findall(r"https?://\S+", cell)]
        links = {link: (link, "") for link in hidden}
    return list(links.values())[:MOST_LINKS] or [("", "")]
