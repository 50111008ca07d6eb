"""Once a day the head of the journal is signed and published: a tail cut off later is provable.

The key is Ed25519 (library `cryptography`), drawn from JOURNAL_KEY (moderation/keys.py). The signed bytes are
"glashatay-journal-head/1\\n<day>\\n<count>\\n<hash>\\n". Each row carries the public key of its day; a head counts only
if that key is one of this portal's: whoever writes to the database can sign as well, but with a key of his own.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import journal, keys
from moderation.models import Decision, SignedHead

FORMAT = "glashatay-journal-head/1"


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
    private = keys.private()
    head = SignedHead(
        day=day,
        count=count,
        head_hash=head_hash,
        signature=private.sign(signed_bytes(day.isoformat(), count, head_hash)).hex(),
        public_key=keys.public(private),
    )
    try:
        with transaction.atomic():
            head.save(force_insert=True)
    except IntegrityError:
        return SignedHead.objects.get(day=day)
    return head


def verify(known_head: str = "") -> journal.Verification:
    """Walks the journal against every head the portal signed; names the first row that does not fit.

    A head signed with a key of somebody else, or wrongly, proves nothing, and is itself told of.
    """
    signed, forged = dict[int, str](), list[tuple[int, str]]()
    known = keys.known()
    for head in SignedHead.objects.order_by("count", "day").iterator():
        if why := _fault(head, known):
            forged.append((head.count, why))
        elif head.count:
            signed[head.count] = head.head_hash
    found = journal.verify(known_head, signed)
    if forged and (found.first_broken is None or forged[0][0] <= found.first_broken):
        number, why = forged[0]
        return journal.Verification(found.count, False, number, why, found.head_hash)
    return found


def _fault(head: SignedHead, known: set[str]) -> str:
    said = {"day": head.day.isoformat()}
    if head.public_key not in known:
        return _("The signature of %(day)s was made with a key that is not this portal's.") % said
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.public_key))
        public.verify(bytes.fromhex(head.signature), signed_bytes(head.day.isoformat(), head.count, head.head_hash))
    except (InvalidSignature, ValueError):
        return _("The signature of %(day)s is wrong.") % said
    return ""
