"""A content plan as PDF, by fpdf2 alone: the same paper as the Word document, with the portal's own fonts inside."""

from typing import Any

from django.utils.translation import gettext as _
from fpdf.prefs import ViewerPreferences

from contentplan.export import glyphs, words
from contentplan.export.pdf_grid import Grid
from contentplan.export.pdf_tags import Tagged
from contentplan.export.table import Table, Tell, headings, nobody_asks

CONTENT_TYPE = "application/pdf"
WIDTHS = (8, 20, 30, 30, 46, 17, 24, 23, 22, 19, 28)  # millimetres
FAMILY, SYMBOLS = "golos", "symbols"
SMALL, USUAL, LARGE = 7, 10.5, 13
ALL_PAGES = "{00000}"  # stands for the number of pages until it is known, as wide as the largest
_CENTRED = (0, 1)


class Paper(Tagged):
    """Landscape A4 with page numbers."""

    def __init__(self) -> None:
        super().__init__(orientation="landscape", format="A4")
        self.set_margins(15, 14, 15)
        self.c_margin = 0
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
        with self.artifact():
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


def _text(paper: Paper, text: str, size: float, *, tag: str = "P", width: float = 0, **style: Any) -> None:
    """`style`: bold, align."""
    left = paper.x
    paper.set_font(FAMILY, "B" if style.get("bold") else "", size)
    with paper.tag(tag):
        paper.multi_cell(
            width, _line(size), glyphs.printable(text), align=style.get("align", "L"), new_x="LMARGIN", new_y="NEXT"
        )
    paper.x = left


def _line(size: float) -> float:
    """Height of a line of text, millimetres."""
    return size * 0.44


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
    _text(paper, table.title.upper(), LARGE, tag="H1", bold=True, align="C")
    for text, bold in ((table.subtitle, False), (table.owner, False), (table.period.title, True)):
        _text(paper, text, USUAL, bold=bold, align="C")
    paper.y += 3


def _posts(paper: Paper, table: Table, tell: Tell) -> None:
    paper.set_font(FAMILY, size=SMALL)
    paper.set_fill_color(236, 238, 234)
    paper.set_line_width(0.2)
    grid = Grid(paper, WIDTHS, headings(), _CENTRED)
    with paper.group("Table"):
        grid.header()
        for line in table.lines:
            grid.row([glyphs.printable(text) for text in line.on_paper])
            tell(line.number)
    if not table.lines:
        paper.y += 2
        _text(paper, words.nothing(), USUAL)


def _end(paper: Paper, table: Table) -> None:
    paper.y += 3
    for text in [*table.norm, table.ground]:
        if text:
            _text(paper, text, USUAL)
            paper.y += 1
    lines = [f"{label} {value}" for label, value in words.signature(table)]
    # A signature stands on one page with what is signed beside it.
    if paper.will_page_break(len(lines) * (4 + _line(USUAL))):
        paper.add_page()
    for line in lines:
        paper.ln(4)
        _text(paper, line, USUAL)
