"""The journal as a file that proves itself: JSON lines, checked by `standalone/verify_export.py` without the portal.

The first line: {"format", "made_at", "heads": [{"day", "count", "hash", "signature", "public_key"}]}. Then a line for
each row, in order: {"number", "previous_hash", "hash"} always; "content" (what is hashed, see journal.py) where the
reader may see the row; "words" {"text", "link", "salt"} where they still stand and were asked for. A masked part is
held by its hash: `sealed` in the content for the words, `hash` of the row for the rest.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from moderation import journal
from moderation.models import Decision, SignedHead
from people.models import User

FORMAT = "glashatay-journal/1"
CHUNK = 500


def lines(user: User, *, with_words: bool) -> Iterator[str]:
    """Rows of bodies out of this person's reach are links of the chain only."""
    fields = ("day", "count", "head_hash", "signature", "public_key")
    heads = [
        {"day": str(day), "count": count, "hash": head, "signature": signature, "public_key": key}
        for day, count, head, signature, key in SignedHead.objects.order_by("day").values_list(*fields)
    ]
    yield _line({"format": FORMAT, "made_at": timezone.now().isoformat(), "heads": heads})
    seen = set(Decision.objects.visible_to(user).order_by().values_list("organization", flat=True).distinct())
    rows = Decision.objects.select_related("reverses", "about").order_by("number")
    for row in rows.iterator(chunk_size=CHUNK):
        yield _line(_shown(row, seen=row.organization_id in seen, with_words=with_words))


def _shown(row: Decision, *, seen: bool, with_words: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"number": row.number, "previous_hash": row.previous_hash, "hash": row.hash}
    if seen:
        shown["content"] = journal.content(row)
        if with_words and not row.masked_at:
            shown["words"] = {"text": row.text, "link": row.link, "salt": row.salt}
    return shown


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
