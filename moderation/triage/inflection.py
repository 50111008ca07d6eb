"""Russian word forms. The dictionary is open only while rules are compiled: sorting needs the forms."""

import logging
from collections.abc import Iterator
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    import pymorphy3

    logging.getLogger("pymorphy3").setLevel(logging.WARNING)
    return pymorphy3.MorphAnalyzer()


def forms_of(word: str) -> set[str]:
    """All forms of a word given in its first form, ё as е; the word itself is always among them."""
    found = {word}
    for parse in _dictionary().parse(word):
        if parse.normal_form.replace("ё", "е") == word:
            # «больно», «жалко» are adverbs in nearly every text.
            forms = (form for form in parse.lexeme if not {"ADJS", "neut"} <= form.tag.grammemes)
            found.update(form.word.replace("ё", "е") for form in forms)
    return found


def is_word(word: str) -> bool:
    """Whether the dictionary has it, as it stands."""
    return bool(_dictionary().word_is_known(word))


def words_from(beginning: str) -> Iterator[tuple[str, str]]:
    """Words of the dictionary that begin so, in the order of the alphabet, each with its first form, ё as е."""
    found = _dictionary().dictionary.iter_known_words(beginning)
    return ((one[0].replace("ё", "е"), one[2].replace("ё", "е")) for one in found)


def close() -> None:
    """Gives the memory of the dictionary back."""
    _dictionary.cache_clear()
