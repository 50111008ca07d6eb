"""A message that breaks cl. 7 goes from the inbox into the journal: its words are copied, the message is closed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from moderation import actions as actions_of_journal
from moderation import journal
from moderation.actions import Entry
from moderation.inbox import actions, looks
from moderation.models import Decision, Kind, Message, MessageKind, PendingDecision, State
from people.models import User


def beginning(message: Message, user: User) -> dict[str, Any]:
    """What the entry form of the journal begins with; personal data stays hidden from who has not asked to see it."""
    return {
        "account": message.account_id,
        "kind": kind_of(message),
        "text": looks.shown_to(user, message),
        "link": message.link,
        "seen_at": message.received_at,
    }


def kind_of(message: Message) -> Kind:
    """What cl. 7 calls it."""
    return Kind.MESSAGE if message.kind == MessageKind.PRIVATE else Kind.COMMENT


def with_words(entry: Entry, message: Message, user: User) -> Entry:
    """The journal keeps the words as they were: also those that were hidden in the form."""
    shown = looks.shown_to(user, message).split()
    return replace(entry, text=message.text) if entry.text.split() == shown else entry


def close(message: Message, decision: Decision, *, by: User) -> None:
    """The message is done by the decision; one that is done already stays as it is."""
    if message.is_open:
        actions.close(message, reason=decision.label, by=by, decision=decision)


def refusal(message: Message, entry: Entry | None = None) -> str:
    """Why this is decided on already, or "": the same form again and another measure are not."""
    same = {"entry_key": entry.entry_key if entry else None}
    if entry and (Decision.objects.filter(**same).exists() or PendingDecision.objects.filter(**same).exists()):
        return ""
    earlier = message.decision
    if entry and earlier and earlier.stands and earlier.measure == entry.measure:
        return _("Removed already: decision %(number)s.") % {"number": earlier.label}
    if PendingDecision.objects.waiting().filter(message=message).exists():
        return _("Its removal waits for a second person already.")
    return ""


@transaction.atomic
def remove_together(entries: Sequence[tuple[Message, Entry]], *, by: User) -> list[Decision]:
    """One decision on several messages: a row of the journal for each, all grouped, all closed. All of them or none.

    The same form sent again returns the rows it made. Raises a ValidationError of {key of the message: [sentence]}.
    """
    if not entries:
        raise ValidationError(_("Choose messages: tick them in the list."))
    key = entries[0][1].key
    wave = uuid5(key, repr([(message.pk, str(entry.entry_key)) for message, entry in entries]))
    journal.lock()
    if not actions_of_journal.is_recorded(wave) and (
        problems := _undecidable([message for message, _entry in entries])
    ):
        raise ValidationError(problems)
    made = actions_of_journal.record_together([entry for _message, entry in entries], wave, by=by)
    for (message, _entry), decision in zip(entries, made, strict=True):
        close(message, decision, by=by)
    return made


def _undecidable(messages: Sequence[Message]) -> dict[str, str]:
    """Why nothing can be decided about some of them any more; they are held until the transaction ends."""
    keys = [message.pk for message in messages]
    held = Message.objects.select_for_update(of=("self",)).select_related("decision").filter(pk__in=keys)
    now = {message.pk: message for message in held}
    pending = PendingDecision.objects.waiting().filter(message__in=keys)
    waiting = set(pending.values_list("message", flat=True))
    found = {}
    for message in messages:
        row = now[message.pk]
        if row.decision and row.decision.stands:
            found[str(row.pk)] = _("Removed already: decision %(number)s.") % {"number": row.decision.label}
        elif row.pk in waiting:
            found[str(row.pk)] = _("Its removal waits for a second person already.")
        elif not row.is_open or row.organization_id != message.organization_id:
            found[str(row.pk)] = _("A colleague has dealt with it meanwhile.")
    return found


@transaction.atomic
def wait(message: Message, pending: PendingDecision, *, by: User) -> None:
    """Its clock stands still until another person has looked at the removal."""
    PendingDecision.objects.filter(pk=pending.pk, message=None).update(message=message)
    if message.state in (State.NEW, State.ASSIGNED):
        actions.pause(message, reason=_("Another person confirms the removal."), by=by)


def decided(message: Message, decision: Decision, *, by: User, is_removed: bool) -> None:
    """The second person has spoken: the message is closed, or waits for a reply again, free for anybody to take."""
    if is_removed:
        close(message, decision, by=by)
    elif message.state == State.PAUSED:
        actions.resume(message, by=by)
        actions.release(message, by=by)
