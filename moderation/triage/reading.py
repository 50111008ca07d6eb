"""One text, read: its words that the rules know, and where phrases of the rules stand in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.triage.lexicon import GAP, NOTHING, Known, Lexicon
from moderation.triage.rule import EXCEPTION, Rule

TOKEN = re.compile(r"[а-яa-z0-9@*]+[$€₽]?")
_STOP = re.compile(r"[.!?\n;]")
REACH = 4  # words a `..` may pass over


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text that the rules know something of."""

    index: int
    start: int
    end: int
    known: Known


@dataclass(slots=True)
class Reading:
    """Words by their number in the text, phrases with the words they take."""

    text: str
    words: dict[int, Word] = field(default_factory=dict)
    phrases: list[tuple[Rule, list[Word]]] = field(default_factory=list)
    spared: set[tuple[str, int]] = field(default_factory=set)
    count: int = 0

    def together(self, first: int, last: int) -> bool:
        """Whether no sentence ends between two places of the text."""
        return not _STOP.search(self.text, first, last)

    def near(self, word: Word, before: int, after: int) -> Iterator[Word]:
        """Known words beside this one, in its sentence."""
        for index in range(word.index - before, word.index + after + 1):
            other = self.words.get(index)
            if other is None or other is word:
                continue
            if self.together(min(word.end, other.end), max(word.start, other.start)):
                yield other


def read(text: str, lexicon: Lexicon) -> Reading:
    """Looks every word of a folded text up, then the phrases that begin with any of them."""
    reading = Reading(text)
    known = lexicon.known
    index = 0
    starters = []
    for index, token in enumerate(TOKEN.finditer(text), 1):
        found = known(token[0])
        if found is not NOTHING:
            word = reading.words[index] = Word(index, token.start(), token.end(), found)
            if not lexicon.phrases.keys().isdisjoint(found.marks):
                starters.append(word)
    reading.count = index
    for word in starters:
        _phrases_from(word, reading, lexicon)
    return reading


def _phrases_from(word: Word, reading: Reading, lexicon: Lexicon) -> None:
    for mark in word.known.marks & lexicon.phrases.keys():
        for rule, steps in lexicon.phrases[mark]:
            taken = _follow(word, steps, reading)
            if not taken:
                continue
            if rule.kind == EXCEPTION:
                reading.spared.update((rule.flag, one.index) for one in taken)
            else:
                reading.phrases.append((rule, taken))


def _follow(first: Word, steps: tuple[str, ...], reading: Reading) -> list[Word]:
    """The words of a phrase that begins here; empty when it does not stand here."""
    taken = [first]
    reach = 1
    for step in steps[1:]:
        if step == GAP:
            reach = REACH
            continue
        last = taken[-1]
        for index in range(last.index + 1, last.index + reach + 1):
            word = reading.words.get(index)
            if word and step in word.known.marks and reading.together(last.end, word.start):
                taken.append(word)
                break
        else:
            return []
        reach = 1
    return taken
