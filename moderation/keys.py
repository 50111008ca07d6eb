"""Keys of the journal, none of them in the database: whoever can write there can still not write as the portal.

From one secret come two keys: the pair that signs the daily heads (Ed25519, anybody can check), and the key of the
marks that each row gets (HMAC, the portal alone can check). Secrets used before stay in JOURNAL_KEY_FALLBACKS.
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

HEADS = b"glashatay-journal-head/1"
MARKS = b"glashatay-journal-mark/1"


def _secrets() -> tuple[str, ...]:
    """The one in use first, then those used before. SECRET_KEY signs where JOURNAL_KEY is empty, and did before it."""
    given = [settings.JOURNAL_KEY, *settings.JOURNAL_KEY_FALLBACKS, settings.SECRET_KEY]
    return tuple(filter(None, [*given, *settings.SECRET_KEY_FALLBACKS]))


@lru_cache(maxsize=16)
def _drawn(secret: str, purpose: bytes) -> bytes:
    return hmac.digest(secret.encode(), purpose, hashlib.sha256)


def private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_drawn(_secrets()[0], HEADS))


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def known() -> set[str]:
    """Public keys of this portal, in use and used before."""
    return {public(Ed25519PrivateKey.from_private_bytes(_drawn(secret, HEADS))) for secret in _secrets()}


def fingerprint(key: str = "") -> str:
    """SHA-256 of the public key (the one in use, if none is given): what people compare."""
    return hashlib.sha256(bytes.fromhex(key or public(private()))).hexdigest()


def mark(row_hash: str) -> str:
    return _marked(_secrets()[0], row_hash)


def is_marked(row_hash: str, given: str) -> bool:
    """Whether the portal itself wrote the row with this hash."""
    return any(hmac.compare_digest(_marked(secret, row_hash).encode(), given.encode()) for secret in _secrets())


def _marked(secret: str, row_hash: str) -> str:
    return hmac.digest(_drawn(secret, MARKS), row_hash.encode(), hashlib.sha256).hex()
