"""Whether two texts say nearly the same: by the runs of three words they share."""

import re

WORDS = 3
# One word changed in a text of twenty leaves 0.7; another text on the same topic rarely reaches 0.3.
NEARLY_THE_SAME = 0.6
_WORD = re.compile(r"[^\W_]+")

Runs = frozenset[tuple[str, ...]]


def runs(text: str) -> Runs:
    """Case, punctuation and ё do not matter; a text shorter than a run is one run."""
    words = _WORD.findall(text.casefold().replace("ё", "е"))
    if not words:
        return frozenset()
    return frozenset(tuple(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1)))


def nearly_the_same(one: Runs, other: Runs) -> bool:
    if not one or not other:
        return False
    # Sets of very different size cannot share enough: told without comparing.
    if min(len(one), len(other)) < NEARLY_THE_SAME * max(len(one), len(other)):
        return False
    shared = len(one & other)
    return shared >= NEARLY_THE_SAME * (len(one) + len(other) - shared)
