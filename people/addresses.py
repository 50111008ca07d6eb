"""Addresses that people enter and open pages turn into links: the rooms above say what may not stand there."""

from collections.abc import Callable

# Each raises ValidationError with a sentence for the person (registry/apps.py).
CHECKS: list[Callable[[str], None]] = []


def check_linkable(url: str) -> None:
    """Raises ValidationError for an address that no open page may link to."""
    for check in CHECKS:
        check(url)
