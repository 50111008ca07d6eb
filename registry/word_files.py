"""Acts as Word documents: a sheet of A4, paragraphs of a plain text, a table; a person edits them before signing."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
CENTRED = "= "  # a line of the text that begins so stands in the middle
RIGHT = "> "  # … and one that begins so at the right edge
APART = " || "  # between what stands at the left edge and what at the right one: a signature and its name
TEXT_WIDTH = Mm(165)


def new(author: str) -> Any:
    """An empty sheet."""
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.paragraph_format.space_after = Pt(6)
    properties = document.core_properties
    properties.author, properties.comments, properties.language = author[:255], "", "ru-RU"
    return document


def write(document: Any, text: str) -> None:
    """Each line of the text that is not empty becomes a paragraph."""
    for line in filter(None, map(str.strip, text.splitlines())):
        paragraph(document, line)


def paragraph(document: Any, line: str) -> Any:
    """A line of an act: the text justified with a red line, headings in the middle, signatures at both edges."""
    added = document.add_paragraph()
    run = added.add_run(line.removeprefix(CENTRED).removeprefix(RIGHT).replace(APART, "\t"))
    layout = added.paragraph_format
    if line.startswith(CENTRED):
        run.bold, added.alignment = True, WD_ALIGN_PARAGRAPH.CENTER
    elif line.startswith(RIGHT):
        added.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif APART in line:
        added.alignment, layout.space_before = WD_ALIGN_PARAGRAPH.LEFT, Pt(12)
        layout.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    else:
        added.alignment, layout.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(12.5)
    return added


def table(document: Any, header: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """A grid of columns so wide, in millimetres; its header comes again on each page."""
    grid = document.add_table(rows=1, cols=len(header))
    grid.style, grid.autofit = "Table Grid", False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for number, cells in enumerate([header, *rows]):
        row = grid.add_row() if number else grid.rows[0]
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold, cell.width = Pt(11), not number, Mm(width)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(mark)


def content(document: Any) -> bytes:
    """The file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()
