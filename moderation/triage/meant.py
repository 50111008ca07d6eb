"""Words that mean harm only in their place: «осёл гуляет» is not «ты осёл»."""

import re

from moderation.triage.reading import Reading, Word
from moderation.triage.rule import INSULT

_LINK, _RUDE, _POINTED, _ANIMAL, _THING, _SOMETIMES, _PERSON = (
    "связка",
    "бранный",
    "этот",
    "животное",
    "вещь",
    "бывает",
    "человек",
)
_CALL = re.compile(r"\s*(?:[,!]|$)")  # what stands after a name that somebody is called
CRY = 4  # words
_YOU = ("ты", "вы")


def is_addressed(word: Word, reading: Reading) -> bool:
    """Said to somebody, or of somebody pointed at."""
    if is_of_animals(word, reading):
        return False
    return _after_you(word, reading) or _beside_rude(word, reading) or _pointed_at(word, reading)


def is_of_animals(word: Word, reading: Reading) -> bool:
    """The sentence speaks of animals, firewood and the like."""
    return any(_ANIMAL in other.known.marks for other in reading.near(word, 6, 6))


def is_meant(word: Word, reading: Reading) -> bool:
    """An insult in itself, unless it is a word of the farm and the talk is of the farm."""
    return _SOMETIMES not in word.known.marks or not is_of_animals(word, reading)


def is_cry(word: Word, reading: Reading) -> bool:
    """«Расстрелять!»: a threat that is nearly all the text says."""
    return reading.count <= CRY and not is_of_animals(word, reading)


def _after_you(word: Word, reading: Reading) -> bool:
    """«ты просто осёл», «осёл ты», «вы все клоуны», «директор полный осёл»."""
    index = word.index - 1
    while (other := reading.words.get(index)) and reading.together(other.end, word.start):
        if not other.known.marks.isdisjoint(_YOU) or (_PERSON in other.known.marks and index < word.index - 1):
            return True
        if other.known.marks.isdisjoint((_LINK, _RUDE, _POINTED)):
            break
        index -= 1
    after = reading.words.get(word.index + 1)
    return bool(after and "ты" in after.known.marks and reading.text[word.end : after.start].isspace())


def _beside_rude(word: Word, reading: Reading) -> bool:
    """«старый козёл», «продажные шкуры»; beside a word that is an insult in itself."""
    for other in reading.near(word, 1, 1):
        if _RUDE in other.known.marks and _RUDE not in word.known.marks:
            return True
        if any(rule.flag == INSULT and rule.alone for rule in other.known.rules):
            return True
    return False


def _pointed_at(word: Word, reading: Reading) -> bool:
    """«какой дурак», «эти алкаши», «Дурак, да ещё…»: not of what may be an animal or a thing."""
    other = reading.words.get(word.index - 1)
    called = word.index == 1 and _CALL.match(reading.text, word.end)
    pointed = called or (other and _POINTED in other.known.marks)
    return bool(pointed) and _THING not in word.known.marks
