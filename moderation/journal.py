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
    measure           "removed", "hidden", "warned", "blocked" or "restored"
    blocked_until     "2026-12-01" or null
    reverses          number of the decision taken back, or null
    made_by           key of the person
    names             words of the row as they were: account, ground, network, organization, person, post, url
    evidence          list of {name, sha256, size, type}, in the order the files were added

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

from moderation.models import Decision, Evidence
from people.search import fold

VERSION = 1
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
    row.search = fold(" ".join([row.text, row.citation, row.explanation, row.link, *row.names.values()]))
    row.evidence_digests = [file.digest for file in evidence]
    row.salt = secrets.token_hex(16)
    row.sealed = seal(row)
    row.made_at = timezone.now()
    row.hash = digest(content(row))
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
        "person": " ".join(filter(None, [row.made_by.last_name, row.made_by.first_name, row.made_by.patronymic]))
        or row.made_by.username,
        "post": row.made_by.job_title,
    }


# --- proving ------------------------------------------------------------------------------------


def verify(known_head: str = "") -> Verification:
    """Walks the whole journal, files included, in constant memory, and stops at the first broken row.

    `known_head`: a head hash noted earlier; the journal must still contain it, else its end was cut off or rewritten.
    """
    count, head, met = 0, ZEROS, known_head in ("", ZEROS)
    for row in _rows():
        why = _fault(row, count + 1, head)
        if why:
            # Where a row is missing, the missing one is named, not the one found in its place.
            return Verification(count, False, min(row.number, count + 1), why, head)
        count, head, met = row.number, row.hash, met or row.hash == known_head
    if not met:
        why = _("The end of the journal was cut off or rewritten: the hash noted earlier is not in it.")
        return Verification(count, False, count + 1, why, head)
    return Verification(count, True, None, "", head)


def _rows() -> Iterator[Decision]:
    rows = Decision.objects.select_related("reverses").prefetch_related("evidence").order_by("number", "pk")
    return rows.iterator(chunk_size=CHUNK)


def _fault(row: Decision, number: int, previous_hash: str) -> str:
    """What is wrong with the row, as a sentence; empty when nothing is."""
    if row.number != number:
        return _("Record %(expected)s should stand here: it was deleted, or the order was changed.") % {
            "expected": number
        }
    if row.previous_hash != previous_hash:
        return _("It does not continue the record before it: one of the two was replaced.")
    if row.sealed != seal(row):
        return _("The citizen's text or the link was changed.")
    if row.hash != digest(content(row)):
        return _("The contents were changed after the record was made.")
    return _evidence_fault(row)


def _evidence_fault(row: Decision) -> str:
    files = list(row.evidence.all())
    if [file.digest for file in files] != row.evidence_digests:
        return _("The list of evidence files was changed.")
    for file in files:
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
