"""What changed between two wordings, word by word; whitespace is kept as it was typed."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word, a run of whitespace, or one sign: so that a comma is a change of its own.
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# Beyond this the words are not compared one by one: the time grows with the square of their number.
MOST_TOKENS = 8000


@dataclass(frozen=True)
class Chunk:
    """A stretch of text that is the "same", was "removed" or was "added".

    `mark`: the number of the remark that quotes it; `begins`: the quoted words begin here.
    """

    kind: str
    text: str
    mark: int = 0
    begins: bool = False


@dataclass(frozen=True)
class FieldDiff:
    """One field before and after; `chunks` join to either of them."""

    name: str
    label: str
    chunks: list[Chunk]

    @property
    def before(self) -> str:
        return "".join(chunk.text for chunk in self.chunks if chunk.kind != "added")

    @property
    def after(self) -> str:
        return "".join(chunk.text for chunk in self.chunks if chunk.kind != "removed")


def words(before: str, after: str) -> list[Chunk]:
    """The way from one text to the other, by words."""
    if before == after:
        return [Chunk("same", before)] if before else []
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) + len(new) > MOST_TOKENS:
        return _chunks([("removed", before), ("added", after)])
    steps: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            steps.append(("same", "".join(old[i1:i2])))
        else:
            steps += [("removed", "".join(old[i1:i2])), ("added", "".join(new[j1:j2]))]
    return _chunks(steps)


def _chunks(steps: list[tuple[str, str]]) -> list[Chunk]:
    return [Chunk(kind, text) for kind, text in steps if text]
