"""Once a day the head of the journal is signed and published: a tail cut off later is provable.

The key is Ed25519 (library `cryptography`), its seed drawn from JOURNAL_KEY (from SECRET_KEY when that is empty). The
signed bytes are "glashatay-journal-head/1\\n<day>\\n<count>\\n<hash>\\n". Each row carries the public key of its
day, so heads signed under an earlier key are proved as before.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from moderation import journal
from moderation.models import Decision, SignedHead

FORMAT = "glashatay-journal-head/1"


def key() -> Ed25519PrivateKey:
    secret = settings.JOURNAL_KEY or settings.SECRET_KEY
    return Ed25519PrivateKey.from_private_bytes(hmac.digest(secret.encode(), FORMAT.encode(), hashlib.sha256))


def signed_bytes(day: str, count: int, head_hash: str) -> bytes:
    return f"{FORMAT}\n{day}\n{count}\n{head_hash}\n".encode()


def sign() -> SignedHead:
    """Signs the present head for today; a second time on one day changes nothing."""
    day = timezone.localdate()
    earlier = SignedHead.objects.filter(day=day).first()
    if earlier:
        return earlier
    last = Decision.objects.order_by("-number").only("number", "hash").first()
    count, head_hash = (last.number, last.hash) if last else (0, journal.ZEROS)
    private = key()
    head = SignedHead(
        day=day,
        count=count,
        head_hash=head_hash,
        signature=private.sign(signed_bytes(day.isoformat(), count, head_hash)).hex(),
        public_key=private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex(),
    )
    try:
        with transaction.atomic():
            head.save(force_insert=True)
    except IntegrityError:
        return SignedHead.objects.get(day=day)
    return head


def signed() -> dict[int, str]:
    """Number → hash of everything that was ever signed; the journal must still have it."""
    return dict(SignedHead.objects.filter(count__gt=0).values_list("count", "head_hash"))
