"""A content plan as a Word document: stamps, a table whose header stands on every page, signatures, page numbers."""

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from contentplan.export import words
from contentplan.export.table import Table, Tell, headings, nobody_asks

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
WIDTHS = (8, 20, 30, 30, 46, 17, 24, 23, 22, 19, 28)  # millimetres, together the page without its margins
SHORT = 500  # characters; a row of such cells is kept on one page
_TWIPS = 56.7  # in a millimetre
_CENTRED = (0, 1)
_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar>'
)


def make(table: Table, tell: Tell = nobody_asks) -> bytes:
    """The file. Memory grows with the number of posts: about 20 KB each."""
    document = Document()
    _set_up(document, table)
    _stamps(document, table)
    _title(document, table)
    _posts(document, table, tell)
    _end(document, table)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any, table: Table) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = Mm(15)
    section.bottom_margin = Mm(15)
    section.footer_distance = Mm(7)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:cs"):
        fonts.set(f"{{{fonts.nsmap['w']}}}{kind[2:]}", FONT)
    style.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="ru-RU"/>'))
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title = f"{table.title}. {table.owner}, {table.period.title}"[:255]
    properties.author, properties.comments, properties.language = table.owner[:255], "", "ru-RU"
    _page_numbers(section.footer.paragraphs[0])


def _page_numbers(paragraph: Any) -> None:
    """«Страница 2 из 5», which Word itself counts."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, between = _("Page {page} of {pages}").split("{pages}")[0].split("{page}")
    for text, code in ((before, "PAGE"), (between, "NUMPAGES")):
        _write(paragraph, text, 9)
        run = '<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>1</w:t></w:r>'
        paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}">{run}</w:fldSimple>'))


def _write(paragraph: Any, text: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold


def _stamps(document: Any, table: Table) -> None:
    """Two columns without borders; between them an empty one."""
    grid = document.add_table(rows=1, cols=3)
    grid.autofit = False
    for cell, width in zip(grid.rows[0].cells, (95, 77, 95), strict=True):
        cell.width = Mm(width)
    left, _middle, right = grid.rows[0].cells
    for cell, stamp in zip((left, right), words.stamps(table), strict=True):
        _write(cell.paragraphs[0], stamp.title, 12, bold=True)
        if stamp.whose:
            _write(cell.add_paragraph(), stamp.whose, 11)
        for line, under in stamp.lines:
            paragraph = cell.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(6)
            _write(paragraph, line, 11)
            if under:
                _write(cell.add_paragraph(), under, 8)


def _title(document: Any, table: Table) -> None:
    rows = (
        (table.title, 14, True),
        (table.subtitle, 12, False),
        (table.owner, 12, False),
        (table.period.title, 12, True),
    )
    for number, (text, size, bold) in enumerate(rows):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(14 if number == 0 else 0)
        paragraph.paragraph_format.space_after = Pt(10 if number == len(rows) - 1 else 0)
        _write(paragraph, text.upper() if number == 0 else text, size, bold=bold)


def _posts(document: Any, table: Table, tell: Tell) -> None:
    """The rows are written as XML: a thousand of them take a second, not a minute."""
    grid = document.add_table(rows=0, cols=len(WIDTHS))
    grid.style, grid.autofit = "Table Grid", False
    grid._tbl.tblPr.append(parse_xml(_MARGINS))
    for column, width in zip(grid._tbl.tblGrid.iterchildren(), WIDTHS, strict=True):
        column.w = Mm(width)
    grid._tbl.append(parse_xml(_row(headings(), heading=True)))
    for line in table.lines:
        grid._tbl.append(parse_xml(_row(line.on_paper)))
        tell(line.number)
    if not table.lines:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        _write(paragraph, words.nothing(), 11)


def _row(cells: list[str], *, heading: bool = False) -> str:
    whole = "<w:cantSplit/>" if max(map(len, cells)) < SHORT else ""
    properties = f"<w:trPr>{whole}{'<w:tblHeader/>' if heading else ''}</w:trPr>" if whole else ""
    written = "".join(_cell(text, n, heading=heading) for n, text in enumerate(cells))
    return f"<w:tr {nsdecls('w')}>{properties}{written}</w:tr>"


def _cell(text: str, column: int, *, heading: bool) -> str:
    centred = '<w:jc w:val="center"/>' if heading or column in _CENTRED else ""
    bold = "<w:b/>" if heading else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="ECEEEA"/><w:vAlign w:val="center"/>' if heading else ""
    words_ = "".join(
        f'<w:p><w:pPr><w:spacing w:after="0"/>{centred}</w:pPr>'
        f'<w:r><w:rPr>{bold}<w:sz w:val="17"/></w:rPr><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )
    width = round(WIDTHS[column] * _TWIPS)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{words_}</w:tc>'


def _end(document: Any, table: Table) -> None:
    for n, text in enumerate([*table.norm, table.ground]):
        if text:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(8 if n == 0 else 2)
            paragraph.paragraph_format.keep_with_next = bool(table.ground) and n == len(table.norm)
            _write(paragraph, text, 11)
    for label, value in words.signature(table):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(12)
        paragraph.paragraph_format.keep_with_next = True
        _write(paragraph, f"{label} {value}", 11)
