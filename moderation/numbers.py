"""The number of a decision as people quote it: «М-2026-000123», and back from whatever they type."""

import re

_DASH = r"[-‐‑‒–—−/._\s]*"
_BEFORE = r"(?:(?:решение|решения|номер|decision|number)\s*)*(?:№|#|no\.?|n)?\s*"
_AFTER = r"(?:\s+от\s.*)?"  # «… от 27 ноября 2026»
# М, the Latin M, and what either key gives in the other layout of the keyboard; О is taken for nought.
_QUOTED = re.compile(rf"{_BEFORE}[мmvь]{_DASH}(20\d\d){_DASH}([\dоo]{{1,12}}){_AFTER}")
_BARE = re.compile(rf"{_BEFORE}(?:(20\d\d){_DASH}(?=\d{{6}}))?(\d{{1,12}}){_AFTER}")
_EDGES = " .,;:!?()[]«»„“”\"'"
_NOUGHTS = str.maketrans("оo", "00")


def label(number: int, year: int) -> str:
    return f"М-{year}-{number:06d}"


def read(text: str) -> int | None:
    """The number meant, whatever the letter's alphabet, the dashes and the noughts; None where it is none."""
    words = " ".join(text.casefold().split()).strip(_EDGES)
    found = _QUOTED.fullmatch(words) or _BARE.fullmatch(words)
    return int(found.group(2).translate(_NOUGHTS)) or None if found else None
