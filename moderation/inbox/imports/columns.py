"""Which column of a table of messages means what, by the words of its header. People may correct it."""

import re
from collections.abc import Sequence
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from people.search import fold
from people.tables import Line


class Meaning(StrEnum):
    """What a column tells about a message, in the order people are asked for it."""

    TEXT = "text"
    PAGE = "page"
    LINK = "link"
    WHEN = "when"
    HOUR = "hour"
    AUTHOR = "author"
    AUTHOR_ID = "author_id"
    KIND = "kind"
    POST = "post"
    NUMBER = "number"
    THREAD = "thread"
    URGENT = "urgent"


MEANING_NAMES = {
    Meaning.TEXT: _("text of the message"),
    Meaning.PAGE: _("page on which it was written"),
    Meaning.LINK: _("link to the message"),
    Meaning.WHEN: _("when it was written"),
    Meaning.HOUR: _("hour"),
    Meaning.AUTHOR: _("author"),
    Meaning.AUTHOR_ID: _("number of the author in the network"),
    Meaning.KIND: _("kind"),
    Meaning.POST: _("number of the post"),
    Meaning.NUMBER: _("number of the message in the network"),
    Meaning.THREAD: _("number of the conversation"),
    Meaning.URGENT: _("urgent"),
}

# Words of headers, folded; the first that fits decides, so what must not be taken stands first.
_WORDS: list[tuple[Meaning | None, str]] = [
    (None, r"^№|^n$|п/п|примечан|статус|ответ|исполнител|ссылка на автор|профил|лайк|охват|тональ|подписчик"),
    (Meaning.AUTHOR_ID, r"(id|номер|ид).*(автор|пользоват|author|user)|(автор|пользоват|author|user).*(id|номер|ид\b)"),
    (Meaning.AUTHOR, r"автор|фио|ф\. ?и\. ?о|имя|пользоват|житель|заявител|author|user"),
    (Meaning.THREAD, r"ветк|тред|диалог|переписк|бесед|разговор|thread"),
    (Meaning.POST, r"(id|номер|ид) (поста|записи|публикации)|post"),
    (Meaning.NUMBER, r"(id|номер|ид) (коммент|сообщ|отзыв|обращ)|^(id|ид)$|comment_?id|message_?id|external_?id"),
    (Meaning.URGENT, r"срочн|urgent"),
    (Meaning.KIND, r"^(вид|тип)\b|kind|type"),
    (Meaning.LINK, r"ссылк|url|гиперссылк|^адрес|link"),
    (Meaning.HOUR, r"^время$|^час"),
    (Meaning.WHEN, r"дата|когда|время|поступил|date|time|received"),
    (Meaning.TEXT, r"текст|сообщени|комментари|содержан|отзыв|вопрос|обращени|text|message"),
    (Meaning.PAGE, r"страниц|аккаунт|групп|сообществ|канал|паблик|площадк|источник|account|page|сеть"),
]
_LONGEST_HEADER = 90
_HEADER_ROWS = 15
_DATA = re.compile(r"://|\w\.\w+/\w|^@|@\w+\.\w|\d{2}\.\d{2}\.\d{4}|^\d{4}-\d\d-\d\d|[!?…]$")
_MOMENT = re.compile(r"^\d{1,2}\.\d{1,2}\.\d{2,4}\b|^\d{4}-\d\d-\d\d")
_LINK = re.compile(r"^(https?://|(vk|ok|t|max)\.\w+/)\S+$")

Columns = list[Meaning | None]


def looks_like_header(row: Sequence[str]) -> bool:
    """Names the text and something more, and holds no data."""
    found = _meanings(row)
    return Meaning.TEXT in found and len(set(found) - {None}) > 1


def find_columns(lines: Sequence[Line]) -> tuple[int, list[str], Columns]:
    """How many lines at the top are no messages, the words of the header, and what each column means."""
    for n, line in enumerate(lines[:_HEADER_ROWS]):
        if looks_like_header(line.cells):
            return n + 1, line.cells, _once(_meanings(line.cells))
    return 0, [], _by_look(lines[:_HEADER_ROWS])


def _meanings(row: Sequence[str]) -> Columns:
    if any(_DATA.search(cell) for cell in row):
        return [None] * len(row)
    return [_meant(cell) for cell in row]


def _meant(cell: str) -> Meaning | None:
    words = fold(cell).replace("_", " ") if " " in cell else fold(cell)
    if not words or len(words) > _LONGEST_HEADER:
        return None
    return next((meaning for meaning, pattern in _WORDS if re.search(pattern, words)), None)


def _once(columns: Columns) -> Columns:
    """Each meaning in the first column that is named so."""
    return [one if columns.index(one) == n else None for n, one in enumerate(columns)]


def _by_look(lines: Sequence[Line]) -> Columns:
    """Without a header: moments and links by their look, the longest words are the text."""
    width = len(lines[0].cells) if lines else 0
    columns: Columns = [None] * width
    for n in range(width):
        cells = [line.cells[n] for line in lines if line.cells[n]]
        for meaning, look in ((Meaning.WHEN, _MOMENT), (Meaning.LINK, _LINK)):
            if cells and meaning not in columns and all(look.search(cell) for cell in cells):
                columns[n] = meaning
    free = {n: sum(len(line.cells[n]) for line in lines) for n in range(width) if columns[n] is None}
    if free:
        columns[max(free, key=lambda n: free[n])] = Meaning.TEXT
    return columns
