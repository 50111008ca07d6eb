"""Russian search that works alike on SQLite and PostgreSQL: both sides are folded before they meet."""


def fold(text: str) -> str:
    """Lower case, ё as е, single spaces: what a search column holds and what a query is turned into."""
    return " ".join(text.casefold().replace("ё", "е").split())
