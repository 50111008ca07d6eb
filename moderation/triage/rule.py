"""What a rule is, which patterns it may have, and the lists the portal ships."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

SHIPPED = Path(__file__).parent / "shipped"
OBSCENE, INSULT, THREAT, SPAM, PERSONAL = CLASSES = ("obscene", "insult", "threat", "spam", "personal_data")
ROOT, WORD, FORM, PHRASE, EXCEPTION = KINDS = ("root", "word", "form", "phrase", "exception")

MAX_PATTERN = 150
_PIECE = r"\*?[а-яa-z0-9]+(?:-[а-яa-z0-9]+)*\*?~?"
_STEP = rf"(?:<[а-я]+>|\.\.|{_PIECE}(?:\|{_PIECE})*)"
_SHAPES = {
    ROOT: re.compile(r"\*?[а-я]{2,}"),
    WORD: re.compile(r"[а-я]{2,}"),
    FORM: re.compile(r"\*?[а-яa-z0-9]{2,}\*?"),
    EXCEPTION: re.compile(rf"{_STEP}(?: {_STEP})*|\+?[0-9]{{3,15}}"),
    PHRASE: re.compile(rf"{_STEP}(?: {_STEP})+"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the lists.

    `alone`: fires by itself. Otherwise an insult must be said to a person, and a sign of spam needs other signs:
    `points` are added up, once for each `sign`.
    """

    flag: str
    kind: str
    pattern: str
    alone: bool = True
    note: str = ""
    sign: str = ""
    points: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        return self.flag, self.kind, self.pattern


def tidy(pattern: str) -> str:
    """As patterns are kept: small letters, ё as е, one space between words."""
    return " ".join(pattern.lower().replace("ё", "е").split())


def problem(kind: str, pattern: str) -> str:
    """Why this pattern cannot be; empty when it can. `pattern` is tidy."""
    if len(pattern) > MAX_PATTERN:
        return _("At most %(limit)s characters.") % {"limit": MAX_PATTERN}
    if _SHAPES[kind].fullmatch(pattern):
        return _too_wide(kind, pattern)
    return {
        ROOT: _("A root is the beginning of a word in Russian letters, at least two, without spaces: «дурац»."),
        WORD: _(
            "Write one word in its first form, in Russian letters: «дурак». All its forms are found by themselves."
        ),
        FORM: _("Write one word as it stands in the text; an asterisk may stand at either end: «дурацк*»."),
        PHRASE: _("Write two words or more; an asterisk may stand at the end of a word: «пиш* в личку»."),
        EXCEPTION: _("Write a word or a phrase, an asterisk may stand at its ends, or a phone number in digits."),
    }[kind]


def _too_wide(kind: str, pattern: str) -> str:
    """A pattern that would mark half of all texts."""
    letters = re.sub(r"[^а-яa-z0-9]", "", pattern)
    if "*" in pattern and kind != PHRASE and len(letters) < 3:
        return _("Too short for an asterisk: it would mark harmless words. Leave at least three letters.")
    return ""


@cache
def shipped() -> tuple[Rule, ...]:
    """The lists that come with the portal."""
    return tuple(rule for flag in CLASSES for block in _read(flag) for rule in _rules(flag, block))


@cache
def groups() -> dict[str, list[str]]:
    """Named groups of words that phrases and conditions refer to."""
    found: dict[str, list[str]] = _read("groups")
    return found


@cache
def ordinary() -> tuple[str, ...]:
    """First forms of words that stand in nearly any letter of a resident."""
    return tuple(word.replace("ё", "е") for word in _read("ordinary")["words"])


def _rules(flag: str, block: dict[str, Any]) -> list[Rule]:
    common = {name: block[name] for name in ("alone", "note", "sign", "points") if name in block}
    return [Rule(flag, block["kind"], tidy(str(pattern)), **common) for pattern in block["patterns"]]


def _read(name: str) -> Any:
    return yaml.load((SHIPPED / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
