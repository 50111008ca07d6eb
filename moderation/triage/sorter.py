"""From a text to its flags: what it may be, which words say so, and why."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from moderation.triage import personal, reasons, spam
from moderation.triage.disguise import Disguise
from moderation.triage.fold import fold
from moderation.triage.hidden import hidden, torn
from moderation.triage.lexicon import Lexicon
from moderation.triage.meant import is_addressed, is_cry, is_meant, is_surname, is_told_threat
from moderation.triage.reading import Reading, Word, read
from moderation.triage.rule import CLASSES, INSULT, OBSCENE, SPAM, THREAT, Rule, groups, shipped

MAX_TEXT = 20_000  # characters that are read; no network lets a comment be longer


# Whether a word of the lists is meant as its class says; of advertising single words mean nothing.
_MEANT: dict[str, Callable[[Rule, Word, Reading], bool]] = {
    OBSCENE: lambda rule, word, reading: True,
    INSULT: lambda rule, word, reading: (is_meant if rule.alone else is_addressed)(word, reading),
    THREAT: lambda rule, word, reading: rule.alone or is_cry(word, reading),
}


@dataclass(frozen=True, slots=True)
class Flag:
    """A hint: characters `start` to `end` of the text given may be of this class. `reason` is a sentence."""

    flag: str
    start: int
    end: int
    reason: str


class Sorter:
    """The compiled rules. The same sorter serves any number of texts and keeps none of them."""

    def __init__(self, rules: Iterable[Rule] | None = None) -> None:
        self.lexicon = Lexicon(shipped() if rules is None else rules, groups())

    def sort(self, text: str) -> list[Flag]:
        """Flags in the order of the text; two of one class never overlap."""
        folded = fold(text[:MAX_TEXT])
        reading = read(folded.text, self.lexicon)
        words = self._words(reading)
        found = [one for one in words if one[0] != INSULT or not is_surname(*folded.span(*one[1:3]), text)]
        found += self._phrases(reading)
        found += self._hidden(reading)
        found += spam.signs(reading)
        found += personal.found(text[:MAX_TEXT], folded.text, folded.span, self.lexicon.official_phones)
        return [Flag(flag, *folded.span(start, end), reason) for flag, start, end, reason in _tidy(found)]

    def _words(self, reading: Reading) -> Iterator[tuple[str, int, int, str]]:
        for word in reading.words.values():
            for rule in word.known.rules:
                meant = _MEANT.get(rule.flag)
                if meant and (rule.flag, word.index) not in reading.spared and meant(rule, word, reading):
                    yield rule.flag, word.start, word.end, reasons.of(rule, word.known.disguise)

    def _phrases(self, reading: Reading) -> Iterator[tuple[str, int, int, str]]:
        # The shortest first: of two phrases that overlap the closer words are the ones meant.
        taken: set[tuple[str, int]] = set()
        for rule, words in sorted(reading.phrases, key=lambda one: one[1][-1].end - one[1][0].start):
            if rule.flag != SPAM and not any((rule.flag, word.index) in reading.spared for word in words):
                told = rule.flag == THREAT and is_told_threat(words[0].start, words[-1].end, reading.text)
                if not told and taken.isdisjoint((rule.flag, word.index) for word in words):
                    yield rule.flag, words[0].start, words[-1].end, reasons.of(rule, Disguise.PLAIN)
                taken.update((rule.flag, word.index) for word in words)

    def _hidden(self, reading: Reading) -> Iterator[tuple[str, int, int, str]]:
        for rule, start, end, disguise in (*hidden(reading.text, self.lexicon), *torn(reading, self.lexicon)):
            yield rule.flag, start, end, reasons.of(rule, disguise)


def _tidy(found: list[tuple[str, int, int, str]]) -> list[tuple[str, int, int, str]]:
    """By place; of overlapping ones of a class, the first and longest."""
    found.sort(key=lambda one: (one[1], -one[2]))
    ends = dict.fromkeys(CLASSES, 0)
    kept = []
    for one in found:
        if one[1] >= ends[one[0]]:
            ends[one[0]] = one[2]
            kept.append(one)
    return kept
