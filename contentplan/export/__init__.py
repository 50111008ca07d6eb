"""A content plan as a file: one neutral table, and a maker for each format."""

from collections.abc import Callable
from dataclasses import dataclass

from contentplan.export import docx, pdf, sheets
from contentplan.export.table import LONGEST, Line, Period, Table, Tell, headings

__all__ = ["AT_ONCE", "FORMATS", "LONGEST", "Format", "Line", "Period", "Table", "Tell", "headings"]

AT_ONCE = 500  # so many posts are answered in the request itself; more are made in the background


@dataclass(frozen=True)
class Format:
    """How a plan can leave the portal."""

    ending: str
    content_type: str
    make: Callable[[Table, Tell], bytes]


FORMATS = {
    one.ending: one
    for one in (
        Format("docx", docx.CONTENT_TYPE, docx.make),
        Format("pdf", pdf.CONTENT_TYPE, pdf.make),
        Format("xlsx", sheets.XLSX_TYPE, sheets.make_xlsx),
        Format("csv", sheets.CSV_TYPE, sheets.make_csv),
    )
}
