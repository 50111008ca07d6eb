"""The chain of the journal: how a row is written down, hashed, added and proved.

How a row is hashed (version 1). Its content is one JSON object: keys sorted, no spaces, UTF-8, no escapes beyond
JSON's own. `hash` is the SHA-256 of those bytes in lower-case hexadecimal. The fields:

    version           1
    number            1, 2, 3 … without gaps
    previous_hash     `hash` of the row before; 64 zeros for the first row
    sealed            SHA-256 of the citizen's words, see below
    organization      key of the body
    account           key of the account
    kind              "comment" or "message"
    seen_at, made_at  moments in UTC: "2026-11-24T03:15:07.000123Z", always six digits after the point
    ground            key of the ground of cl. 7; its words are in names
    citation          the norm that was broken, or ""
    explanation       or ""
    measure           "removed", "hidden", "warned", "restricted", "blocked" or "restored"
    blocked_until     last day of a measure that lasts ("hidden", "restricted", "blocked"): "2026-12-01" or null
    reverses          number of the decision taken back, or null
    made_by           key of the person
    names             words of the row as they were: account, ground, network, organization, person, post, url
    evidence          list of {name, sha256, size, type}, in the order the files were added

Version 2 has these fields besides; a row of version 1 is hashed for ever without them:

    origin            "own", "complaint" or "authority"
    authority         the authority and its paper, or ""
    tags              list of words
    is_criticism      true or false: criticism of the administration, confirmed by a second person
    confirmed_by      key of the second person, or null
    about             number of the decision that stays in force: an objection was rejected, a measure ended; or null
    wave              key of those entered together, or null; wave_place and wave_size go with it

and `measure` may be "upheld" (an objection was rejected), "kept" (the second person refused the removal) or "lifted"
(a measure ended). New words of a field need no new version: only a new field does.

Version 3 has the same fields. Its rows carry a mark of the portal besides, outside of the chain (moderation/keys.py): a
row that somebody slips into the database fits the chain, yet has no mark.

`sealed` is the SHA-256 of {"link", "salt", "text"} written by the same rules. The words of a citizen are personal
data: once they are masked after their term, the salt goes with them, and the chain still holds.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import differences, keys
from moderation.models import Decision, Evidence, Measure
from people.models import User
from people.search import fold

VERSION = 3
ZEROS = "0" * 64
LOCK = 7_001  # one number for this journal among PostgreSQL's advisory locks; 7 for the clause
CHUNK = 500  # rows held in memory at once while the chain is walked


@dataclass(frozen=True)
class Verification:
    """What a walk over the journal found. `head_hash` kept outside also proves that no last row was cut off."""

    count: int
    ok: bool
    first_broken: int | None
    why: str
    head_hash: str


def canonical(content: dict[str, Any]) -> bytes:
    """One and only one way to write a content down."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def seal(row: Decision) -> str:
    """The digest that stands in the chain for the citizen's words."""
    return digest({"salt": row.salt, "text": row.text, "link": row.link})


def content(row: Decision) -> dict[str, Any]:
    """What of the row is hashed; the module's docstring describes every field."""
    first = _content_of_version_1(row)
    return first if row.version == 1 else {**first, **_added_in_version_2(row)}


def _added_in_version_2(row: Decision) -> dict[str, Any]:
    return {
        "origin": row.origin,
        "authority": row.authority,
        "tags": row.tags,
        "is_criticism": row.is_criticism,
        "confirmed_by": row.confirmed_by_id,
        "about": row.about.number if row.about else None,
        "wave": str(row.wave) if row.wave else None,
        "wave_place": row.wave_place,
        "wave_size": row.wave_size,
    }


def _content_of_version_1(row: Decision) -> dict[str, Any]:
    return {
        "version": row.version,
        "number": row.number,
        "previous_hash": row.previous_hash,
        "sealed": row.sealed,
        "organization": row.organization_id,
        "account": row.account_id,
        "kind": row.kind,
        "seen_at": _moment(row.seen_at),
        "made_at": _moment(row.made_at),
        "ground": row.ground_id,
        "citation": row.citation,
        "explanation": row.explanation,
        "measure": row.measure,
        "blocked_until": row.blocked_until.isoformat() if row.blocked_until else None,
        "reverses": row.reverses.number if row.reverses else None,
        "made_by": row.made_by_id,
        "names": row.names,
        "evidence": row.evidence_digests,
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


# --- adding -------------------------------------------------------------------------------------


def lock() -> None:
    """From here to the end of the transaction nobody else adds to the journal. Taking it twice is harmless."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    # SQLite: the transaction was begun IMMEDIATE, so this connection is the only writer already.


@transaction.atomic
def append(row: Decision, evidence: list[Evidence]) -> Decision:
    """Adds a decision (everything but the chain filled in) and its files as the next row, and returns it."""
    lock()
    last = Decision.objects.order_by("-number").only("number", "hash").first()
    row.version = VERSION
    row.number = last.number + 1 if last else 1
    row.previous_hash = last.hash if last else ZEROS
    row.names = names_of(row)
    words = [row.text, row.citation, row.explanation, row.link, row.authority, row.tag_words, *row.names.values()]
    row.search = fold(" ".join(words))
    row.fingerprint = differences.fingerprint(row.text) if row.is_against or row.measure == Measure.KEPT else ""
    row.evidence_digests = [file.digest for file in evidence]
    row.salt = secrets.token_hex(16)
    row.sealed = seal(row)
    row.made_at = timezone.now()
    row.hash = digest(content(row))
    row.mark = keys.mark(row.hash)
    row.save(force_insert=True)
    for file in evidence:
        file.decision = row
        file.save(force_insert=True)
    return row


def names_of(row: Decision) -> dict[str, str]:
    """The words that must outlive what they name."""
    return {
        "organization": row.organization.name,
        "account": row.account.name,
        "url": row.account.url,
        "network": row.account.network.name if row.account.network else "",
        "ground": row.ground.name,
        "person": _full_name(row.made_by),
        "post": row.made_by.job_title,
    } | ({"confirmed_by": _full_name(row.confirmed_by)} if row.confirmed_by else {})


def _full_name(user: User) -> str:
    return " ".join(filter(None, [user.last_name, user.first_name, user.patronymic])) or user.username


# --- proving ------------------------------------------------------------------------------------


def verify(known_head: str = "", signed: dict[int, str] | None = None) -> Verification:
    """Walks the whole journal, files included, in constant memory, and stops at the first broken row.

    `known_head`: a head hash noted earlier; the journal must still contain it, else its end was cut off or rewritten.
    `signed`: number → hash of the heads signed earlier (moderation/heads.py); each must still stand there.
    """
    signed = signed or {}
    count, head, met = 0, ZEROS, known_head in ("", ZEROS)
    version = 1
    for row in _rows():
        why = _fault(row, count + 1, head) or _foreign(row, version)
        if why:
            # Where a row is missing, the missing one is named, not the one found in its place.
            return Verification(count, False, min(row.number, count + 1), why, head)
        if signed.get(row.number, row.hash) != row.hash:
            return Verification(count, False, row.number, _("Another record was signed with this number."), head)
        count, head, met, version = row.number, row.hash, met or row.hash == known_head, row.version
    if not met or max(signed, default=0) > count:
        why = _("The end of the journal was cut off or rewritten: the hash noted earlier is not in it.")
        return Verification(count, False, count + 1, why, head)
    return Verification(count, True, None, "", head)


def _rows() -> Iterator[Decision]:
    rows = Decision.objects.select_related("reverses", "about").prefetch_related("evidence").order_by("number", "pk")
    return rows.iterator(chunk_size=CHUNK)


def _fault(row: Decision, number: int, previous_hash: str) -> str:
    """What is wrong with the row, as a sentence; empty when nothing is."""
    if row.number != number:
        return _("Record %(expected)s should stand here: it was deleted, or the order was changed.") % {
            "expected": number
        }
    if row.previous_hash != previous_hash:
        return _("It does not continue the record before it: one of the two was replaced.")
    if row.masked_at and (row.text or row.link or row.salt):
        return _("Words were put into a record whose words are forgotten.")
    if not row.masked_at and row.sealed != seal(row):
        return _("The citizen's text or the link was changed.")
    if row.hash != digest(content(row)):
        return _("The contents were changed after the record was made.")
    return _evidence_fault(row)


def _foreign(row: Decision, version: int) -> str:
    """Whether somebody else than the portal wrote the row; `version`: of the row before."""
    is_old = max(row.version, version) < 3  # of before the marks; none comes after a marked one
    if is_old or (row.version >= 3 and keys.is_marked(row.hash, row.mark)):
        return ""
    return _("The portal did not write this record: it was slipped into the database or rewritten there.")


def _evidence_fault(row: Decision) -> str:
    files = list(row.evidence.all())
    if [file.digest for file in files] != row.evidence_digests:
        return _("The list of evidence files was changed.")
    for file in [] if row.masked_at else files:  # files are forgotten together with the words
        if checksum(file.file.storage, str(file.file.name)) != (file.size, file.sha256):
            return _("The evidence file “%(name)s” was changed or is missing.") % {"name": file.name}
    return ""


def checksum(storage: Storage, name: str) -> tuple[int, str]:
    """Size and SHA-256 of a stored file; (0, "") when it cannot be read."""
    size, sha256 = 0, hashlib.sha256()
    try:
        with storage.open(name) as file:
            for chunk in file.chunks():
                size += len(chunk)
                sha256.update(chunk)
    except (OSError, SuspiciousFileOperation):
        return 0, ""
    return size, sha256.hexdigest()
