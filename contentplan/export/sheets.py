"""A content plan for Excel: a workbook with a header, filters and real dates, or CSV as Russian Excel opens it."""

import csv
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from contentplan.export.table import Table, Tell, headings, nobody_asks
from people.export import safe_cell

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
WIDTHS = (6, 17, 32, 32, 60, 14, 26, 30, 22, 16, 36)
LONGEST_CELL = 32_767  # characters a cell of a workbook holds
MOMENT = "DD.MM.YYYY HH:MM"
_TOP = Alignment(vertical="top", wrap_text=True)


def make_xlsx(table: Table, tell: Tell = nobody_asks) -> bytes:
    """The workbook. Rows stream through."""
    book = Workbook(write_only=True)
    book.properties.title = f"{table.title}. {table.owner}, {table.period.title}"
    book.properties.creator = table.owner
    sheet: Any = book.create_sheet(table.period.code)  # its stubs do not know widths and filters
    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(WIDTHS))}{len(table.lines) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([_heading(sheet, text) for text in headings()])
    for line in table.lines:
        # A workbook knows no zones: the hour is that of the body.
        moment = _placed(sheet, line.at.replace(tzinfo=None))
        moment.number_format = MOMENT
        sheet.append([_placed(sheet, line.number), moment, *(_text(sheet, text) for text in line.cells)])
        tell(line.number)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def make_csv(table: Table, tell: Tell = nobody_asks) -> bytes:
    """Semicolons and a BOM: what Excel of a Russian Windows opens by a double click."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(headings())
    for line in table.lines:
        cells = (safe_cell(text) for text in line.cells)
        writer.writerow([line.number, f"{line.at:%d.%m.%Y %H:%M}", *cells])
        tell(line.number)
    return file.getvalue().encode("utf-8-sig")


def _heading(sheet: Any, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E0EFE9")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _placed(sheet: Any, value: Any) -> Cell:
    cell = WriteOnlyCell(sheet, value)
    cell.alignment = _TOP
    return cell


def _text(sheet: Any, text: str) -> Cell:
    """Always text: "=1+1" is neither counted now nor when somebody edits the cell."""
    cell = _placed(sheet, text[:LONGEST_CELL] or None)
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell
