"""The table in a workbook of Excel."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.utils.cell import range_boundaries

from people.tables.lines import Line, Wanted

MOST_COLUMNS = 60
_FORMULA_OF_LINK = re.compile(r'HYPERLINK\("([^"]+)"', re.IGNORECASE)


def xlsx_lines(content: bytes, wanted: Wanted) -> Iterator[Line]:
    """The rows of the sheet that holds such a table, else of the first visible one; values, never formulas."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise ValidationError(_("There is no visible sheet in this workbook."))
    chosen: Any = next((sheet for sheet in sheets if _holds_table(sheet, wanted)), sheets[0])
    marks = _Marks.of(content, chosen._worksheet_path) if wanted.with_marks else _Marks()
    if not wanted.with_links:
        marks.links.clear()
    for number, row in enumerate(_rows(chosen), 1):
        yield Line(number, marks.over(number, [_said(value) for value in row]))


def _holds_table(sheet: Any, wanted: Wanted) -> bool:
    return any(wanted.is_header([_said(value) for value in row]) for row in _rows(sheet, 30))


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


@dataclass
class _Marks:
    """What a sheet shows besides its words: the addresses behind cells, and cells merged downwards."""

    links: dict[tuple[int, int], str] = field(default_factory=dict)
    # Row and column where a merged cell begins: the row where it ends.
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    _going_on: dict[int, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, content: bytes, path: str) -> "_Marks":
        """Read from the XML of the sheet itself: the reader that goes row by row drops them."""
        marks, path = cls(), path.lstrip("/")
        with ZipFile(BytesIO(content)) as archive:
            relations = get_rels_path(path)  # type: ignore[no-untyped-call]
            targets = get_dependents(archive, relations) if relations in archive.namelist() else ()
            addresses = {str(one.Id): one.Target for one in targets if one.Target}
            with archive.open(path) as sheet:
                for _event, element in ElementTree.iterparse(sheet):  # noqa: S314 - checked before it was opened
                    marks._take(element, addresses)
        return marks

    def _take(self, element: ElementTree.Element, addresses: dict[str, str]) -> None:
        match element.tag.rpartition("}")[2]:
            case "c":
                formula = element.findtext("{*}f") or ""
                if found := _FORMULA_OF_LINK.match(formula):
                    self._link(element.get("r", ""), found[1])
            case "row":
                element.clear()
            case "hyperlink":
                named = next((value for name, value in element.items() if name.endswith("}id")), "")
                self._link(element.get("ref", ""), addresses.get(named, ""))
            case "mergeCell":
                left, top, _right, bottom = _bounds(element.get("ref", ""))
                if bottom > top:
                    self.merged[top, left] = bottom

    def _link(self, where: str, address: str) -> None:
        if where and address.startswith(("http://", "https://")):
            left, top, _right, _bottom = _bounds(where)
            self.links[top, left] = address

    def over(self, number: int, cells: list[str]) -> list[str]:
        """The cells of a row with their links, and with what merged cells say; a row empty of its own stays empty."""
        for n, cell in enumerate(cells):
            address = self.links.get((number, n + 1), "")
            if address and address not in cell:
                cells[n] = f"{cell}\n{address}".strip()
            if end := self.merged.get((number, n + 1)):
                self._going_on[n] = (end, cells[n])
        if not any(cells):
            return cells
        said = {n: text for n, (end, text) in self._going_on.items() if number <= end}
        return [cell or said.get(n, "") for n, cell in enumerate(cells)]


def _bounds(where: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(where)
    return left or 1, top or 1, right or 1, bottom or 1
