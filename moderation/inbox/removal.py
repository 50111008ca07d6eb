"""A message that breaks cl. 7 goes from the inbox into the journal: its words are copied, the message is closed."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moderation.actions import Entry
from moderation.inbox import actions, looks
from moderation.models import Decision, Kind, Message, MessageKind, PendingDecision, State
from people.models import User


def beginning(message: Message, user: User) -> dict[str, Any]:
    """What the entry form of the journal begins with; personal data stays hidden from who has not asked to see it."""
    kind = Kind.MESSAGE if message.kind == MessageKind.PRIVATE else Kind.COMMENT
    return {
        "account": message.account_id,
        "kind": kind,
        "text": looks.shown_to(user, message),
        "link": message.link,
        "seen_at": message.received_at,
    }


def with_words(entry: Entry, message: Message, user: User) -> Entry:
    """The journal keeps the words as they were: also those that were hidden in the form."""
    shown = looks.shown_to(user, message).split()
    return replace(entry, text=message.text) if entry.text.split() == shown else entry


def close(message: Message, decision: Decision, *, by: User) -> None:
    """The message is done by the decision; one that is done already stays as it is."""
    if message.is_open:
        actions.close(message, reason=decision.label, by=by, decision=decision)


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
