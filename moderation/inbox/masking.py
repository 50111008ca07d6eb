"""Personal data of a text hidden where it is only leafed through: lists, results of a search, previews.

Wider than the triage, which marks what is said of third persons: here the writer's own telephone is hidden as well, and
a number too many costs nothing, for the page of the message shows it to whoever says why.
"""

import re
from collections.abc import Iterator

from moderation.models import Message, TriageRule
from moderation.triage.personal import ADDRESS, HOME

_AHEAD = 300  # read past the end of what is shown: no number and no address is longer
SHOWN = 280  # characters of a text in a list
DOT = "•"

_GAP = r"[\s\-‐-―.()/_*+,]{0,3}"
_DIGIT = r"[\dOОoоЗIl]"  # letters that stand for digits: «8-9I3-ЗО5»
_LONG = re.compile(rf"(?<![\w])\+?\(?{_DIGIT}(?:{_GAP}{_DIGIT}){{9,23}}(?!\w)")
_MOST_LETTERS = 3
# Telephones of a town, and any figures after a word that calls them a number.
_TOWN = re.compile(r"(?<![\d-])\d{1,3}-\d\d-\d\d(?![\d-])")
_CALLED = re.compile(
    r"(?:тел|звон|номер|моб|сот|факс|ватс|вотс|вайб|whats|viber|снилс|паспорт|полис|карт)[а-яa-z]*[^\d\n]{0,15}"
    rf"(\d(?:{_GAP}\d){{4,}})",
    re.IGNORECASE,
)
# Whatever is hidden holds a figure or the sign of an address of mail.
_SUSPECT = re.compile(r"[\d@]|[(\[]\s?(?:at|собака)", re.IGNORECASE)
_PASSPORT = re.compile(r"(?<!\d)\d{2}\s?\d{2}\s*(?:№|n|номер)[\s:]*\d{6}(?!\d)", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.])[\w.+-]{1,64}(?:\s?@\s?|\s?[(\[]\s?(?:at|собака)\s?[)\]]\s?)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
# Not numbers of anybody: days, sums of money.
_DAY = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d(?![\d]|\.\d)|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_MONEY = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})*(?:,\d\d)? ?(?:тыс|млн|млрд|руб|₽|%)", re.IGNORECASE)
_LIVES = re.compile(
    r"(?:прожива|живу|живем|прописан|зарегистрирован|адрес)[а-я]*(?:\s+по\s+адресу)?[^а-я0-9]{0,3}[^.!?\n]{0,30}$"
)
_BEFORE = 60


def mask(text: str) -> str:
    """The text with telephones, addresses of mail and homes, numbers of cards and papers as dots; as long as before."""
    if not _SUSPECT.search(text):
        return text
    for start, end in _found(text):
        text = _dotted(text, start, end)
    return text


def masked(message: Message, limit: int = SHOWN) -> str:
    """Of a message: what is found here and what the triage has marked, cut at a word."""
    return cut(whole(message, limit + _AHEAD), limit)


def whole(message: Message, length: int | None = None) -> str:
    """Its text, masked: all of it, or so many characters."""
    text = message.text[:length]
    for flag in message.flags:
        if flag["class"] == TriageRule.Flag.PERSONAL:
            text = _dotted(text, flag["start"], flag["end"])
    return mask(text)


def cut(text: str, limit: int = SHOWN) -> str:
    """As many whole words as fit."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,.;:—-") + "…"


def hides_something(message: Message) -> bool:
    return whole(message) != message.text


def _dotted(text: str, start: int, end: int) -> str:
    dots = "".join(DOT if sign.isalnum() else sign for sign in text[start:end])
    return text[:start] + dots + text[end:]


def _found(text: str) -> Iterator[tuple[int, int]]:
    # Days and sums are looked past: letters of the same length stand in for them.
    plain = _MONEY.sub(_letters, _DAY.sub(_letters, text))
    for match in _LONG.finditer(plain):
        if sum(not sign.isdigit() for sign in match[0] if sign.isalnum()) <= _MOST_LETTERS:
            yield match.span()
    for match in _CALLED.finditer(plain):
        yield match.span(1)
    for pattern in (_TOWN, _PASSPORT, _EMAIL):
        yield from (match.span() for match in pattern.finditer(plain))
    yield from _homes(text)


def _letters(match: re.Match[str]) -> str:
    return "x" * len(match[0])


def _homes(text: str) -> Iterator[tuple[int, int]]:
    """Addresses with a flat, and houses of which it is said that somebody lives there."""
    low = text.lower().replace("ё", "е")
    if len(low) != len(text):  # letters that are longer when small: the places would not fit
        low = "".join(sign.lower()[:1] or sign for sign in text).replace("ё", "е")
    yield from (match.span() for match in ADDRESS.finditer(low))
    for match in HOME.finditer(low):
        if _LIVES.search(low[max(0, match.start() - _BEFORE) : match.start()]):
            yield match.span()
