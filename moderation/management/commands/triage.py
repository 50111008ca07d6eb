"""`manage.py triage`: a text a line in, its hints a line out. JSON both ways; nothing is kept."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from moderation.triage.lists import sorter_without_database
from moderation.triage.repeats import Repeats
from moderation.triage.sorter import Flag, Sorter


class Command(BaseCommand):
    """Reads {"text": "…"} from standard input; writes {"flags": […]} for each, at once.

    `"post"` beside the text says under which post it stood: the same text under several is marked too.
    A line that cannot be read gets {"error": "…"} and the next one is read.
    """

    help = 'Sorts texts: JSON lines {"text": …} on standard input, {"flags": […]} for each on standard output.'
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for answer in answers(sys.stdin.buffer, sorter_without_database()):
                sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
                sys.stdout.buffer.flush()
        except BrokenPipeError:
            # Whoever read has read enough; nothing more can be written, not even at the end of the program.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def answers(lines: Iterable[bytes], sorter: Sorter) -> Iterator[dict[str, Any]]:
    """One answer for each line, in order; empty lines are passed over."""
    repeats = Repeats()
    for line in lines:
        if line.strip():
            yield _answer(line, sorter, repeats)


def _answer(line: bytes, sorter: Sorter, repeats: Repeats) -> dict[str, Any]:
    try:
        given = json.loads(line)
        text = given["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"error": _('A line must be JSON: {"text": "…"}.')}
    if not isinstance(text, str):
        return {"error": _("The text must be a string.")}
    flags = sorter.sort(text)
    if post := given.get("post"):
        flags += repeats.flags(text, str(post))
    return {"flags": [_plain(flag) for flag in flags]}


def _plain(flag: Flag) -> dict[str, Any]:
    return {"class": flag.flag, "start": flag.start, "end": flag.end, "reason": flag.reason}
