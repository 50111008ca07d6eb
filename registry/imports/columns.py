"""Which column of a registry means what, by the words of its header. People may correct it."""

import re
from collections.abc import Sequence
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from people.search import fold
from people.tables import Line


class Meaning(StrEnum):
    """What a column tells about an entry, in the order people are asked for it."""

    BODY = "body"
    NETWORK = "network"
    LINK = "link"
    NAME = "name"
    STATUS = "status"
    OPENED = "opened"
    CLOSED = "closed"
    ACT = "act"
    RESPONSIBLE = "responsible"
    PHONE = "phone"
    EMAIL = "email"
    EXTERNAL = "external"
    DESCRIPTION = "description"


MEANING_NAMES = {
    Meaning.BODY: _("body"),
    Meaning.NETWORK: _("network"),
    Meaning.LINK: _("link"),
    Meaning.NAME: _("name of the page"),
    Meaning.STATUS: _("status"),
    Meaning.OPENED: _("kept since"),
    Meaning.CLOSED: _("closed on"),
    Meaning.ACT: _("legal act"),
    Meaning.RESPONSIBLE: _("responsible post"),
    Meaning.PHONE: _("work phone"),
    Meaning.EMAIL: _("work e-mail"),
    Meaning.EXTERNAL: _("permanent number in the network"),
    Meaning.DESCRIPTION: _("description"),
}

# Words of headers, folded; the first that fits decides, so what must not be taken stands first.
_NETWORKS = r"^(вк|ок|тг|vk|ok|tg|max|макс)$|вконтакте|одноклассник|telegram|телеграм|^max\b"
_WORDS: list[tuple[Meaning | None, str]] = [
    (None, r"^№|^n$|п/п|номер записи|имя в адресе|проверен|подписчик|примечан|фио|ф\. ?и\. ?о|код органа|сайт"),
    (Meaning.EXTERNAL, r"постоянн\w* номер|^id\b"),
    (Meaning.EMAIL, r"почт|e-?mail|эл\. ?адрес"),
    (Meaning.PHONE, r"телефон|^тел\b"),
    (Meaning.RESPONSIBLE, r"ответствен|должност"),
    (Meaning.LINK, r"ссылк|адрес|url|гиперссылк"),
    (Meaning.ACT, r"(^|\W)акт|основани|распоряжени|постановлени|приказ"),
    (Meaning.CLOSED, r"закрыт|дата закрыт|окончан"),
    (Meaning.OPENED, r"ведется с|дата (создан|открыт|регистр)|создан"),
    (Meaning.STATUS, r"статус|состояни"),
    (Meaning.LINK, _NETWORKS),
    (Meaning.NETWORK, r"^(соц\w*\W*)?сет[ьи]$|социальн\w+ сет|соцсет|площадк|мессенджер"),
    (Meaning.DESCRIPTION, r"описани|назначени"),
    (Meaning.NAME, r"(назван|наименован|имя).*(страниц|аккаунт|групп|сообществ|канал|паблик)|^(страниц|аккаунт|канал)"),
    (Meaning.BODY, r"орган|учрежд|поселени|наименовани|администраци|подразделени|владел"),
    (Meaning.NAME, r"названи"),
]
_LONGEST_HEADER = 90
_HEADER_ROWS = 20
_DATA = re.compile(r"://|\w\.\w+/\w|^@|@\w+\.\w|\d{2}\.\d{2}\.\d{4}|^\d{4}-\d\d-\d\d")

Columns = list[Meaning | None]


def looks_like_header(row: Sequence[str]) -> bool:
    """Names at least two different things, a link or a network among them, and holds no data."""
    found = _meanings(row)
    return len(set(found) - {None}) > 1 and bool({Meaning.LINK, Meaning.NETWORK} & set(found))


def find_columns(lines: Sequence[Line]) -> tuple[int, list[str], Columns]:
    """How many lines at the top are no entries, the words of the header, and what each column means.

    A header may take two lines: then the words of the upper one stand before those of the lower.
    """
    best: tuple[int, int, list[str]] = (0, 0, [])
    for n, line in enumerate(lines[:_HEADER_ROWS]):
        if sum(bool(cell) for cell in line.cells) == 1:
            continue  # a title, whatever day it names
        if any(_DATA.search(cell) for cell in line.cells):
            break
        both = _joined(lines[n].cells, lines[n + 1].cells) if n + 1 < len(lines) else []
        tries = [(n + 1, line.cells), (n + 2, both)] if both else [(n + 1, line.cells)]
        for end, words in tries:
            score = len([meaning for meaning in _meanings(words) if meaning])
            if looks_like_header(words) and score > best[0]:
                best = (score, end, words)
    _score, end, words = best
    width = len(lines[0].cells) if lines else 0
    return end, words, _once(_meanings(words)) if end else [None] * width


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Nothing where the lower line holds data or numbers of columns."""
    if any(_DATA.search(cell) or cell.isdigit() for cell in lower):
        return []
    return [below if below and below != above else above for above, below in zip(upper, lower, strict=True)]


def _meanings(row: Sequence[str]) -> Columns:
    if any(_DATA.search(cell) for cell in row):
        return [None] * len(row)
    return [_meant(cell) for cell in row]


def _meant(cell: str) -> Meaning | None:
    words = fold(cell)
    if not words or len(words) > _LONGEST_HEADER:
        return None
    return next((meaning for meaning, pattern in _WORDS if re.search(pattern, words)), None)


def _once(columns: Columns) -> Columns:
    """Links may stand in several columns, everything else in the first one that is named so."""
    return [one if one is Meaning.LINK or columns.index(one) == n else None for n, one in enumerate(columns)]
