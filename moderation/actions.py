"""What can happen to the journal: a decision is entered, or taken back by a new row. Nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import evidence, journal
from moderation.models import AGAINST, LASTING, SILENCING, Decision, Evidence, Ground, Kind, Measure, Origin
from people.http import TooLate
from people.models import User
from registry import links
from registry.models import Account

TAKES_AWAY = (Measure.REMOVED, Measure.HIDDEN)
CLOCKS_DIFFER = timedelta(minutes=5)  # a browser's clock may be a little ahead of ours
# Beyond these a year is a slip of the pen: the oldest of the networks opened in 2006.
FIRST_DAY = date(2006, 1, 1)
LAST_DAY = date(2099, 12, 31)  # a block "for ever" ends here


@dataclass(frozen=True)
class Entry:
    """What a moderator writes down about one comment or message."""

    account: Account
    kind: str
    text: str
    seen_at: datetime
    ground: Ground
    measure: str
    link: str = ""
    citation: str = ""
    explanation: str = ""
    blocked_until: date | None = None
    origin: str = Origin.OWN
    authority: str = ""
    tags: tuple[str, ...] = ()
    is_criticism: bool = False
    files: tuple[evidence.Upload, ...] = ()
    key: UUID = field(default_factory=uuid4)  # of the form: see `entry_key`

    def problems(self) -> dict[str, str]:
        """Field → sentence: why the journal does not take this entry. Empty when it does."""
        found = {}
        if self.ground.needs_citation and not any(sign.isdigit() for sign in self.citation):
            found["citation"] = _("For this ground, name the norm that was broken: the act, its article and part.")
        found |= self._unfit()
        if self.measure not in AGAINST:
            found["measure"] = _("A decision is taken back on its own page.")
        if self.link and self.account.network and not links.is_of(self.link, self.account.network):
            sentence = _("This is no address in %(network)s, where the page is. Copy the address of the comment there.")
            found["link"] = sentence % {"network": f"«{self.account.network}»"}
        if sentence := _term_problem(self.measure, self.blocked_until):
            found["blocked_until"] = sentence
        if self.seen_at > timezone.now() + CLOCKS_DIFFER:
            found["seen_at"] = _("This moment has not come yet.")
        elif self.seen_at.date() < FIRST_DAY:
            found["seen_at"] = _("Check the year: you cannot have seen it so long ago.")
        return found

    def _unfit(self) -> dict[str, str]:
        """Procedure, cl. 7: for spam, insults and obscene words comments are removed; messages for broken law alone."""
        found = {}
        if self.kind == Kind.MESSAGE and self.measure in TAKES_AWAY and not self.ground.needs_citation:
            found["ground"] = _(
                "On this ground clause 7 lets comments be removed; a message only if it breaks the law."
            )
        if self.origin == Origin.AUTHORITY and not self.authority:
            found["authority"] = _("Name the authority and its paper: date and number.")
        return found

    @property
    def entry_key(self) -> UUID:
        """One for a form with its content: sent twice it is one row, gone back to and written anew another."""
        words = [self.kind, self.text, self.link, self.citation, self.explanation, self.measure]
        days = [self.seen_at.isoformat(), str(self.blocked_until)]
        files = [upload.sha256 for upload in self.files]
        more = [self.origin, self.authority, sorted(self.tags), self.is_criticism]
        return uuid5(self.key, repr((self.account.pk, self.ground.pk, words, days, files, more)))

    def fields(self) -> dict[str, Any]:
        """What of it both the journal and the queue of the second person write down; fields that are void are empty."""
        return {
            "organization": self.account.organization,
            "account": self.account,
            "kind": self.kind,
            "text": self.text,
            "link": self.link,
            "seen_at": self.seen_at,
            "ground": self.ground,
            "citation": self.citation if self.ground.needs_citation else "",
            "explanation": self.explanation,
            "measure": self.measure,
            "blocked_until": self.blocked_until if self.measure in LASTING else None,
            "origin": self.origin,
            "authority": self.authority if self.origin == Origin.AUTHORITY else "",
            "tags": sorted(self.tags),
        }


def _term_problem(measure: str, until: date | None) -> str:
    if measure not in LASTING:
        return ""
    if until is None:
        return _("Say until which day it lasts: a person is not silenced for ever.") if measure in SILENCING else ""
    if until <= timezone.localdate():
        return _("The last day must be later than today.")
    if until > LAST_DAY:
        return _("Check the year: nothing is forbidden for so long.")
    return ""


def record(entry: Entry, *, by: User) -> Decision:
    """Enters a decision and its files as the next row; the same entry sent again returns the row it made."""
    _refuse_unfit(entry)
    row = Decision(**entry.fields(), made_by=by, entry_key=entry.entry_key)
    return _append_with_files(row, entry.files)


def enter(entry: Entry, others: list[str], *, by: User) -> Decision:
    """One decision, or with `others` a wave of them."""
    return record_wave(entry, others, by=by) if others else record(entry, by=by)


def record_wave(entry: Entry, others: list[str], *, by: User) -> Decision:
    """Enters several comments of one wave, each as a row of its own; returns the first of them."""
    entries = [entry, *(replace(entry, text=text, link="", files=()) for text in others)]
    return record_together(entries, uuid5(entry.entry_key, repr(others)), by=by)[0]


@transaction.atomic
def record_together(entries: Sequence[Entry], wave: UUID, *, by: User) -> list[Decision]:
    """Each entry as a row of its own, all of them or none; the same `wave` again returns the rows it made."""
    for entry in entries:
        _refuse_unfit(entry)
    journal.lock()
    made = []
    for place, entry in enumerate(entries, start=1):
        row = Decision(**entry.fields(), made_by=by, entry_key=uuid5(wave, str(place)))
        if len(entries) > 1:
            row.wave, row.wave_place, row.wave_size = wave, place, len(entries)
        made.append(_append_with_files(row, entry.files))
    return made


def is_recorded(wave: UUID) -> bool:
    """Whether rows were made by this `wave` already."""
    return Decision.objects.filter(entry_key=uuid5(wave, "1")).exists()


def _refuse_unfit(entry: Entry) -> None:
    if problems := entry.problems():
        raise ValidationError(problems)
    if entry.is_criticism:
        raise ValidationError(_("A removal of criticism is confirmed by another person first."))


def _append_with_files(row: Decision, uploads: Iterable[evidence.Upload]) -> Decision:
    """The files are put away before the lock is taken, and thrown away again when the row does not come to be."""
    stored: list[Evidence] = []
    kept = False
    try:
        stored.extend(evidence.store(upload) for upload in uploads)
        with transaction.atomic():
            journal.lock()
            earlier = Decision.objects.filter(entry_key=row.entry_key).first()
            if earlier is None:
                row = journal.append(row, stored)
        kept = earlier is None
    finally:
        if not kept:
            evidence.discard(stored)
    return earlier or row


@transaction.atomic
def reverse(decision: Decision, explanation: str, *, by: User) -> Decision:
    """Takes a decision back by a new row with a reason; of two people at once, one wins."""
    journal.lock()
    if Decision.objects.filter(reverses=decision).exists():
        raise TooLate(_("This decision was taken back already."))
    if not decision.is_against:
        raise TooLate(_("A record of a restoration is not taken back: enter a new decision."))
    return journal.append(about(decision, Measure.RESTORED, explanation, by=by), [])


def about(decision: Decision, measure: Measure, explanation: str, *, by: User) -> Decision:
    """A row, not saved yet, that takes a decision back or is about it; the words go with it while they stand."""
    return Decision(
        organization=decision.organization,
        account=decision.account,
        kind=decision.kind,
        text=decision.text,
        link=decision.link,
        seen_at=decision.seen_at,
        ground=decision.ground,
        citation=decision.citation,
        explanation=explanation,
        measure=measure,
        reverses=decision if measure == Measure.RESTORED else None,
        about=None if measure == Measure.RESTORED else decision,
        made_by=by,
    )
