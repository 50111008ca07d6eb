"""The shipped rules, compiled once for all tests that read texts with them."""

from functools import cache

from moderation.triage.sorter import Sorter


@cache
def sorter() -> Sorter:
    return Sorter()


def classes(text: str) -> set[str]:
    return {flag.flag for flag in sorter().sort(text)}


def quotes(text: str, flag: str) -> list[str]:
    return [text[one.start : one.end] for one in sorter().sort(text) if one.flag == flag]
