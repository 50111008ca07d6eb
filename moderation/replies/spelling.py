"""Words of a reply that no Russian dictionary knows, each with what may have been meant.

The dictionary is that of pymorphy3 (OpenCorpora), which the triage uses already: 25 µs a word, 3 ms for the words that
may have been meant, 29 MB in a process that has checked a reply. Beside spylls with the Hunspell dictionary (300 µs,
1.2 s, 124 MB) and pyspellchecker (too few Russian endings) it raises the fewest false alarms on words of a district.
"""

import logging
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"(?<![\w@/.])[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*(?![\w@])")
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_SENTENCE_ENDS = ".!?…\n"
_ENDING = re.compile(r"(ск)?(ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими|ам|ах|ами|ом|ой|[аеиоуыюя])?$")
SHORTEST, MOST = 4, 10
MEANT = 3
# First parts that make words which no dictionary has yet: «нацпроект», «видеосвязь».
PARTS = tuple(
    "авиа авто агро аудио био видео водо газо гидро гос евро зоо инфо кино лесо мат мед микро мото мульти нац обл "  # noqa: SIM905
    "онлайн пром рай само соц спец спорт строй тепло теле транс фото хоз эко электро энерго".split()
)
STEM = 5  # letters by which a name is known again in another form: «Чилинская», «Чилинского»


@lru_cache(maxsize=1)
def dictionary() -> Any:
    import pymorphy3

    logging.getLogger("pymorphy3").setLevel(logging.WARNING)
    return pymorphy3.MorphAnalyzer()


def unknown(text: str, known: Collection[str] = ()) -> list[tuple[str, list[str]]]:
    """Up to `MOST` words with what may have been meant, the likeliest first.

    Names (a capital within a sentence, or before it where nothing alike is known), abbreviations, addresses and
    `known` words, in lower case and in every form, are left alone.
    """
    found: dict[str, list[str]] = {}
    stems = {stem for word in known if (stem := _stem(word))}
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) < SHORTEST or word in found or not _is_wrong(word, known) or _is_name(text, match.start(), word):
            continue
        near = meant(word.lower())
        if _stem(word.lower()) in stems or (word[0].isupper() and not near):
            continue
        found[word] = near
        if len(found) == MOST:
            break
    return list(found.items())


def _stem(word: str) -> str:
    """Without its ending; empty for a word too short to be known by it."""
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= STEM else ""


def lemmas(text: str) -> list[set[str]]:
    """The first forms each word of the text may have, in order, ё as е."""
    words = re.findall(r"[а-яё]+(?:-[а-яё]+)*", text.lower())
    return [{parse.normal_form.replace("ё", "е") for parse in dictionary().parse(word)} for word in words]


def meant(word: str) -> list[str]:
    """Known words one slip of the pen away; those that begin alike first."""
    near = [one for one in dict.fromkeys(_slips(word)) if len(one) >= SHORTEST - 1 and dictionary().word_is_known(one)]
    return sorted(near, key=lambda one: one[0] != word[0])[:MEANT]


def _is_wrong(word: str, known: Collection[str]) -> bool:
    lower = word.lower()
    parts = [lower] if dictionary().word_is_known(lower) else lower.split("-")
    if lower in known or all(dictionary().word_is_known(part) or part in known for part in parts):
        return False
    rests = (lower.removeprefix(part) for part in PARTS if lower.startswith(part))
    return not any(len(rest) >= SHORTEST and dictionary().word_is_known(rest) for rest in rests)


def _is_name(text: str, at: int, word: str) -> bool:
    if word.isupper():
        return True
    before = text[:at].rstrip(' «"(\t')
    begins = not before or before[-1] in _SENTENCE_ENDS
    return word[0].isupper() and not begins


def _slips(word: str) -> Iterator[str]:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1:] for left, right in cuts if right)
    yield from (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    yield from (left + letter + right for left, right in cuts for letter in _LETTERS)
    yield from (left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS)


def words_of(text: str) -> list[str]:
    """Its words in lower case: what is written like that elsewhere needs no asking."""
    return [match[0].lower() for match in _WORD.finditer(text)]
