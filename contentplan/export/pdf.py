"""A content plan as PDF, by fpdf2 alone: the same paper as the Word document, with the portal's own fonts inside."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, TableBordersLayout
from fpdf.fonts import FontFace
from fpdf.prefs import ViewerPreferences

from contentplan.export import glyphs, words
from contentplan.export.table import Line, Table, Tell, headings, nobody_asks

CONTENT_TYPE = "application/pdf"
WIDTHS = (8, 20, 30, 30, 46, 17, 24, 23, 22, 19, 28)  # millimetres
FAMILY, SYMBOLS = "golos", "symbols"
SMALL, USUAL, LARGE = 7, 10.5, 13
LINE = 3.4  # height of a line of the table, millimetres
# A row is never higher than a third of a page: what is longer goes on in a row below it.
LINES_IN_ROW = 14
ALL_PAGES = "{00000}"  # stands for the number of pages until it is known, as wide as the largest
_CENTRED = (0, 1)
_PADDING = 0.8


class Paper(FPDF):
    """Landscape A4 with page numbers."""

    def __init__(self) -> None:
        super().__init__(orientation="landscape", format="A4")
        self.set_margins(15, 14, 15)
        self.set_auto_page_break(auto=True, margin=16)
        self.alias_nb_pages(ALL_PAGES)
        self.add_font(FAMILY, "", glyphs.REGULAR)
        self.add_font(FAMILY, "B", glyphs.BOLD)
        self.add_font(SYMBOLS, "", glyphs.SYMBOLS)
        self.set_fallback_fonts([SYMBOLS], exact_match=False)
        self.set_font(FAMILY, size=USUAL)

    def footer(self) -> None:
        self.set_y(-11)
        self.set_font(FAMILY, size=SMALL)
        self.cell(0, 5, _("Page {page} of {pages}").format(page=self.page_no(), pages=ALL_PAGES), align="R")


def make(table: Table, tell: Tell = nobody_asks) -> bytes:
    """The file."""
    paper = Paper()
    paper.set_title(glyphs.printable(f"{table.title}. {table.owner}, {table.period.title}"))
    paper.set_author(glyphs.printable(table.owner))
    paper.set_lang("ru-RU")
    paper.set_display_mode("fullwidth")
    paper.viewer_preferences = ViewerPreferences(display_doc_title=True)
    paper.add_page()
    _stamps(paper, table)
    _title(paper, table)
    _posts(paper, table, tell)
    _end(paper, table)
    return bytes(paper.output())


def _text(paper: Any, text: str, size: float, *, bold: bool = False, align: str = "L", width: float = 0) -> None:
    left = paper.x
    paper.set_font(FAMILY, "B" if bold else "", size)
    paper.multi_cell(width, size * 0.44, glyphs.printable(text), align=align, new_x="LMARGIN", new_y="NEXT")
    paper.x = left


def _stamps(paper: Paper, table: Table) -> None:
    """Left and right at one height."""
    top, bottom = paper.y, paper.y
    for stamp, left in zip(words.stamps(table), (15, 187), strict=True):
        paper.set_xy(left, top)
        _text(paper, stamp.title, USUAL, bold=True, width=95)
        if stamp.whose:
            _text(paper, stamp.whose, USUAL, width=95)
        for line, under in stamp.lines:
            paper.y += 2
            _text(paper, line, USUAL, width=95)
            if under:
                _text(paper, under, SMALL, width=95)
        bottom = max(bottom, paper.y)
    paper.set_xy(15, bottom + 4)


def _title(paper: Paper, table: Table) -> None:
    _text(paper, table.title.upper(), LARGE, bold=True, align="C")
    for text, bold in ((table.subtitle, False), (table.owner, False), (table.period.title, True)):
        _text(paper, text, USUAL, bold=bold, align="C")
    paper.y += 3


def _posts(paper: Paper, table: Table, tell: Tell) -> None:
    paper.set_font(FAMILY, size=SMALL)
    style = FontFace(emphasis="BOLD", fill_color=(236, 238, 234))
    with paper.table(
        col_widths=WIDTHS,
        text_align=["CENTER" if n in _CENTRED else "LEFT" for n in range(len(WIDTHS))],
        v_align="TOP",
        headings_style=style,
        line_height=LINE,
        padding=_PADDING,
        borders_layout=TableBordersLayout.ALL,
    ) as grid:
        heads = grid.row()
        for text in headings():
            heads.cell(text, align="CENTER", v_align="MIDDLE")
        for line in table.lines:
            for cells in _rows(paper, line):
                row = grid.row()
                for text in cells:
                    row.cell(text)
            tell(line.number)
    if not table.lines:
        paper.y += 2
        _text(paper, words.nothing(), USUAL)


def _rows(paper: Paper, line: Line) -> Iterator[list[str]]:
    """The row of a post; a text longer than a page goes on in rows below it."""
    cells = [glyphs.printable(text) for text in line.on_paper]
    pieces = [_pieces(paper, text, width) for text, width in zip(cells, WIDTHS, strict=True)]
    for n in range(max(len(parts) for parts in pieces)):
        yield [parts[n] if n < len(parts) else "" for parts in pieces]


def _pieces(paper: Paper, text: str, width: float) -> list[str]:
    """The text of a cell in parts of at most LINES_IN_ROW lines."""
    if len(text) < 150 and text.count("\n") < LINES_IN_ROW:
        return [text]
    lines: Any = paper.multi_cell(
        width - 2 * _PADDING, LINE, text, dry_run=True, output=MethodReturnValue.LINES, align="L", padding=0
    )
    return ["\n".join(lines[n : n + LINES_IN_ROW]) for n in range(0, len(lines), LINES_IN_ROW)]


def _end(paper: Paper, table: Table) -> None:
    paper.y += 3
    for text in [*table.norm, table.ground]:
        if text:
            _text(paper, text, USUAL)
            paper.y += 1
    with paper.unbreakable() as block:
        for label, value in words.signature(table):
            block.ln(4)
            _text(block, f"{label} {value}", USUAL)
