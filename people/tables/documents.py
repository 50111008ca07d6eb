"""The table in a document of Word."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx import Document

from people.tables.lines import Line, Wanted

_FIELD_OF_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
_MOST_SPANNED = 60


def docx_lines(content: bytes, wanted: Wanted) -> Iterator[Line]:
    """The rows of the tables from the one with a header on; without one, of the largest table."""
    document = Document(BytesIO(content))
    tables = [list(_rows_of(table, wanted)) for table in document.tables]
    tables = [rows for rows in tables if rows]
    if not tables:
        raise ValidationError(_("There is no table in this document. Lay it out as a table, or paste its text."))
    yield from (Line(number, cells) for number, cells in enumerate(_chosen(tables, wanted), 1))


def _chosen(tables: list[list[list[str]]], wanted: Wanted) -> Iterator[list[str]]:
    headed = [n for n, rows in enumerate(tables) if any(wanted.is_header(row) for row in rows[:5])]
    if not headed:
        yield from max(tables, key=len)
        return
    width = max(len(row) for row in tables[headed[0]])
    for rows in tables[headed[0] :]:
        # A table cut into several goes on in tables as wide as the first.
        if max(len(row) for row in rows) == width:
            yield from rows


def _rows_of(table: Any, wanted: Wanted) -> Iterator[list[str]]:
    """Straight from the XML: python-docx lays merged cells out anew for each row."""
    above: list[str] = []
    for row in table._tbl.tr_lst:
        if not wanted.with_marks:
            yield [_words(cell) for cell in row.tc_lst]
            continue
        cells: list[str] = []
        for cell in row.tc_lst:
            goes_on = cell.vMerge == "continue" and len(cells) < len(above)
            links = _links(cell, table) if wanted.with_links else []
            said = above[len(cells)] if goes_on else "\n".join([_words(cell), *links]).strip()
            cells += [said] + [""] * (min(cell.grid_span, _MOST_SPANNED) - 1)
        above = cells
        yield cells


def _words(cell: Any) -> str:
    return "\n".join(str(paragraph.text) for paragraph in cell.p_lst)


def _links(cell: Any, table: Any) -> list[str]:
    """The addresses behind the words of a cell that the words do not say themselves."""
    words = _words(cell)
    named = [table.part.rels[key].target_ref for key in cell.xpath(".//w:hyperlink/@r:id") if key in table.part.rels]
    typed = [found[1] for text in cell.xpath(".//w:instrText/text()") if (found := _FIELD_OF_LINK.search(text))]
    return [link for link in named + typed if link.startswith(("http://", "https://")) and link not in words]
