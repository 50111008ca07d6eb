"""The last proof of the journal: made at night, shown on the journal's page without walking the chain again."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from moderation import heads, journal

KEY = "moderation:proof:1"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Proof:
    """What the last walk found, when, and the newest head that was ever proved."""

    result: journal.Verification
    made_at: datetime
    known_head: str


def renew() -> Proof:
    """Walks the journal and keeps the result. The head proved last time must still be in it."""
    earlier = last()
    result = heads.verify(earlier.known_head if earlier else "")
    if not result.ok:
        logger.error("The moderation journal is broken at record %s: %s", result.first_broken, result.why)
    known_head = result.head_hash if result.ok or not earlier else earlier.known_head
    proof = Proof(result, timezone.now(), known_head)
    cache.set(KEY, proof, timeout=None)
    if result.ok:
        heads.sign()  # what was proved is signed; a broken journal is not
    return proof


def last() -> Proof | None:
    """The result kept last; None when the journal was not walked yet, or the cache was emptied."""
    proof: Proof | None = cache.get(KEY)
    return proof
