"""The tables inside the files of Excel and Word."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx import Document

from contentplan.imports.columns import looks_like_header

MOST_COLUMNS = 60


def xlsx_rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the sheet that holds a plan, else of the first visible one; values, never formulas."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise ValidationError(_("There is no visible sheet in this workbook."))
    chosen = next((sheet for sheet in sheets if _holds_a_plan(sheet)), sheets[0])
    for row in _rows(chosen):
        yield [_said(value) for value in row]


def _holds_a_plan(sheet: Any) -> bool:
    return any(looks_like_header([_said(value) for value in row]) for row in _rows(sheet, 30))


def _rows(sheet: Any, last: int | None = None) -> Iterator[tuple[Any, ...]]:
    # What the sheet claims about its own size may be wrong, and is no reason to make a million empty rows.
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS, values_only=True)
    return rows


def _said(value: object) -> str:
    """A cell in words: dates as ISO, whole numbers without a point."""
    match value:
        case None:
            return ""
        case datetime():
            moment = value.replace(microsecond=0, tzinfo=None)
            return f"{moment:%Y-%m-%d}" if moment.time() == time() else f"{moment:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def docx_rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the tables from the one with a header on; without one, of the largest table."""
    tables = [list(_table_rows(table)) for table in Document(BytesIO(content)).tables]
    tables = [rows for rows in tables if rows]
    if not tables:
        raise ValidationError(_("There is no table in this document. Copy the plan as a table, or paste its text."))
    headed = [n for n, rows in enumerate(tables) if any(looks_like_header(row) for row in rows[:5])]
    if not headed:
        yield from max(tables, key=len)
        return
    width = max(len(row) for row in tables[headed[0]])
    for rows in tables[headed[0] :]:
        # A plan cut into several tables goes on in tables as wide as the first.
        if max(len(row) for row in rows) == width:
            yield from rows


def _table_rows(table: Any) -> Iterator[list[str]]:
    """Straight from the XML: python-docx lays merged cells out anew for each row."""
    for row in table._tbl.tr_lst:
        yield ["\n".join(_paragraph(p) for p in cell.p_lst) for cell in row.tc_lst]


def _paragraph(paragraph: Any) -> str:
    text: str = paragraph.text
    return text
