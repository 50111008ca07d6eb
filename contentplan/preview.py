"""How a post will look in each network: its words with links marked, what is folded away, its files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from contentplan import limits
from contentplan.attachments import Attachment
from contentplan.checks import LINK
from contentplan.models import TextLimit
from registry.models import Account

MARKED = re.compile(rf"(?P<link>{LINK.pattern})|(?P<tag>(?<!\w)[#@]\w+)")
MOST_SHOWN = 4  # files; the rest is a number, as networks do it
TRAILING = ".,;:!?)»"


@dataclass(frozen=True)
class Piece:
    """A stretch of text: "text", "link" or "tag"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Preview:
    """A post in one account."""

    account: Account
    at: datetime
    text: str
    limit: TextLimit | None
    attachments: list[Attachment]

    @property
    def count(self) -> limits.Count:
        return limits.count(self.account, self.text, self.limit, has_media=bool(self.attachments))

    @property
    def shown(self) -> list[Piece]:
        return list(pieces(self.text[: self._fold]))

    @property
    def folded(self) -> list[Piece]:
        """What is behind "show more"."""
        return list(pieces(self.text[self._fold :]))

    @property
    def tiles(self) -> list[Attachment]:
        return self.attachments[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.attachments) - MOST_SHOWN)

    @property
    def _fold(self) -> int:
        """Where the network folds: at the last space before its number of characters."""
        after = self.limit.folded_after if self.limit else None
        if not after or len(self.text) <= after:
            return len(self.text)
        space = max(self.text.rfind(" ", 0, after), self.text.rfind("\n", 0, after))
        return space if space > after // 2 else after


def of(
    accounts: Iterable[Account], texts: dict[int, str], common: str, at: datetime, attachments: list[Attachment]
) -> list[Preview]:
    """One for each account; `texts` are their own words by account, "" takes the common ones."""
    accounts = list(accounts)
    known = limits.of_accounts(accounts)
    return [
        Preview(account, at, (texts.get(account.pk) or common).strip(), known.get(account.network_id or 0), attachments)
        for account in accounts
    ]


def pieces(text: str) -> Iterator[Piece]:
    at = 0
    for match in MARKED.finditer(text):
        found = match[0].rstrip(TRAILING)
        if match.start() > at:
            yield Piece("text", text[at : match.start()])
        yield Piece("link" if match["link"] else "tag", found)
        at = match.start() + len(found)
    if at < len(text):
        yield Piece("text", text[at:])
