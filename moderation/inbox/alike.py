"""Messages that may be about the same thing, by the words they share: offered to be put into one case, never put."""

import re
from collections.abc import Iterable

from moderation.models import Message
from people.search import fold

COMPARED = 300  # open messages of the body, the newest
OFFERED = 5
_STEM = 5  # letters: «фонари», «фонарей» and «фонарь» are one word
_SHORTEST = 4
_LEAST_SHARED = 2
_LEAST_SHARE = 0.3
_WORD = re.compile(r"[а-яa-z0-9]+")


def stems(text: str) -> frozenset[str]:
    """What is left of the words when their endings are cut; short words say nothing."""
    return frozenset(word[:_STEM] for word in _WORD.findall(fold(text)) if len(word) >= _SHORTEST)


def alike(message: Message, others: Iterable[Message]) -> list[Message]:
    """Those of the others that share enough with it, the nearest first."""
    own = stems(message.text)
    found = [(share, other) for other in others if (share := _share(own, stems(other.text)))]
    return [other for _share, other in sorted(found, key=lambda pair: (-pair[0], pair[1].pk))[:OFFERED]]


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    if shared < _LEAST_SHARED:
        return 0.0
    share = shared / len(one | other)
    return share if share >= _LEAST_SHARE else 0.0


def to_offer(message: Message) -> list[Message]:
    """For the page of an open message: open ones of its body that stand in no other case; one query."""
    if not message.is_open:
        return []
    rows = Message.objects.open().filter(organization=message.organization_id).exclude(pk=message.pk)
    rows = rows.exclude(case=message.case_id) if message.case_id else rows.filter(case=None)
    return alike(message, rows.order_by("-received_at", "-pk")[:COMPARED])
