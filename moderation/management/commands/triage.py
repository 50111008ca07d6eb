"""`manage.py triage`: a text a line in, its hints a line out. JSON both ways; nothing is kept."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.triage.lists import sorter_without_database
from moderation.triage.repeats import Repeats
from moderation.triage.sorter import MAX_TEXT, Flag, Sorter

BOM = b"\xef\xbb\xbf"


class Command(BaseCommand):
    """Reads {"text": "…"} from standard input; writes {"flags": […]} for each line, in order and at once.

    `"post"` beside the text says under which post it stood: the same text under several is marked too.
    A line that cannot be read gets {"flags": [], "error": "…", "line": 3}, and the next one is read; the program
    then ends with 1. Of a text longer than anybody may write the beginning is read, and `"read"` says how much.
    """

    help = 'Sorts texts: JSON lines {"text": …} on standard input, {"flags": […]} for each on standard output.'
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        try:
            for answer in answers(sys.stdin.buffer, sorter_without_database()):
                failed += "error" in answer
                sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
                sys.stdout.buffer.flush()
        except BrokenPipeError:
            # Whoever read has read enough; nothing more can be written, not even at the end of the program.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if failed:
            told = ngettext("%(count)d line could not be read.", "%(count)d lines could not be read.", failed)
            self.stderr.write(told % {"count": failed})
            sys.exit(1)


def answers(lines: Iterable[bytes], sorter: Sorter) -> Iterator[dict[str, Any]]:
    """One answer for each line, in order, whatever stands in it."""
    repeats = Repeats()
    for number, line in enumerate(lines, 1):
        answer = _answer(line.removeprefix(BOM) if number == 1 else line, sorter, repeats)
        yield {"flags": [], **answer, "line": number} if "error" in answer else answer


def _answer(line: bytes, sorter: Sorter, repeats: Repeats) -> dict[str, Any]:
    try:
        # Decoded here: the parser itself would take some lines for UTF-16.
        given = json.loads(line.decode())
        text = given["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"error": _('A line must be JSON: {"text": "…"}.')}
    if not isinstance(text, str):
        return {"error": _("The text must be a string.")}
    flags = sorter.sort(text)
    if post := given.get("post"):
        flags += repeats.flags(text, str(post))
    answer: dict[str, Any] = {"flags": [_plain(flag) for flag in flags]}
    return answer if len(text) <= MAX_TEXT else {**answer, "read": MAX_TEXT}


def _plain(flag: Flag) -> dict[str, Any]:
    return {"class": flag.flag, "start": flag.start, "end": flag.end, "reason": flag.reason}
