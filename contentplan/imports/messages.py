"""A plan written as a message, without any table: «Пн 30.11, 10:00 ВК – Ремонт моста», line by line.

What stands under a line without a day or an hour of its own is the text of its post; a line that holds only a day is
the day of the lines below it.
"""

import re
from collections.abc import Sequence

from people.tables import Rows

# What messengers put before a copied message, what people put before a line of a list, and stars of bold type.
_SENT = re.compile(r"^(?:\[?\d{1,2}\.\d{1,2}\.\d{2,4},?\s+\d{1,2}:\d\d(?::\d\d)?\]?\s+)[^:\d]{1,60}:\s*")
_SENDER = re.compile(r"^[^:\d]{1,60},?\s+\[\d{1,2}\.\d{1,2}\.\d{2,4},?\s+\d{1,2}:\d\d(?::\d\d)?\]:?\s*")
_MARK = re.compile(r"^(?:[-–—•*·▪✅📌🔹]+\s*|\d{1,3}[.)]\s+(?=\S))")
_MONTH = r"(?:янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?"
_WEEKDAY = (
    r"(?:во?\s+)?(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье"
    r"|пн|вт|ср|чт|пт|сб|вс)(?![а-яё])"
)
_DATE = (
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?(?![\d:])"
    rf"|\d{{1,2}}(?:-?го)?\s+{_MONTH}(?:\s+\d{{4}})?)"
)
_DAY = re.compile(
    rf"(?:{_WEEKDAY}[.,]?\s*)?{_DATE}(?:\s*г(?:\.|ода)?(?![а-яё]))?(?:,?\s*\(?{_WEEKDAY}\)?)?|{_WEEKDAY}", re.IGNORECASE
)
_HOUR = re.compile(
    r"(?:в\s+)?\d{1,2}[:.\-]\d{2}(?!\d)|(?:в\s+)?\d{1,2}\s?(?:ч|час(?:ов|а)?)(?![а-яё])\.?|в\s+\d{1,2}(?!\d)",
    re.IGNORECASE,
)
_NETWORK = r"(?:вк(?:онтакте)?|ок|одноклассник[а-я]*|тг|телеграм+|telegram|max|макс|vk|ok|tg)(?![а-яёa-z]|\.\w)"
_NETWORKS = re.compile(rf"{_NETWORK}(?:(?:\s*[,+/&]\s*|\s+и\s+|\s+){_NETWORK})*", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*(?:в\s+)?({_NETWORKS.pattern})\s*[)\]]\s*$", re.IGNORECASE)
_RUN = re.compile(r"(?<=\S)(?: {2,}|\u2003+)(?=\S)")
# As people themselves would have written it: shown, and read again by columns.py.
_HEADER = ["День", "Время", "Аккаунты", "Тема", "Текст"]
_RULE = re.compile(r"^[\s|:+-]*-{3,}[\s|:+-]*$")  # under the header of a table drawn with signs
_BETWEEN = " \t,;:.–—-|"


def with_tabs(text: str) -> str:
    """Messengers turn the columns of a table into runs of spaces: these become tabs again. Ruled lines go."""
    lines = [line for line in text.splitlines() if line.strip() and not _RULE.match(line)]
    text = "\n".join(lines)
    if "\t" in text or sum(bool(_RUN.search(line)) for line in lines) * 2 <= len(lines):
        return text
    return "\n".join(_RUN.sub("\t", line.strip()) for line in lines)


def table_of(text: str) -> Rows | None:
    """The message as a table with a header; None when the text is a table already, or no plan at all."""
    lines = _lines(text)
    made: Rows = []
    day = ""
    for line in lines:
        here, hour, where, words = _parts(line)
        if here and not (hour or where or words):
            day = here
        elif here or hour:
            made.append([here or day, hour, where, words, ""])
        elif made:
            made[-1][4] = f"{made[-1][4]}\n{line}".strip()
    if not any(row[0] and row[3] for row in made):
        return None
    return [_HEADER, *made]


def _lines(text: str) -> list[str]:
    """The lines of a message without what the messenger puts around them; none where the text has columns."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    columns = sum(any(sign in line for sign in "\t;|") or line.startswith('"') for line in lines)
    if columns * 2 > len(lines) or (len(lines) > 1 and _is_csv(lines)):
        return []
    plain = [_SENDER.sub("", _SENT.sub("", line)).replace("**", "").strip("*_ ") for line in lines]
    return [line for line in plain if line]


def _is_csv(lines: Sequence[str]) -> bool:
    """As many commas in every line, and no spaces after them."""
    return len({line.count(",") for line in lines}) == 1 and all("," in line and ", " not in line for line in lines)


def _parts(line: str) -> tuple[str, str, str, str]:
    """Day, hour, networks and the rest, each empty where the line does not begin with it."""
    left = _MARK.sub("", line) if not _DAY.match(line) else line
    day, left = _taken(_DAY, left)
    hour, left = _taken(_HOUR, left)
    if hour and not day:
        day, left = _taken(_DAY, left)
    if not day and not hour:
        return "", "", "", line
    where, left = _taken(_NETWORKS, left)
    if not where and (found := _IN_BRACKETS.search(left)):
        where, left = found[1], left[: found.start()]
    return day, hour, re.sub(r"\s+и\s+|[+/&\s]+", ", ", where.strip(_BETWEEN)).replace(",,", ","), left.strip(_BETWEEN)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """What the text begins with, and what follows it."""
    found = pattern.match(text)
    return (found[0], text[found.end() :].lstrip(_BETWEEN)) if found else ("", text)
