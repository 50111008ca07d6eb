"""A table in a PDF: its header stands on every page, a row longer than a page goes on on the next one, line by line.

The library has tables too; they lay every text out three times, letter by letter, and refuse a row higher than a page.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

LINE = 3.3  # height of a line, millimetres
PADDING = 0.8
# A row is not begun at the bottom of a page for less than this many lines of it.
FEWEST_LINES = 4
# A row of so many lines is rather moved to the next page than cut.
KEPT_WHOLE = 16
_OF_COLUMN = "<</O /Table /Scope /Column>>"


class Grid:
    """Draws rows from where the paper stands; the font must be set."""

    def __init__(self, paper: Any, widths: Sequence[float], headings: Sequence[str], centred: Sequence[int]) -> None:
        self.paper, self.widths, self.centred = paper, widths, centred
        self.headings = headings
        self._is_headed = False
        self._known: dict[tuple[str, str], float] = {}

    def header(self) -> None:
        """Bold, shaded, in the middle of each cell; repeated on the next pages for the eye only."""
        paper = self.paper
        paper.set_font(style="B")
        cells = [self._wrapped(text, width) for text, width in zip(self.headings, self.widths, strict=True)]
        tallest = max(map(len, cells))
        lowered = [[""] * ((tallest - len(lines)) // 2) + lines for lines in cells]
        with paper.artifact() if self._is_headed else paper.group("TR"):
            self._draw(lowered, tallest, heading=True)
        self._is_headed = True
        paper.set_font(style="")

    def row(self, cells: Sequence[str]) -> None:
        """One row, on as many pages as it takes."""
        wrapped = [self._wrapped(text, width) for text, width in zip(cells, self.widths, strict=True)]
        left = max(map(len, wrapped))
        if self._room() < min(left, KEPT_WHOLE if left <= KEPT_WHOLE else FEWEST_LINES):
            self._turn()
        while left:
            count = min(left, self._room())
            with self.paper.group("TR"):
                self._draw([lines[:count] for lines in wrapped], count)
            wrapped = [lines[count:] for lines in wrapped]
            left -= count
            if left:
                self._turn()

    def _turn(self) -> None:
        self.paper.add_page()
        self.header()

    def _room(self) -> int:
        """How many lines a row still finds on this page."""
        return int((self.paper.page_break_trigger - self.paper.y - 2 * PADDING) / LINE)

    def _draw(self, cells: Sequence[Sequence[str]], count: int, *, heading: bool = False) -> None:
        paper, top, left = self.paper, self.paper.y, self.paper.l_margin
        height = count * LINE + 2 * PADDING
        for column, (lines, width) in enumerate(zip(cells, self.widths, strict=True)):
            with nullcontext() if heading and self._is_headed else paper.artifact():
                paper.rect(left, top, width, height, style="DF" if heading else "D")
            align = "C" if heading or column in self.centred else "L"
            with paper.tag("TH", _OF_COLUMN) if heading else paper.tag("TD"):
                for n, line in enumerate(lines):
                    if line:
                        paper.set_xy(left + PADDING, top + PADDING + n * LINE)
                        paper.cell(width - 2 * PADDING, LINE, line, align=align)
            left += width
        paper.set_xy(paper.l_margin, top + height)

    # --- lines ---

    def _wrapped(self, text: str, width: float) -> list[str]:
        """The lines of a text in a column; a word wider than the column is cut."""
        room = width - 2 * PADDING
        return [line for paragraph in text.split("\n") for line in self._lines(paragraph, room)]

    def _lines(self, paragraph: str, room: float) -> list[str]:
        lines, line, used = [], "", 0.0
        for word in self._words(paragraph, room):
            wide = self._width(f" {word}") if line else self._width(word)
            if line and used + wide > room:
                lines.append(line)
                line, used = word, self._width(word)
            else:
                line, used = f"{line} {word}" if line else word, used + wide
        return [*lines, line]

    def _words(self, paragraph: str, room: float) -> list[str]:
        """The words of a paragraph, too wide ones in pieces."""
        return [piece for word in paragraph.split() for piece in self._pieces(word, room)]

    def _pieces(self, word: str, room: float) -> list[str]:
        if self._width(word) <= room:
            return [word]
        pieces, used = [""], 0.0
        for char in word:
            wide = self._width(char)
            if used + wide > room and pieces[-1]:
                pieces.append("")
                used = 0.0
            pieces[-1] += char
            used += wide
        return pieces

    def _width(self, text: str) -> float:
        """The same words come again and again: each is measured once."""
        key = self.paper.font_style, text
        if key not in self._known:
            self._known[key] = self.paper.get_string_width(text)
        return self._known[key]
