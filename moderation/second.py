"""Removals of criticism: another person confirms, or refuses; either way the journal gets its row."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import evidence, journal, second_notices
from moderation.actions import Entry
from moderation.inbox import removal
from moderation.models import Decision, Evidence, Measure, PendingDecision, Verdict
from people.http import TooLate
from people.models import User
from people.roles import Permission

_FILE = ("name", "content_type", "size", "sha256")
_COPIED = (
    *("organization", "account", "kind", "text", "link", "seen_at", "ground", "citation", "explanation"),
    *("measure", "blocked_until", "origin", "authority", "tags", "made_by"),
)


def propose(entry: Entry, *, by: User) -> PendingDecision:
    """Puts a removal of criticism into the queue; the same form sent again makes no second one."""
    if problems := entry.problems():
        raise ValidationError(problems)
    stored: list[Evidence] = []
    is_new = False
    try:
        stored.extend(evidence.store(upload) for upload in entry.files)
        files = [{"file": str(row.file.name)} | {name: getattr(row, name) for name in _FILE} for row in stored]
        with transaction.atomic():
            given: dict[str, Any] = {**entry.fields(), "made_by": by, "files": files}
            pending, is_new = PendingDecision.objects.get_or_create(entry_key=entry.entry_key, defaults=given)
            if is_new:
                second_notices.asked(pending)
    finally:
        if not is_new:
            evidence.discard(stored)
    return pending


def others(pending: PendingDecision) -> list[User]:
    """Who may decide on it today: of the body and above it, never whoever wanted it. Empty: it waits for a role."""
    people = User.objects.who_may(Permission.MODERATE, pending.organization)
    return list(people.exclude(pk=pending.made_by_id))


def confirm(pending: PendingDecision, *, by: User) -> Decision:
    """The removal counts from now on."""
    return _decide(pending, Verdict.YES, by=by)


def refuse(pending: PendingDecision, why: str, *, by: User) -> Decision:
    """The criticism stays; that it was to be removed, by whom and who refused it is a row."""
    return _decide(pending, Verdict.NO, why, by=by)


@transaction.atomic
def _decide(pending: PendingDecision, verdict: Verdict, why: str = "", *, by: User) -> Decision:
    if by.pk == pending.made_by_id:
        raise TooLate(_("Another person confirms it: not the one who wanted the removal."))
    journal.lock()
    if not PendingDecision.objects.select_for_update().filter(pk=pending.pk, verdict=Verdict.WAITING).exists():
        raise TooLate(_("A colleague has decided on it already."))
    row = Decision(**{name: getattr(pending, name) for name in _COPIED}, is_criticism=True, confirmed_by=by)
    row.entry_key = pending.entry_key
    if verdict == Verdict.NO:
        row.measure, row.explanation, row.blocked_until = Measure.KEPT, why, None
    files = [Evidence(**file) for file in pending.files]
    row = journal.append(row, files)
    PendingDecision.objects.filter(pk=pending.pk).update(
        verdict=verdict, decided_by=by, decided_at=timezone.now(), decision=row, text="", link="", files=[]
    )
    pending.verdict = verdict
    second_notices.settled(pending, row, by=by)
    if pending.message:
        removal.decided(pending.message, row, by=by, is_removed=verdict == Verdict.YES)
    return row
