"""How people hide a word: letters of another alphabet, digits, repeats, Latin spelling. A word → what it may say."""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice, product


class Disguise(StrEnum):
    """How the letters were hidden; PLAIN: not at all."""

    PLAIN = "plain"
    REPEATS = "repeats"
    SOUND = "sound"
    TWINS = "twins"
    LATIN = "latin"
    MASK = "mask"
    SEPARATED = "separated"
    REVERSED = "reversed"


# Drawn or used alike; where a character stands for several letters, the likeliest first.
_TWINS = {
    **dict(zip("aceopxykmhtrgdlwvszf", "асеорхукмнтгддлшвсзф", strict=True)),
    "b": "вьб",
    "n": "пи",
    "h": "нх",
    "u": "иу",
    "i": "и",
    "j": "й",
    "0": "о",
    "1": "ил",
    "3": "зеэ",
    "4": "ч",
    "6": "б",
    "9": "я",
    "@": "аяуеоиы",
}
# In a word of Latin letters alone only those count that look the same.
_SAME_LOOK = frozenset("aceopxykmhtbnugi036@4")
_ENDINGS = ("уй", "уя", "ую", "ля")  # of three letters with the first one hidden
_MAX_READINGS = 64
_MAX_RUN = 3  # «бл.....ь» hides no more than «бл...ь»
_CYRILLIC = re.compile("[а-я]")
_LATIN = re.compile("[a-z]")
_TWICE = re.compile(r"(.)\1+")
_THRICE = re.compile(r"(.)\1{2,}")
# Letters that stand in Latin words without looking like any Cyrillic letter: «pdf», «Wi-Fi».
_LOOKS_LATIN = re.compile("[dfgjlqsvwz]")
_LATIN_SPELLING = (
    (re.compile("shch|sch"), "щ"),
    (re.compile("zh"), "ж"),
    (re.compile("[kx]h"), "х"),
    (re.compile("ch"), "ч"),
    (re.compile("sh"), "ш"),
    (re.compile("ts"), "ц"),
    (re.compile("yu|ju"), "ю"),
    (re.compile("ya|ja"), "я"),
    (re.compile("yo|jo|ye|je"), "е"),
)
_LATIN_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстувшхйз")


def is_mixed(word: str) -> bool:
    """Cyrillic letters and Latin ones that look the same, in one word: no keyboard does that by chance."""
    return bool(_CYRILLIC.search(word) and _LATIN.search(word) and not _LOOKS_LATIN.search(word))


def readings(word: str) -> Iterator[tuple[str, Disguise]]:
    """What a folded word may say, the word itself left out."""
    if word.isalpha() and not _LATIN.search(word):
        yield from _by_ear(word)
    elif _CYRILLIC.search(word) or not word.isalpha():
        yield from _with_twins(word)
    else:
        if _SAME_LOOK.issuperset(word):
            yield from _with_twins(word)
        yield from _in_latin(word)


def _by_ear(word: str) -> Iterator[tuple[str, Disguise]]:
    if _TWICE.search(word):
        yield _THRICE.sub(r"\1", word), Disguise.REPEATS
        word = _TWICE.sub(r"\1", word)
        yield word, Disguise.REPEATS
    if len(word) > 3 and ("йо" in word or "ьо" in word or "э" in word):
        yield word.replace("йо", "е").replace("ьо", "е").replace("э", "е"), Disguise.SOUND


def _with_twins(word: str) -> Iterator[tuple[str, Disguise]]:
    if sum(map(str.isalpha, word)) < max(2, sum(map(str.isdigit, word))):
        return  # a number of a house, not a word
    if _TWICE.search(word):
        word = _TWICE.sub(r"\1", word)
    choices = [_TWINS.get(letter, letter) for letter in word]
    for letters in islice(product(*choices), _MAX_READINGS):
        reading = "".join(letters)
        if reading.isalpha() and not _LATIN.search(reading):
            yield reading, Disguise.TWINS
            if "йо" in reading:
                yield reading.replace("йо", "е"), Disguise.TWINS


def _in_latin(word: str) -> Iterator[tuple[str, Disguise]]:
    word = _TWICE.sub(r"\1", word)
    for pattern, letter in _LATIN_SPELLING:
        word = pattern.sub(letter, word)
    reading = word.translate(_LATIN_LETTERS)
    yield reading, Disguise.LATIN
    if "й" in reading:
        yield reading.replace("й", "ы"), Disguise.LATIN


def mask(word: str) -> str | None:
    """A word with stars or dots in it → the pattern of what it may say; None where too little is left to tell."""
    letters = re.sub(r"[^а-яa-z0-9@]", "", word)
    runs = [len(run) for run in re.findall(r"[^а-яa-z0-9@]+", word)]
    hidden = sum(min(run, _MAX_RUN) for run in runs)
    if max(runs, default=0) > _MAX_RUN and len(letters) < 3:
        return None
    if len(letters) < 2 or hidden > len(letters) + 1:
        return None
    if word[0] == "*" and len(letters) == 2 and letters not in _ENDINGS:
        return None  # «*ну ладно*» is a stage direction
    parts = re.split(r"([^а-яa-z0-9@]+)", word)
    return "".join(f"[а-я]{{1,{len(part) + 1}}}" if at % 2 else _shown(part) for at, part in enumerate(parts))


def _shown(letters: str) -> str:
    choices = (_TWINS.get(letter, letter) for letter in letters)
    return "".join(one if len(one) == 1 else f"[{one}]" for one in choices)
