"""Words that mean harm only in their place: «осёл гуляет» is not «ты осёл»."""

import re

from moderation.triage.reading import Reading, Word
from moderation.triage.rule import INSULT

_LINK, _RUDE, _POINTED, _ANIMAL, _THING, _SOMETIMES, _PERSON, _BEASTLY = (
    "связка",
    "бранный",
    "этот",
    "животное",
    "вещь",
    "бывает",
    "человек",
    "звериный",
)
_OF_ONESELF = re.compile(
    r"(?<![а-я])я(?: (?:просто|же|и|как|такой|такая|большой|тупой|тупая|полный|[а-я]+(?:ый|ий|ая|яя))){0,2} $"
)
_MADE_OF_ME = re.compile(r"(?<![а-я])из (?:меня|нас)(?: [а-я]+){0,3} $")
_MADE_ME = re.compile(r"(?<![а-я])(?:меня|нас|себя)(?: [а-я]+){0,9} $")
_MADE = re.compile("(?:ой|ом|ем|ами)$")
_CALLED = re.compile(
    r"(?<![а-я])(?:обзыва|обозва|назва|называ|оскорбля|оскорби|кричи|кричал|кричат|говори|сказал|пишет)"
)
_TOLD = re.compile(r"(?<![а-я])(?:грози|грозя|пригрози|угрожа(?:ет|ют|л|я)|(?:по)?обеща(?:ет|ют|л))")
_QUOTED = re.compile(r"[«\"“„]\s*$")
_UNQUOTED = re.compile(r"\s*[»\"”“]")
_CALL = re.compile(r"\s*(?:[,!]|$)")  # what stands after a name that somebody is called
# Nothing but the name of the one who is answered stands before: «@name клоун, …».
_OPENS = re.compile(r"\s*(?:(?:@\S+|\[(?:id|club)\d+\|[^\]]*\])[\s,]*)?$")
_CALLS = re.compile(r"[,(]\s*$")
_ENDS = re.compile(r"\s*(?:[.!?)]|$)|\s[а-я]{2,20}(?:ый|ий|ая|ой)\s*(?:[.!?)]|$)")
_SENTENCE = re.compile(r"[.!?\n]")
# Speaks to one person, not to an office: «ты», «читаешь», «не позорься».
_TO_ONE = re.compile(
    r"(?<![а-я])(?:ты|тебя|тебе|тобой|тво[йеяию]|твоего|твоей|твоих|"
    r"[а-я]{2,}[еи]шь(?:ся)?|иди|вали|смотри|слушай|читай|учи|не [а-я]+(?:й|[^т]ь)ся)(?![а-я])"
)
# «Гражданин Кацапов», «письмо Дураковой»: a capital letter inside a sentence and the ending of a surname.
_SURNAME = re.compile(r"[А-ЯЁ][а-яё]+(?:[оеё]в|ин|енко|ск(?:ий|ого|ому|им|ая|ой|ую))(?:а|у|ым|ой|е|ых|ыми)?")
_INSIDE = re.compile(r"[^\s.!?…:;«»\"“„(—-]\s+$")
CRY = 4  # words
_BEFORE = 60  # characters
# «ты осёл», «вы клоуны»; «у тебя собака» and «вас собаки кусают» speak of dogs.
_YOU = "называемый"


def is_addressed(word: Word, reading: Reading) -> bool:
    """Said to somebody, or of somebody pointed at."""
    if is_of_animals(word, reading) or is_told(word, reading):
        return False
    if _after_you(word, reading) or _beside_rude(word, reading) or _pointed_at(word, reading):
        return True
    return _is_called(word, reading)


def is_of_animals(word: Word, reading: Reading) -> bool:
    """The sentence speaks of animals, firewood and the like."""
    return any(_ANIMAL in other.known.marks for other in reading.near(word, 6, 6))


def is_meant(word: Word, reading: Reading) -> bool:
    """An insult in itself, unless it is a word of the farm and the talk is of the farm."""
    if is_told(word, reading):
        return False
    return _SOMETIMES not in word.known.marks or not is_of_animals(word, reading)


def is_told(word: Word, reading: Reading) -> bool:
    """Said of oneself («я дурак», «выставили меня идиоткой») or told («он назвал меня „дурой“»)."""
    before = reading.text[max(0, word.start - _BEFORE) : word.start]
    if _OF_ONESELF.search(before) or _MADE_OF_ME.search(before):
        return True
    if _MADE.search(reading.text, word.start, word.end) and _MADE_ME.search(before):
        return True
    quoted = _QUOTED.search(before) and _UNQUOTED.match(reading.text, word.end)
    return bool(quoted and _CALLED.search(before))


def is_surname(start: int, end: int, text: str) -> bool:
    """A person is called so by birth. `text` as given, with its capitals."""
    return bool(_SURNAME.fullmatch(text, start, end) and _INSIDE.search(text[max(0, start - 4) : start]))


def is_told_threat(start: int, end: int, text: str) -> bool:
    """«сосед грозится голову отрезать»: who tells of a threat does not threaten."""
    return bool(_TOLD.search(text, max(0, start - _BEFORE), end) or _TOLD.match(text[end : end + 12].lstrip()))


def is_cry(word: Word, reading: Reading) -> bool:
    """«Расстрелять!»: a threat that is nearly all the text says."""
    return reading.count <= CRY and not is_of_animals(word, reading)


def _after_you(word: Word, reading: Reading) -> bool:
    """«ты просто осёл», «осёл ты», «вы все клоуны», «директор полный осёл»."""
    index = word.index - 1
    while (other := reading.words.get(index)) and reading.together(other.end, word.start):
        if _YOU in other.known.marks or (_PERSON in other.known.marks and index < word.index - 1):
            return True
        if other.known.marks.isdisjoint((_LINK, _RUDE, _POINTED)):
            break
        index -= 1
    after = reading.words.get(word.index + 1)
    return bool(after and "ты" in after.known.marks and reading.text[word.end : after.start].isspace())


def _beside_rude(word: Word, reading: Reading) -> bool:
    """«старый козёл», «продажные шкуры»; beside a word that is an insult in itself."""
    for other in reading.near(word, 1, 1):
        literal = _BEASTLY in other.known.marks and _THING in word.known.marks  # «бешеные собаки»
        if _RUDE in other.known.marks and _RUDE not in word.known.marks and not literal:
            return True
        if any(rule.flag == INSULT and rule.alone for rule in other.known.rules):
            return True
    return False


def _pointed_at(word: Word, reading: Reading) -> bool:
    """«какой дурак», «эти алкаши», «Дурак, да ещё…»: not of what may be an animal or a thing."""
    other = reading.words.get(word.index - 1)
    opens = word.start <= _BEFORE and _OPENS.match(reading.text, 0, word.start)
    called = opens and _CALL.match(reading.text, word.end)
    if called and reading.text[: word.start].strip():  # someone is answered by name
        after = reading.text[word.end : word.end + _BEFORE]
        return not after.lstrip().startswith(",") or bool(_TO_ONE.search(after))
    pointed = called or (other and _POINTED in other.known.marks)
    return bool(pointed) and _THING not in word.known.marks


def _is_called(word: Word, reading: Reading) -> bool:
    """«…, клоун», «не повторяйся, бот»: the name somebody is called by ends a sentence that speaks to one person."""
    before = reading.text[max(0, word.start - _BEFORE) : word.start]
    if not _ENDS.match(reading.text, word.end) or not _CALLS.search(before):
        return False
    return bool(_TO_ONE.search(_SENTENCE.split(before)[-1]))
