"""Everything that can happen to a proposal: made, accepted, rejected, withdrawn (procedure, cl. 2.1, 3; four eyes)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.http import TooLate
from people.models import User
from registry import actions, closing, history, notices, rules, verifying
from registry.entry_values import CLOSING, NEW_ACT, PEOPLE, Values, changed, values_of
from registry.models import (
    Account,
    AccountStatus,
    LegalAct,
    Proposal,
    ProposalKind,
    ProposalState,
)
from registry.verifying import Answers


@dataclass(frozen=True)
class Entry:
    """A validated entry that is not stored, with what belongs to it beside its columns."""

    account: Account
    people: list[User] = field(default_factory=list)
    new_act: LegalAct | None = None
    closing: dict[str, str] = field(default_factory=dict)


def propose(entry: Entry, *, by: User, kind: ProposalKind | None = None, note: str = "") -> Proposal:
    """Lets a new entry, or a change of one, wait for a second person. Raises TooLate when there is nothing to wait for.

    The columns of `entry.account` hold what is proposed; the stored entry stays as it is.
    """
    return _put(_proposal(entry, _stored(entry.account), by=by, kind=kind, note=note))


def propose_all(entries: Sequence[Entry], *, by: User) -> None:
    """Lets many entries wait, as `propose` does one, in so many queries for each 500; the department is told once.

    Raises TooLate, or IntegrityError where a change of one of them, or the same page, is waiting already.
    """
    stored = Account.objects.select_related("organization", "network", "legal_act", "last_verified_by")
    stored = stored.prefetch_related("responsible_people")
    standing = stored.in_bulk([entry.account.pk for entry in entries if entry.account.pk])
    fetch_people([entry.account for entry in entries if entry.account.pk])
    proposals = [_proposal(entry, standing.get(entry.account.pk), by=by) for entry in entries]
    with transaction.atomic(), audit.acting(by):
        Proposal.objects.bulk_create(proposals, batch_size=500)
        audit.created(proposals)
        notices.proposed_together(proposals)


def fetch_people(accounts: Sequence[Account]) -> None:
    """Everybody named in these stored entries, in two queries."""
    prefetch_related_objects(list(accounts), "responsible_people", "last_verified_by")


def _proposal(
    entry: Entry, before: Account | None, *, by: User, kind: ProposalKind | None = None, note: str = ""
) -> Proposal:
    """Not stored. `before` is the entry as it stands."""
    account = entry.account
    values = changed(before, account) | _beside(before, entry)
    if before and not values:
        raise TooLate(_("Nothing is changed: there is nothing to propose."))
    if _closes(before, account):
        kind = ProposalKind.ARCHIVE  # whichever way it was proposed
        _require_closing(entry)
    kept = values_of(before) if before else {}
    return Proposal(
        kind=kind or (ProposalKind.EDIT if before else ProposalKind.NEW),
        account=before,
        organization=before.organization if before else account.organization,
        name=account.name,
        url="" if before else account.url,
        values=values,
        base={name: kept[name] for name in values if name in kept},
        words=_words(before, entry),
        note=note,
        proposed_by=by,
    )


def _closes(before: Account | None, after: Account) -> bool:
    """Whether an entry that stands goes into the archive; one that is entered as closed long ago does not."""
    return before is not None and before.status != AccountStatus.ARCHIVED and after.status == AccountStatus.ARCHIVED


def _require_closing(entry: Entry, back: str = "") -> None:
    if reason := closing.lacking(entry.closing):
        raise TooLate(reason, back=back)


def _put(proposal: Proposal) -> Proposal:
    try:
        with transaction.atomic(), audit.acting(proposal.proposed_by):
            proposal.save()
            notices.proposed(proposal)
    except IntegrityError as error:
        raise TooLate(_waits_already(proposal)) from error
    return proposal


def _waits_already(proposal: Proposal) -> str:
    if proposal.account_id:
        return _("A change of this entry is already waiting for a decision. Wait for it, or withdraw it.")
    return _("This page is already proposed and waits for a decision.")


def _stored(account: Account) -> Account | None:
    rows = Account.objects.select_related("organization", "network", "legal_act")
    return rows.get(pk=account.pk) if account.pk else None


def _beside(before: Account | None, entry: Entry) -> Values:
    """What is proposed beside the columns."""
    found: Values = {}
    people = sorted(user.pk for user in entry.people)
    if people != (sorted(user.pk for user in before.responsible_people.all()) if before else []):
        found[PEOPLE] = people
    if entry.new_act:
        act = entry.new_act
        signed = act.signed_on.isoformat() if act.signed_on else ""
        found[NEW_ACT] = {"title": act.title, "number": act.number, "signed_on": signed, "url": act.url}
    if entry.closing:
        found[CLOSING] = entry.closing
    return found


def _words(before: Account | None, entry: Entry) -> dict[str, list[Any]]:
    """What changes, in words that outlive the rows they name."""
    words = history.differences(history.snapshot(before) if before else {}, _after(entry))
    if entry.new_act:
        words[NEW_ACT] = [None, entry.new_act.title]
    if entry.closing:
        words[CLOSING] = [None, closing.in_words(entry.closing)]
    return words


def _after(entry: Entry) -> history.Snapshot:
    return history.snapshot(entry.account) | {PEOPLE: ", ".join(sorted(map(str, entry.people)))}


# --- decisions ------------------------------------------------------------------------------------


def version_of(account: Account | None) -> int:
    """By what the page of a proposal knows whether the entry is still the one it showed."""
    last = account.changes.order_by("-pk").values_list("pk", flat=True).first() if account else None
    return last or 0


@transaction.atomic
def accept(
    proposal: Proposal,
    entry: Entry,
    *,
    seen: int,
    by: User,
    answers: Answers | None = None,
    seen_closed: bool = False,
    comment: str = "",
) -> Account:
    """Makes the proposal the approved version, with what the department corrected in it; public at once.

    `seen` is `version_of` the entry that the page showed: an entry that changed meanwhile is looked at again. Raises
    TooLate when the checklist is not answered to the end, or when a page is closed and whoever accepts it has not
    looked at its address (`seen_closed`): nobody accepts unseen, whichever way they come.
    """
    answers = answers or []
    _require_answers(proposal, entry, answers)
    _require_seen_closed(proposal, entry, seen_closed)
    _decide(proposal, ProposalState.ACCEPTED, by=by, comment=comment, answers=answers)
    account = entry.account
    if account.pk:
        Account.objects.select_for_update().get(pk=account.pk)
    if version_of(account if account.pk else None) != seen:
        raise TooLate(_("The entry was changed while you looked at it. Look at the proposal again."))
    _note_correction(proposal, entry)
    if account.status == AccountStatus.ACTIVE and answers:
        account.last_verified_on, account.last_verified_by = timezone.localdate(), by
    actions.store(
        account, by=by, responsible_people=entry.people, new_act=entry.new_act, note=_note(proposal), answers=answers
    )
    if account.status == AccountStatus.ARCHIVED:
        closing.close(account, entry.closing, by=by)
    proposal.account = account
    proposal.change = account.changes.filter(pk__gt=seen).order_by("-pk").first()
    with audit.acting(by):
        proposal.save(update_fields=["account", "change", "corrected"])
    notices.accepted(proposal)
    return account


@transaction.atomic
def reject(proposal: Proposal, *, reason: str, by: User) -> None:
    """The entry stays as it is; the proposer is told why."""
    _decide(proposal, ProposalState.REJECTED, by=by, comment=reason)
    notices.rejected(proposal)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User) -> None:
    """Whoever proposed it takes it back."""
    _decide(proposal, ProposalState.WITHDRAWN, by=by)
    notices.withdrawn(proposal)


def _decide(
    proposal: Proposal, state: ProposalState, *, by: User, comment: str = "", answers: Answers | None = None
) -> None:
    is_alone = state != ProposalState.WITHDRAWN and proposal.proposed_by_id == by.pk
    if is_alone and not rules.is_alone(proposal.organization):
        raise ValueError("who proposed a change does not decide about it")
    fields = {
        "state": state,
        "decided_by": by,
        "decided_at": timezone.now(),
        "comment": comment,
        "answers": answers or [],
        "is_alone": is_alone,
    }
    # One UPDATE both checks and moves: of two people pressing at once, one wins.
    if not Proposal.objects.filter(pk=proposal.pk, state=ProposalState.PENDING).update(**fields):
        raise TooLate(_("A colleague was faster: this proposal is decided already."))
    before = proposal.state
    for name, value in fields.items():
        setattr(proposal, name, value)
    audit.changed(proposal, by=by, state=(before, state), comment=("", comment))


def _require_answers(proposal: Proposal, entry: Entry, answers: Answers) -> None:
    if reason := verifying.lacking(verifying.items_for(proposal, entry.account), answers):
        raise TooLate(reason, back=notices.url_of(proposal))


def _require_seen_closed(proposal: Proposal, entry: Entry, seen_closed: bool) -> None:
    if not _closes(_stored(entry.account), entry.account):
        return
    _require_closing(entry, back=notices.url_of(proposal))
    if not seen_closed:
        raise TooLate(_("Open the old address and look first."), back=notices.url_of(proposal))


def _note_correction(proposal: Proposal, entry: Entry) -> None:
    """{column: [proposed, accepted]} of what is accepted otherwise than it was proposed."""
    told = _words(_stored(entry.account), entry)
    after = {**_after(entry), **{name: pair[1] for name, pair in told.items()}}
    proposed = {name: pair[0] for name, pair in told.items()} | {n: pair[1] for n, pair in proposal.words.items()}
    pairs = {name: [value, after.get(name)] for name, value in proposed.items() if name != "handle"}
    proposal.corrected = {name: pair for name, pair in pairs.items() if (pair[0] or "") != (pair[1] or "")}


def _note(proposal: Proposal) -> str:
    """What stays in the history of the entry, inside the portal."""
    # Initials end with a full stop of their own: «Кедрова М. И.»
    who = str(proposal.proposed_by).removesuffix(".")
    words = [_("Proposal No. %(number)d by %(who)s.") % {"number": proposal.pk, "who": who}]
    if proposal.is_alone:
        words.append(_("Accepted by the same person: one person keeps the registry here."))
    words += [text for text in (proposal.note, proposal.comment) if text]
    return " ".join(words)[:500]
