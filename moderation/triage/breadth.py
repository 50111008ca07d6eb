"""How far a new rule would reach, told before it is saved: ordinary words it would mark, messages it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from moderation.inbox.masking import mask
from moderation.models import Message
from moderation.triage import inflection
from moderation.triage.fold import fold
from moderation.triage.lexicon import Lexicon
from moderation.triage.reading import read
from moderation.triage.rule import EXCEPTION, PHRASE, ROOT, Rule, groups, ordinary, shipped
from people.models import User

WORDS = 20  # first forms: a root of a word family has fewer
MESSAGES = 3  # of those looked at, and no less than this share of them
SHARE = 0.05
LOOKED = 500
EXAMPLES, QUOTES = 12, 3
MOST = 200  # counted; more is more than anybody means
_WALKED = 2_000  # words of the dictionary for one beginning
_BEGINNINGS = ("", "вы", "за", "на", "по", "пере", "об", "под", "раз", "рас", "от", "до", "при", "про", "у", "с", "о")


@dataclass(frozen=True, slots=True)
class Breadth:
    """`words`: first forms of ordinary words that would be marked, the commonest first; `count`: how many there are.

    `messages` of the `looked` latest ones that the reader may see hold what is looked for; `quotes` are from them.
    """

    words: tuple[str, ...] = ()
    count: int = 0
    is_common: bool = False
    messages: int = 0
    looked: int = 0
    quotes: tuple[str, ...] = ()
    is_exception: bool = False

    @property
    def is_more(self) -> bool:
        return self.count >= MOST and not self.is_exception

    @property
    def is_doubtful(self) -> bool:
        """Marks ordinary words or many messages; of an exception: takes too many words away, or none at all."""
        if self.is_exception and not self.count:
            return True
        often = self.messages >= max(MESSAGES, self.looked * SHARE)
        return self.count > WORDS or self.is_common or often


def of(rule: Rule, user: User, in_force: Lexicon) -> Breadth:
    """One query; of an exception none: it is measured by the words of the rules `in_force` that it takes away."""
    if rule.kind == EXCEPTION:
        words = sorted(_spared(rule, in_force), key=lambda word: (len(word), word))
        inflection.close()
        return Breadth(words=tuple(words[:EXAMPLES]), count=len(words), is_exception=True)
    exceptions = [one for one in shipped() if one.flag == rule.flag and one.kind == EXCEPTION]
    lexicon = Lexicon([rule, *exceptions], groups() if rule.kind == PHRASE else {})
    marked = {} if rule.kind == PHRASE else _marked(rule, lexicon)
    inflection.close()
    texts = list(Message.objects.visible_to(user).order_by("-received_at").values_list("text", flat=True)[:LOOKED])
    quotes = [quote for text in texts if (quote := _quote(text, rule, lexicon))]
    return Breadth(
        words=tuple(islice(marked, EXAMPLES)),
        count=len(marked),
        is_common=any(marked.values()),
        messages=len(quotes),
        looked=len(texts),
        quotes=tuple(dict.fromkeys(quotes))[:QUOTES],
    )


def _spared(rule: Rule, lexicon: Lexicon) -> set[str]:
    """What an exception takes away: words that the rules in force mark, by the whole word or by a piece of a phrase."""
    pieces = [piece.strip("<>") for piece in rule.pattern.split() if piece != ".."]
    if len(pieces) > 1:
        names = {one for piece in pieces for one in piece.split("|")}
        return {name for name in names if _is_of(rule.flag, lexicon, name.strip("*~"), "*" in name)}
    alone = Lexicon([Rule(rule.flag, "form", pattern) for pattern in pieces[0].split("|")], {})
    candidates = {word for word in lexicon.words_of(rule.flag) if alone.known(word).rules}
    bare = pieces[0].strip("*~")
    candidates |= {word for word in (bare, *_forms_from(bare)) if alone.known(word).rules}
    return {word for word in candidates if any(one.flag == rule.flag for one in lexicon.known(word).rules)}


def _is_of(flag: str, lexicon: Lexicon, word: str, is_open: bool) -> bool:
    """Whether a rule or a phrase of the class begins at, or holds, this word or what begins with it."""
    known = [lexicon.known(one) for one in [word, *(islice(_forms_from(word), 200) if is_open else ())]]
    if any(one.flag == flag for found in known for one in found.rules):
        return True
    return any(found.marks & lexicon.pieces_of(flag) for found in known)


def _marked(rule: Rule, lexicon: Lexicon) -> dict[str, bool]:
    """First forms of the words the rule marks → whether they stand in nearly any letter; those come first."""
    bare = rule.pattern.strip("*~")
    common = {first for word, first in _common().items() if bare in word and rule in lexicon.known(word).rules}
    found = dict.fromkeys(sorted(common), True)
    if "*" in rule.pattern or rule.kind == ROOT:
        for beginning in ("",) if rule.pattern[0] != "*" and rule.kind != ROOT else _BEGINNINGS:
            for word, first in _walk(beginning + bare):
                if first not in found and rule in lexicon.known(word).rules:
                    found[first] = False
                if len(found) >= MOST:
                    return found
    return found


def _walk(beginning: str) -> Iterator[tuple[str, str]]:
    """Words of the dictionary that begin so, with their first forms; not all of them when there are many."""
    return islice(inflection.words_from(beginning), _WALKED)


@lru_cache(maxsize=1)
def _common() -> dict[str, str]:
    """Every form of the words that stand in nearly any letter → its first form."""
    return {form: word for word in ordinary() for form in inflection.forms_of(word)}


def _forms_from(beginning: str) -> Iterator[str]:
    return (word for word, _first in _walk(beginning))


def _quote(text: str, rule: Rule, lexicon: Lexicon) -> str:
    """The words of a message that the rule looks for; empty where there are none."""
    folded = fold(text)
    reading = read(folded.text, lexicon)
    for word in reading.words.values():
        if rule in word.known.rules:
            return _around(text, *folded.span(word.start, word.end))
    for found, words in reading.phrases:
        if found == rule:
            return _around(text, *folded.span(words[0].start, words[-1].end))
    return ""


def _around(text: str, start: int, end: int) -> str:
    piece = " ".join(mask(text)[max(0, start - 30) : end + 30].split())
    return f"{'…' if start > 30 else ''}{piece}{'…' if end + 30 < len(text) else ''}"
