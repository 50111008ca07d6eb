"""Keeps the index of the search on SQLite, and guesses what a person meant who typed a word wrongly."""

import difflib
from collections.abc import Iterable

from django.db import connection
from django.db.models import F, TextField, Value
from django.db.models.expressions import RawSQL

from people.search import words
from registry.models import Account
from registry.models.accounts import AccountQuerySet
from registry.models.searching import TABLE, TRIGRAM, IsLike, Nearness, quoted, stems

SHORTEST = 4  # a shorter word has too many neighbours
LIKELY = 0.7  # how near a word must be to be offered
_NEAREST = 50  # entries whose words are compared letter by letter
_ALIKE = "0.3"  # how many trigrams of a word an entry must share to be one of them (PostgreSQL)


def index(accounts: Iterable[Account]) -> None:
    """Stores the words of entries whose `search` was written. PostgreSQL does it by itself."""
    if connection.vendor != "sqlite":
        return
    rows = [(account.pk, account.search, stems(account.search)) for account in accounts]
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [row[:1] for row in rows])  # noqa: S608
        cursor.executemany(f"INSERT INTO {TABLE} (rowid, text, stems) VALUES (%s, %s, %s)", rows)  # noqa: S608


def meant(text: str, rows: AccountQuerySet) -> str:
    """The query with words that nothing of `rows` has replaced by the nearest that they have; "" when none is near."""
    asked = words(text)
    told = [word if rows.matching(word).exists() else _nearest(word, rows) for word in asked]
    return " ".join(told) if all(told) and told != asked and rows.matching(" ".join(told)).exists() else ""


def _nearest(word: str, rows: AccountQuerySet) -> str:
    if len(word) < SHORTEST:
        return ""
    texts = _alike(word, rows).values_list("search", flat=True)[:_NEAREST]
    vocabulary = {found for text in texts for found in words(text)}
    return next(iter(difflib.get_close_matches(word, sorted(vocabulary), 1, LIKELY)), "")


def _alike(word: str, rows: AccountQuerySet) -> AccountQuerySet:
    """Entries that share trigrams with the word, by the index."""
    rows = rows.order_by()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [_ALIKE])
        alike = rows.filter(IsLike(F("search"), Value(word, TextField())))
        return alike.order_by(Nearness(Value(word, TextField()), F("search")).desc())
    whole = f" {word} "
    parts = sorted({whole[at : at + TRIGRAM] for at in range(len(whole) - TRIGRAM + 1)})
    asked = " OR ".join(map(quoted, parts))
    ranked = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rank LIMIT 200"  # noqa: S608
    return rows.filter(pk__in=RawSQL(ranked, [asked]))  # noqa: S611 - what is asked is a parameter
