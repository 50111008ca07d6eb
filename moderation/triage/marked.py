"""A text cut into pieces, each with the classes that hint at it: what a page highlights."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from moderation.models import TriageRule
from moderation.triage.sorter import Flag


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together; `names` is empty where nothing is marked."""

    text: str
    flags: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        return ", ".join(str(TriageRule.Flag(flag).label) for flag in self.flags)


@dataclass(frozen=True, slots=True)
class Hint:
    """A flag as a page tells it."""

    flag: str
    quote: str
    reason: str

    @property
    def label(self) -> str:
        return str(TriageRule.Flag(self.flag).label)


def hints(text: str, flags: Sequence[Flag]) -> list[Hint]:
    return [Hint(one.flag, " ".join(text[one.start : one.end].split()), one.reason) for one in flags]


def pieces(text: str, flags: Sequence[Flag]) -> list[Piece]:
    """The whole text in order; flags of different classes may overlap."""
    edges = sorted({0, len(text), *(flag.start for flag in flags), *(flag.end for flag in flags)})
    return [
        Piece(text[start:end], tuple(dict.fromkeys(f.flag for f in flags if f.start <= start and end <= f.end)))
        for start, end in pairwise(edges)
    ]
