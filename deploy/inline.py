"""Templates without inline script, style or handlers: the content security policy would silently drop them."""

import re
import sys
from pathlib import Path

from deploy.venv import ROOT

FORBIDDEN = {
    "inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.IGNORECASE
    ),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "address that runs": re.compile(r"javascript:", re.IGNORECASE),
    "file of another site": re.compile(
        r"<(?:script|link|img|iframe)[^>]*\b(?:src|href)=\"(?:https?:)?//", re.IGNORECASE
    ),
}
# Comments, tags and values of the template language are not sent to the browser.
DJANGO = re.compile(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# Letters are read in mail programs, which know no files of ours.
EXEMPT = ("templates/emails/",)


def find(folder: Path = ROOT / "templates") -> list[str]:
    """«file:line: what» for each place."""
    found = []
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder.parent).as_posix()
        if not name.startswith(EXEMPT):
            text = DJANGO.sub(_blank, path.read_text())
            hits = [(match.start(), what) for what, rule in FORBIDDEN.items() for match in rule.finditer(text)]
            found += [f"{name}:{text.count(chr(10), 0, start) + 1}: {what}" for start, what in sorted(hits)]
    return found


def _blank(match: re.Match[str]) -> str:
    """They go, line numbers stay."""
    return "\n" * match.group().count("\n")


if __name__ == "__main__":
    sys.exit("\n".join(find()) or 0)
