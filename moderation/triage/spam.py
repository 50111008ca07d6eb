"""Advertising and recruiting: single signs mean nothing, several together do."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from moderation.triage.reading import Reading
from moderation.triage.rule import SPAM, Rule

ENOUGH, ENOUGH_IN_LONG = 4, 7
SHORT = 30  # words: the longer a text, the likelier a sign stands in it by chance
_PRICE = {"плата", "сумма"}
MIXED, LETTERS = 2, "буквы"


def signs(reading: Reading) -> Iterator[tuple[str, int, int, str]]:
    best: dict[str, tuple[int, int, int, str]] = {}
    for start, end, sign, points, note in _all(reading):
        if sign not in best or abs(best[sign][0]) < abs(points):
            best[sign] = (points, start, end, note)
    if best.keys() <= _PRICE:
        return  # what a thing costs
    points = sum(points for points, *_rest in best.values())
    if points < (ENOUGH if reading.count <= SHORT else ENOUGH_IN_LONG):
        return
    best = {sign: one for sign, one in best.items() if one[0] > 0}
    start = min(one[1] for one in best.values())
    notes = "; ".join(dict.fromkeys(one[3] for one in sorted(best.values(), key=lambda one: one[1])))
    end = max(one[2] for one in best.values())
    yield SPAM, start, end, _("Looks like advertising: %(signs)s.") % {"signs": notes}


def _all(reading: Reading) -> Iterator[tuple[int, int, str, int, str]]:
    mixed = [word for word in reading.words.values() if word.known.is_mixed]
    if len(mixed) >= MIXED:
        yield mixed[0].start, mixed[-1].end, LETTERS, min(len(mixed), 7), _("look-alike letters of two alphabets")
    for word in reading.words.values():
        # Two signs are two words: of those of one word the strongest counts.
        strongest = max((rule for rule in word.known.rules if rule.flag == SPAM), key=_strength, default=None)
        if strongest:
            yield word.start, word.end, strongest.sign, strongest.points, strongest.note
    for rule, words in reading.phrases:
        if rule.flag == SPAM:
            yield words[0].start, words[-1].end, rule.sign, rule.points, rule.note


def _strength(rule: Rule) -> int:
    return abs(rule.points)
