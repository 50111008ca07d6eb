"""The results of a week as a workbook: a header, a filter, widths, dates as dates, and no cell that could run."""

from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from compliance.models import Finding
from people.export import safe_cell
from people.weeks import Week

WIDTHS = (12, 12, 34, 18, 34, 44, 10, 8, 12, 16, 44, 18)
DATE, MOMENT = "DD.MM.YYYY", "DD.MM.YYYY HH:MM"


def workbook(findings: "QuerySet[Finding]", week: Week, zone: ZoneInfo) -> bytes:
    """The findings in their order. Rows stream through: memory does not grow with their number."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(str(week))  # its stubs do not know widths and filters
    headers = _headers()
    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{findings.count() + 1}"
    sheet.append([_header(sheet, text) for text in headers])
    for finding in findings.iterator(chunk_size=2000):
        sheet.append(_row(sheet, finding, zone))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _headers() -> list[str]:
    return [
        _("Week from"),
        _("Week to"),
        _("Body"),
        _("Network"),
        _("Account"),
        _("Link"),
        pgettext("column", "Came out"),
        _("Norm"),
        _("Missing"),
        _("Result"),
        _("Reason"),
        _("Checked"),
    ]


def _header(sheet: Any, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E0EFE9")
    return cell


def _row(sheet: Any, finding: Finding, zone: ZoneInfo) -> list[object]:
    account = finding.account
    return [
        _dated(sheet, finding.week.monday, DATE),
        _dated(sheet, finding.week.sunday, DATE),
        _text(finding.organization),
        _text(account.network),
        _text(account.name),
        _text(account.url),
        finding.published,
        finding.required,
        finding.missing,
        _text(finding.get_result_display()),
        _text(finding.reason),
        # A workbook knows no zones: the hour is that of the person's organization.
        _dated(sheet, finding.found_at.astimezone(zone).replace(tzinfo=None), MOMENT),
    ]


def _text(value: object) -> str:
    """A workbook refuses control characters, which people paste without seeing them."""
    return safe_cell(ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value)))


def _dated(sheet: Any, value: Any, shape: str) -> Cell:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = shape
    return cell
