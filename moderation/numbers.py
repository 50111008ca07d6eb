"""The number of a decision as people quote it: «М-2026-000123», and back from whatever they type."""

import re

_DASH = r"[-‐‑‒–—−/._\s]*"
_QUOTED = re.compile(rf"(?:решение|decision)?\s*(?:№|no\.?|n)?\s*[мm]{_DASH}(20\d\d){_DASH}(\d{{1,12}})")
_BARE = re.compile(rf"(?:решение|decision)?\s*(?:№|no\.?|n)?\s*(?:(20\d\d){_DASH}(?=\d{{6}}))?(\d{{1,12}})")


def label(number: int, year: int) -> str:
    return f"М-{year}-{number:06d}"


def read(text: str) -> int | None:
    """The number meant, whatever the letter's alphabet, the dashes and the noughts; None where it is none."""
    words = " ".join(text.casefold().split())
    found = _QUOTED.fullmatch(words) or _BARE.fullmatch(words)
    return int(found.group(2)) or None if found else None
