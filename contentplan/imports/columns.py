"""Which column of a table means what: by the words of its header, else by what stands in it. People may correct it."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contentplan.imports.marks import column_of
from people.search import fold


class Meaning(StrEnum):
    """What a column tells about a post, in the order people are asked for it."""

    WHEN = "when"
    HOUR = "hour"
    ACCOUNTS = "accounts"
    TOPIC = "topic"
    OCCASION = "occasion"
    RUBRIC = "rubric"
    FORMAT = "format"
    RESPONSIBLE = "responsible"
    TEXT = "text"


MEANING_NAMES = {
    Meaning.WHEN: _("day, or day and hour"),
    Meaning.HOUR: _("hour"),
    Meaning.ACCOUNTS: _("accounts"),
    Meaning.TOPIC: _("topic"),
    Meaning.OCCASION: _("news occasion"),
    Meaning.TEXT: pgettext_lazy("of a post", "text"),
    Meaning.RUBRIC: _("rubric"),
    Meaning.FORMAT: pgettext_lazy("of a post", "format"),
    Meaning.RESPONSIBLE: _("who is responsible"),
}

# Words of headers, folded; the first that fits decides, so what must not be taken stands first.
_WORDS: list[tuple[Meaning | None, str]] = [
    (None, r"^№|^n$|п/п|номер|статус|отметк|согласован|замечан|примечан|ссылка на публ|факт|охват|просмотр"),
    (Meaning.RUBRIC, r"рубрик"),
    (Meaning.RESPONSIBLE, r"ответствен|исполнител|кто готовит|автор"),
    (Meaning.WHEN, r"дата|день|число|срок"),
    (Meaning.HOUR, r"время|час"),
    (Meaning.WHEN, r"когда|выход"),
    (
        Meaning.ACCOUNTS,
        r"аккаунт|соцсет|соц\. ?сет|сеть|сети|площадк|канал|страниц|паблик|групп|сообществ|где разм|ресурс",
    ),
    (Meaning.FORMAT, r"формат|вид |вид$|тип |тип$"),
    (Meaning.TOPIC, r"тема|тематик|заголов|названи|наименован"),
    (Meaning.OCCASION, r"повод|мероприят|событи"),
    (Meaning.TEXT, r"содержан|текст|тезис|описан|пост$|публикац|материал|контент"),
]
_LONGEST_HEADER = 80
_HEADER_ROWS = 15
_LOOKS_LIKE_DAY = re.compile(
    r"\b\d{1,2}[./]\d{1,2}\b|\b\d{4}-\d\d-\d\d|\b\d{1,2}\s+(янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек)"
    r"|^(в |во )?(пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье)\b",
    re.IGNORECASE,
)
_LOOKS_LIKE_HOUR = re.compile(r"^(в )?\d{1,2}[:.\-]\d{2}$")
_LOOKS_LIKE_ACCOUNT = re.compile(
    r"^(вк|ок|тг|vk|ok|tg|max|макс)\b|вконтакте|одноклассник|telegram|телеграм|://|^@", re.IGNORECASE
)

# A Meaning, the column of a network (marks.py), or None: not taken.
Columns = list[str | None]
_NO_NETWORKS: Mapping[str, str] = {}


def looks_like_header(row: Sequence[str]) -> bool:
    """Two different meanings, or at least a column of days; «День матери» on the 30th is a post and no header."""
    if any(_LOOKS_LIKE_DAY.search(cell) for cell in row):
        return False
    found = {meaning for cell in row if (meaning := _meant(cell))}
    named = sum(bool(cell) for cell in row)
    return len(found) > 1 or (Meaning.WHEN in found and named > 1)


def find_columns(rows: Sequence[Sequence[str]], networks: Mapping[str, str] = _NO_NETWORKS) -> tuple[int, Columns]:
    """How many rows at the top are no posts, and what each column means; `networks` as in `marks.column_of`."""
    for number, row in enumerate(rows[:_HEADER_ROWS]):
        if looks_like_header(row):
            return number + 1, _settled([column_of(cell, networks) or _meant(cell) for cell in row])
    return 0, _by_content(rows)


def _meant(cell: str) -> Meaning | None:
    words = fold(cell)
    if not words or len(words) > _LONGEST_HEADER or _LOOKS_LIKE_DAY.search(words):
        return None
    return next((meaning for meaning, pattern in _WORDS if re.search(pattern, words)), None)


def _settled(columns: Columns) -> Columns:
    """Without a column of topics the occasion is the topic; a second column of days is none."""
    if Meaning.TOPIC not in columns and Meaning.OCCASION in columns:
        place = columns.index(Meaning.OCCASION)
        columns = [*columns[:place], Meaning.TOPIC, *columns[place + 1 :]]
    first = {str(meaning): columns.index(meaning) for meaning in (Meaning.WHEN, Meaning.HOUR) if meaning in columns}
    return [name if first.get(name or "", n) == n else None for n, name in enumerate(columns)]


def _by_content(rows: Sequence[Sequence[str]]) -> Columns:
    """For a table without a header: days, hours, accounts by their look; the longest cells are the text."""
    width = max((len(row) for row in rows), default=0)
    columns: Columns = [_look([row[n] for row in rows if n < len(row) and row[n]]) for n in range(width)]
    free = [n for n in range(width) if columns[n] is None and _is_prose([row[n] for row in rows if n < len(row)])]
    if free:
        columns[free[0]] = Meaning.TOPIC
    if len(free) > 1:
        columns[free[1]] = Meaning.TEXT
    return _settled(columns)


def _look(cells: Sequence[str]) -> Meaning | None:
    looks = ((Meaning.WHEN, _LOOKS_LIKE_DAY), (Meaning.HOUR, _LOOKS_LIKE_HOUR), (Meaning.ACCOUNTS, _LOOKS_LIKE_ACCOUNT))
    for meaning, pattern in looks:
        if cells and sum(bool(pattern.search(cell)) for cell in cells) * 2 > len(cells):
            return meaning
    return None


def _is_prose(cells: Sequence[str]) -> bool:
    """Words, not numbers of rows."""
    return any(re.search(r"[^\W\d_]{3,}", cell) for cell in cells)
