"""Russian search that works alike on SQLite and PostgreSQL: both sides are folded before they meet."""

import re
import unicodedata

# What may stand between the words of a query: `_`, `-` and `%` may not, they are looked for as they are.
_BETWEEN_WORDS = re.compile(r"[\s.,;:!?@/\\«»„“”\"()]+")


def fold(text: str) -> str:
    """Lower case, ё as е, single spaces: what a search column holds and what a query is turned into."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("ё", "е").split())


def words(text: str) -> list[str]:
    """The folded words of a query, each to be found anywhere: «с.Уртам», «@urtam» and «Уртам,» ask for the same."""
    folded = fold(text)
    found = [word for word in _BETWEEN_WORDS.split(folded) if word]
    return found or [folded] * bool(folded)


def pattern(text: str) -> str:
    """For `iregex`, where a table is small and has no search column: any letter case, е as ё, words in any place."""
    return re.sub("[её]", "[её]", re.escape(" ".join(text.lower().split())))
