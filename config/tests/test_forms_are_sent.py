"""A form in a part included with `only` still carries its token: the test client would not miss it, people do."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
INCLUDE = re.compile(r'{%\s*include "([^"]+)"([^%]*)%}')


def texts() -> dict[str, str]:
    return {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}


def needing(known: dict[str, str]) -> set[str]:
    """Templates that hold a form with a token, themselves or in a part of theirs."""
    found = {name for name, text in known.items() if "{% csrf_token %}" in text}
    while more := {n for n, text in known.items() if n not in found and found & {p for p, _ in INCLUDE.findall(text)}}:
        found |= more
    return found


def losing() -> Iterator[str]:
    known = texts()
    need = needing(known)
    for name, text in known.items():
        for part, words in INCLUDE.findall(text):
            if part in need and " only" in words and "csrf_token=csrf_token" not in words:
                yield f"{name} includes {part} without csrf_token=csrf_token"


def test_no_part_loses_the_token() -> None:
    assert sorted(losing()) == []
