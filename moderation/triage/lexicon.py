"""All rules made ready: a word is looked up once, and what is known of it is remembered."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from moderation.triage import inflection
from moderation.triage.disguise import Disguise, is_mixed, mask, readings
from moderation.triage.rule import EXCEPTION, FORM, INSULT, OBSCENE, PERSONAL, ROOT, WORD, Rule

REMEMBERED = 60_000  # words; more than a year's vocabulary of one district
GAP = ".."
TORN = "оборвано"
LARGE = 300  # «3 день» is a term, «1000 день» is a pay
# What may stand before a root, once or twice: «на», «пере», «долбо».
PREFIXES = (
    "а|в[ъь]?|вз[ъь]?|воз|вс|вы|до|еб[оа]|за|ис|из[ъь]?|на|над[ъь]?|не|недо|ни|о|об[ъь]?|обо|от[ъь]?|ото|па|пере|по"
    "|под[ъь]?|подо|полу|пра|пре|при|про|раз[ъь]?|разо|рас|роз|рос|с[ъь]?|со|у|фу|супер|мега|вполу|без"
    "|д[оа]лб[оа]|тупо|мозг[оа]|скот[оа]|козл[оа]|овце|свин[оа]|жид[оа]|хохл[оа]|дурк[оа]|кон[еь]|мух[оа]|туг[оа]|крив[оа]|зл[оа]|чм[оа]"
    "|говн[оа]|пид[оа]|шиз[оа]|конче|жоп[оа]|рук[оа]|вафл[оа]|пизд[оа]|ху[ея]|бля"
)
_SPLIT = re.compile(r"\|")
_NUMBER = re.compile(r"\d[\d.,]*")
_SUM = re.compile(r"\d[\d.,]*(?:к|р|руб|рублей|рубл[яь]|тр|т|тыс|тысяч|k|usdt|usd|баксов|долларов|евро|[$€₽])")


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules know of one word.

    `marks`: groups and pieces of phrases it belongs to; `spared`: classes that an exception takes away.
    """

    rules: tuple[Rule, ...] = ()
    marks: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()
    disguise: Disguise = Disguise.PLAIN
    is_mixed: bool = False


NOTHING = Known()


class Lexicon:
    """Rules and groups, compiled. Holds no text."""

    def __init__(self, rules: Iterable[Rule], groups: dict[str, list[str]]) -> None:
        self._whole: dict[str, list[Rule | str]] = defaultdict(list)
        self._starts: dict[str, list[Rule | str]] = defaultdict(list)
        self._ends: dict[str, list[Rule | str]] = defaultdict(list)
        self._inside: dict[str, list[Rule | str]] = defaultdict(list)
        self._roots: dict[str, Rule] = {}
        self._spared: dict[str, str] = {}
        self.phrases: dict[str, list[tuple[Rule, tuple[str, ...]]]] = defaultdict(list)
        self.official_phones: set[str] = set()
        self.torn: dict[str, set[str]] = defaultdict(set)
        self._known: dict[str, Known] = {}
        self._masked: dict[str, tuple[Rule, ...]] = {}
        for name, pieces in groups.items():
            for piece in pieces:
                self._add(piece, name)
        for rule in rules:
            self._add_rule(rule)
        self._longest_start = max(map(len, self._starts), default=0)
        self._longest_end = max(map(len, self._ends), default=0)
        roots = "|".join(sorted(map(re.escape, self._roots), key=len, reverse=True))
        self._root = re.compile(f"(?:{PREFIXES})?(?:{PREFIXES})?({roots})" if roots else "(?!)")
        self._heavy_words = self._telling(OBSCENE, INSULT)
        # A hidden word is compared with the obscene ones first: they are what people hide.
        obscene = self._telling(OBSCENE)
        self._maskable: dict[str, str] = defaultdict(str)  # by the first letter; under "": all
        for one in [*sorted(obscene), *sorted(self._heavy_words - obscene)]:
            for start in ("", one[0]):
                self._maskable[start] += f"{one}\n"
        self._backwards = {word[::-1] for word in obscene if not inflection.is_word(word[::-1])}
        for first, second in self._torn(obscene):
            self.torn[first].add(second)
        for first in self.torn:
            self._add(first, TORN)
        inflection.close()

    def _add_rule(self, rule: Rule) -> None:
        if rule.kind == ROOT:
            self._roots[rule.pattern] = rule
        elif rule.kind == WORD:
            self._add(f"{rule.pattern}~", rule)
        elif rule.kind == FORM:
            self._add(rule.pattern, rule)
        elif rule.flag == PERSONAL and rule.pattern.lstrip("+").isdigit():
            self.official_phones.add(rule.pattern.lstrip("+")[-10:])
        elif rule.kind == EXCEPTION and " " not in rule.pattern:
            self._spared[name := f"spared {rule.flag}"] = rule.flag
            self._add(rule.pattern, name)
        else:
            self._add_phrase(rule)

    def _add_phrase(self, rule: Rule) -> None:
        steps = []
        for piece in rule.pattern.split():
            if piece != GAP and not piece.startswith("<"):
                for one in _SPLIT.split(piece):
                    self._add(one, piece)
            steps.append(piece.strip("<>"))
        self.phrases[steps[0]].append((rule, tuple(steps)))

    def _add(self, piece: str, value: Rule | str) -> None:
        """A word, `слов*`, `*слов`, `*слов*` or `слово~` (in all its forms)."""
        word = piece.strip("*~").replace("ё", "е")
        if piece.endswith("~"):
            for form in inflection.forms_of(word):
                self._whole[form].append(value)
            return
        before, after = piece.startswith("*"), piece.endswith("*")
        shelf = {(0, 0): self._whole, (0, 1): self._starts, (1, 0): self._ends, (1, 1): self._inside}[before, after]
        shelf[word].append(value)

    def words_of(self, flag: str) -> set[str]:
        """Whole words that rules of the class look for."""
        return {
            word
            for word, values in self._whole.items()
            for value in values
            if isinstance(value, Rule) and value.flag == flag
        }

    def pieces_of(self, flag: str) -> set[str]:
        """Names of groups and pieces that phrases of the class are made of."""
        return {step for rows in self.phrases.values() for rule, steps in rows if rule.flag == flag for step in steps}

    def _telling(self, *flags: str) -> set[str]:
        """Words that fire by themselves: what a masked word is compared with."""
        return {
            word
            for word, values in self._whole.items()
            for value in values
            if isinstance(value, Rule) and value.flag in flags and value.alone and len(word) > 2
        }

    def _torn(self, words: set[str]) -> Iterator[tuple[str, str]]:
        """Words in two pieces, of which one at least is no word and the second tells nothing: «ху йня»."""
        for word in words:
            for at in range(2, len(word) - 1):
                first, second = word[:at], word[at:]
                are_words = inflection.is_word(first) and inflection.is_word(second)
                if not (are_words or self._plain(first).rules or self._plain(second).rules):
                    yield first, second

    def known(self, word: str) -> Known:
        """What is known of a folded word, its disguises included."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[word] = self._look(word) if len(word) < 60 else NOTHING
        return found

    def _look(self, word: str) -> Known:
        found = self._plain(word.strip("*@") or word)
        mixed = is_mixed(word)
        if not found.rules and OBSCENE not in found.spared:
            found = self._disguised(word, found)
        return replace(found, is_mixed=True) if mixed else found

    def _disguised(self, word: str, plain: Known) -> Known:
        for reading, disguise in readings(word):
            read = self._plain(reading)
            if disguise == Disguise.TWINS and read != NOTHING and is_mixed(word):
                return replace(read, disguise=disguise)
            if rules := self._heavy(read, disguise):
                return replace(read, rules=rules, disguise=disguise)
        if word in self._backwards:
            rules = self._heavy(self._plain(word[::-1]), Disguise.REVERSED)
            return replace(plain, rules=rules, disguise=Disguise.REVERSED)
        if ("*" in word or "@" in word[1:]) and (rules := self.masked(word) or self.masked(word.replace("@", "*"))):
            return Known(rules, disguise=Disguise.MASK)
        return plain

    @staticmethod
    def _heavy(read: Known, disguise: Disguise) -> tuple[Rule, ...]:
        """Of a hidden word only what fires by itself counts; in Latin letters only the four roots."""
        flags = (OBSCENE,) if disguise == Disguise.LATIN else (OBSCENE, INSULT)
        return tuple(rule for rule in read.rules if rule.alone and rule.flag in flags and rule.flag not in read.spared)

    def masked(self, word: str) -> tuple[Rule, ...]:
        """The rules of a word with stars or dots in it."""
        rules = self._masked.get(word)
        if rules is None:
            if len(self._masked) >= REMEMBERED:
                self._masked.clear()
            rules = self._masked[word] = self._behind_mask(word)
        return rules

    def _behind_mask(self, word: str) -> tuple[Rule, ...]:
        pattern = mask(word.lstrip("@"))
        if not pattern:
            return ()
        words = self._maskable.get(pattern[0] if pattern[0] != "[" else "", "")
        found = re.search(f"^{pattern}$", words, re.MULTILINE)
        return self._heavy(self._plain(found[0]), Disguise.MASK) if found else ()

    def is_told_by(self, word: str) -> bool:
        """A word that says by itself what it is, so that nothing is hidden around it."""
        return any(rule.alone for rule in self.known(word).rules)

    def is_heavy(self, word: str) -> bool:
        """A word of the lists exactly as it stands."""
        return word in self._heavy_words

    def joined(self, word: str) -> tuple[Rule, ...]:
        """The rules of a word whose letters stood apart."""
        return self._heavy(self.known(word), Disguise.SEPARATED)

    def _plain(self, word: str) -> Known:
        values = list(self._whole.get(word, ()))
        for size in range(2, min(len(word), self._longest_start) + 1):
            values += self._starts.get(word[:size], ())
        for size in range(2, min(len(word), self._longest_end) + 1):
            values += self._ends.get(word[-size:], ())
        for inside, more in self._inside.items():
            if inside in word:
                values += more
        if root := self._root.match(word):
            values.append(self._roots[root[1]])
        if word[:1].isdigit():
            values += self._of_number(word)
        if not values:
            return NOTHING
        marks = frozenset(value for value in values if isinstance(value, str))
        spared = frozenset(self._spared[mark] for mark in marks & self._spared.keys())
        rules = {value: None for value in values if isinstance(value, Rule) and value.flag not in spared}
        return Known(tuple(rules), marks, spared)

    @staticmethod
    def _of_number(word: str) -> list[str]:
        if _NUMBER.fullmatch(word):
            large = len(word) < 8 and word.isdigit() and int(word) >= LARGE
            return ["число", "количество", *(["крупное"] if large else [])]
        return ["сумма", "количество"] if _SUM.fullmatch(word) else []
