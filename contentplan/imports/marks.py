"""A column of one network: a mark that the post goes there, its hour, the link of the account, or a text of its own."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from contentplan.imports.dates import BadDate, read_hour
from people.search import fold

# A column of a network is called so, with the network's slug after it.
PREFIX = "network:"

_YES = {"+", "++", "да", "есть", "x", "х", "v", "y", "yes", "1", "✓", "✔", "☑", "✅", "●", "•", "*"}
_NO = {"", "-", "–", "—", "нет", "0", "no", "❌", "✗"}
_HOUR = re.compile(r"^(в )?\d{1,2}[:.\-]\d{2}$")
_LINK = re.compile(r"^(@\S+|\S+://\S+|\w[\w.-]*\.\w+/\S+)$")
# Fewer characters without a full stop are a word nobody can guess the meaning of, not a text.
_SHORTEST_TEXT = 25


@dataclass(frozen=True)
class Mark:
    """What the cell of a network says of a post that goes there."""

    text: str = ""  # its own text there; empty: the common one
    hour: time | None = None
    link: str = ""  # of the account


class BadMark(ValueError):
    """The cell says neither; `sentence` tells the person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def column_of(header: str, networks: Mapping[str, str]) -> str | None:
    """The column of the network that the header names; `networks`: how people call it, folded → its slug."""
    slug = networks.get(re.sub(r"^в (сети )?", "", fold(header)).strip(" .:"))
    return PREFIX + slug if slug else None


def network_columns(columns: Iterable[str | None]) -> list[str]:
    """The columns of networks among these."""
    return [name for name in columns if name and name.startswith(PREFIX)]


def read_mark(cell: str) -> Mark | None:
    """None where the post does not go there. Raises BadMark."""
    words = fold(cell).strip()
    if words in _NO:
        return None
    if words in _YES:
        return Mark()
    if _HOUR.match(words):
        try:
            return Mark(hour=read_hour(words))
        except BadDate as error:
            raise BadMark(_("Write the hour like this: 10:00.")) from error
    if _LINK.match(cell.strip()):
        return Mark(link=cell.strip())
    text = cell.strip()
    if len(text) >= _SHORTEST_TEXT or text[-1] in ".!?…)" or "\n" in text:
        return Mark(text=text)
    raise BadMark(
        _("“%(words)s” is not clear. Put + where the post goes there, or write its whole text for this network.")
        % {"words": text}
    )
