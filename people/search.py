"""Russian search that works alike on SQLite and PostgreSQL: both sides are folded before they meet."""

import re


def fold(text: str) -> str:
    """Lower case, ё as е, single spaces: what a search column holds and what a query is turned into."""
    return " ".join(text.casefold().replace("ё", "е").split())


def pattern(text: str) -> str:
    """For `iregex`, where a table is small and has no search column: any letter case, е as ё, words in any place."""
    return re.sub("[её]", "[её]", re.escape(" ".join(text.lower().split())))
