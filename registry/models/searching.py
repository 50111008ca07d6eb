"""Search of entries by word forms and by parts of words, by an index on both databases.

PostgreSQL has its full text of Russian and an index of trigrams beside it. SQLite gets the same from one FTS5 table of
trigrams, kept by `registry.searching`: the text as it is, and its words without their endings (Snowball, the stemmer
that PostgreSQL uses).
"""

import re
from functools import lru_cache

import snowballstemmer
from django.db import connection
from django.db.models import BooleanField, F, FloatField, Func, Q, TextField, Value
from django.db.models.expressions import RawSQL

TABLE = "registry_account_words"
_FOUND = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
TRIGRAM = 3
_SHORT = re.compile(r"[^\W_]{1,2}")
_SAYS_NOTHING = frozenset(["во", "до", "за", "из", "ко", "на", "об", "от", "по", "со"])
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile(r"[а-я]+")


class HasForm(Func):
    """Whether a text column has some form of the word; the expression of the index `account_search_russian`."""

    template = "to_tsvector('russian'::regconfig, %(expressions)s)"
    arg_joiner = ") @@ plainto_tsquery('russian'::regconfig, "
    output_field = BooleanField()


class HasLexeme(Func):
    """Whether a text column has a word that begins so (`шк:*`) or is so; by the same index."""

    template = "to_tsvector('russian'::regconfig, %(expressions)s)"
    arg_joiner = ") @@ to_tsquery('simple'::regconfig, "
    output_field = BooleanField()


class IsLike(Func):
    """Whether a text has something like the word, by the index `account_search_trigrams`."""

    arg_joiner = " %%> "
    template = "%(expressions)s"
    output_field = BooleanField()


class Nearness(Func):
    """How near a word is to the nearest words of a text, 0…1, by trigrams."""

    function = "word_similarity"
    output_field = FloatField()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The folded word without its ending; words of other alphabets as they are."""
    return str(_stemmer().stemWord(word)) if _CYRILLIC.fullmatch(word) else word


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("russian")


def stems(folded: str) -> str:
    """The stems of a folded text, each between two spaces: a whole one is told from a part."""
    return f" {' '.join(stem(word) for word in _WORD.findall(folded))} "


def has_word(word: str) -> Q:
    """A condition: the entry has this folded word in some form, or as a part of another word.

    Two letters are the beginning of a word, a digit is a word of its own: such parts stand in no index. A single letter
    and the shortest prepositions say nothing: «школа в с. Чилино» is «школа чилино».
    """
    if word in _SAYS_NOTHING or (len(word) == 1 and word.isalpha()):
        return Q()
    if _SHORT.fullmatch(word):
        return _begins_with(word)
    if connection.vendor == "postgresql":
        return Q(search__contains=word) | Q(HasForm(F("search"), Value(word, TextField())))
    if len(word) < TRIGRAM:
        return Q(search__contains=word)
    asked = f"{{text}} : {quoted(word)}"
    if _CYRILLIC.fullmatch(word):
        asked += f" OR {{stems}} : {quoted(f' {stem(word)} ')}"
    return Q(pk__in=RawSQL(_FOUND, [asked]))  # noqa: S611 - what is asked is a parameter


def _begins_with(short: str) -> Q:
    whole = len(short) == 1
    if connection.vendor == "postgresql":
        return Q(HasLexeme(F("search"), Value(short if whole else f"{short}:*", TextField())))
    asked = f"{{stems}} : {quoted(f' {short} ' if whole else f' {short}')}"
    return Q(pk__in=RawSQL(_FOUND, [asked]))  # noqa: S611 - what is asked is a parameter


def quoted(text: str) -> str:
    """A string of FTS5: nothing in it is a sign of its language."""
    return '"' + text.replace('"', '""') + '"'
