"""What the fonts of the PDF can show. A sign they lack is replaced so that it is seen to be missing, never dropped."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from fpdf import FPDF

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD, SYMBOLS = (
    FONTS / name for name in ("golos-text-regular.ttf", "golos-text-bold.ttf", "dejavu-sans-symbols.ttf")
)

MISSING = "□"
# Signs that people of the bodies really use, and a twin every printer knows.
_TWINS = {
    "✅": "✔", "❗": "!", "❓": "?", "❌": "✖", "📞": "☎", "📱": "☎", "👉": "☞", "📌": "•", "📍": "•",
    "🔹": "◆", "🔸": "◆", "🔺": "▲", "✨": "★", "🌟": "★",
    "➕": "+", "➖": "−", "💬": "«»", "📅": "▦", "⏰": "◷", "🕙": "◷",
}  # fmt: skip
# They only change how the sign before them looks.
_SILENT = {"\u200d", "\ufe0e", "\ufe0f", "\u20e3", "\u2060", "\u200b", "\ufeff", *map(chr, range(0x1F3FB, 0x1F400))}


@cache
def known() -> frozenset[int]:
    """Every character the shipped fonts can show."""
    paper = FPDF()
    for path in (REGULAR, SYMBOLS):
        paper.add_font(path.stem, "", path)
    fonts: list[Any] = list(paper.fonts.values())
    for font in fonts:
        font.ttfont.close()  # the library does it only after writing a file
    return frozenset(code for font in fonts for code in font.cmap)


def printable(text: str) -> str:
    """The text in characters the fonts have."""
    text = unicodedata.normalize("NFC", text).replace("\t", " ").replace("\u00ad", "")
    if all(ord(char) in known() or char == "\n" for char in text):
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in _SILENT:
        return ""
    if char == "\n" or ord(char) in known():
        return char
    if unicodedata.category(char) == "Zs":
        return " "
    return _TWINS.get(char, MISSING)
