"""Words taken apart: «х.у.й», «х у й», «дол..б», «пи?да»."""

import re
from collections.abc import Iterator

from moderation.triage.disguise import Disguise
from moderation.triage.lexicon import TORN, Lexicon
from moderation.triage.reading import Reading
from moderation.triage.rule import OBSCENE, Rule

_LETTER = "[а-яa-z0-9@*]"
# Single letters with spaces or signs between them.
_SPELLED = re.compile(rf"(?<![а-яa-z0-9]){_LETTER}(?:[^а-яa-z0-9]{{1,3}}{_LETTER}){{2,}}(?![а-яa-z0-9])")
# Pieces of a word with signs between them and no space.
_BROKEN = re.compile(
    r"(?<![а-яa-z0-9])(?:[^а-яa-z0-9\s,\"«»:;!/]{2})?[а-яa-z0-9]+(?:[^а-яa-z0-9\s]{1,6}[а-яa-z0-9]+)+"
    r"|(?<!\S)\.\.[а-яa-z]{3,}"
)
# Words nobody finishes with two dots unless he means the rest.
_CUT_OFF = re.compile(r"(?<![а-яa-z0-9])(?:бл|пизд?|еб|сук|(?:на|по|о)?ху|долбое?)\.\.(?!\.)")
_PIECE = re.compile("[а-яa-z0-9]+")
_ORDINARY = re.compile(r"[/\\\-–—,:;+=_\"'`’()]")
_GAPPED = re.compile(r"^[а-я]{1,2}_[а-я]+$")  # «х_й»; a hyphen there is a short form, «х-во»
_LONGEST, _JOINED = 60, 20
_JOINTS = re.compile(r"[\"'`()\[\]{}|/\\_.,\-=+~^:;#№%&<>?!*…•·]+")


_NEXT = re.compile(r" ([а-я]{2,})(?![а-яa-z0-9])")

Found = tuple[Rule, int, int, Disguise]


def hidden(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """Rule, start, end and disguise of each word whose letters stand apart."""
    for spelled in _SPELLED.finditer(text):
        yield from _spelled(spelled, lexicon)
    for cut in _CUT_OFF.finditer(text):
        yield from _each(lexicon.masked(cut[0]), cut.start(), cut.end(), Disguise.MASK)
    for broken in _BROKEN.finditer(text):
        if len(broken[0]) <= _LONGEST:
            yield from _broken(broken, lexicon)


def torn(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    """«ху йня»: one word with a space in it."""
    for word in reading.words.values():
        if TORN in word.known.marks and (rest := _NEXT.match(reading.text, word.end)):
            first = reading.text[word.start : word.end]
            if rest[1] in lexicon.torn.get(first, ()):
                yield from _each(lexicon.joined(first + rest[1]), word.start, rest.end(), Disguise.SEPARATED)


def _each(rules: tuple[Rule, ...], start: int, end: int, disguise: Disguise) -> Iterator[Found]:
    for rule in rules:
        yield rule, start, end, disguise


def _spelled(match: re.Match[str], lexicon: Lexicon) -> Iterator[Found]:
    places = [match.start() + at for at, letter in enumerate(match[0]) if re.match(_LETTER, letter)][:_LONGEST]
    letters = "".join(match.string[place] for place in places)
    for first in range(max(1, len(letters) - 2)):
        last = _end(letters, first, lexicon)
        if rules := lexicon.joined(letters[first:last]):
            yield from _each(rules, places[first], places[last - 1] + 1, Disguise.SEPARATED)
            return


def _end(letters: str, first: int, lexicon: Lexicon) -> int:
    """Where the word ends: «х у й у нас» takes a preposition along, the list knows where to stop."""
    ends = range(len(letters), max(first + 2, len(letters) - 3), -1)
    return next((last for last in ends if lexicon.is_heavy(letters[first:last])), len(letters))


def _broken(match: re.Match[str], lexicon: Lexicon) -> Iterator[Found]:
    pieces = _PIECE.findall(match[0])
    if any(piece.isdigit() or lexicon.is_told_by(piece) for piece in pieces) or pieces[0][0].isdigit():
        return
    joined = "".join(pieces)
    if min(map(len, pieces)) <= 2 and len(joined) <= _JOINED and (rules := lexicon.joined(joined)):
        yield from _each(rules, match.start(), match.end(), Disguise.SEPARATED)
    elif _GAPPED.match(match[0]):
        obscene = (rule for rule in lexicon.masked("*".join(pieces)) if rule.flag == OBSCENE)
        yield from _each(tuple(obscene), match.start(), match.end(), Disguise.MASK)
    elif not _ORDINARY.search(match[0]):
        rules = lexicon.masked(_JOINTS.sub(lambda joint: "." * len(joint[0]), match[0]))
        telling = (rule for rule in rules if rule.flag == OBSCENE or len(joined) > 3)
        yield from _each(tuple(telling), match.start(), match.end(), Disguise.MASK)
