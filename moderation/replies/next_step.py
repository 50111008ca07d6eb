"""«Что дальше»: one sentence for every state of a message and its reply."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from moderation.models import Message, Reply, ReplyStatus, State
from people.templatetags.portal import when


def next_step(message: Message, reply: Reply | None) -> str:
    if message.state == State.CLOSED:
        return _("Nobody waits for a reply: the message is closed without one.")
    if message.state == State.ANSWERED and not (reply and reply.is_sent):
        return _("The message is answered.")
    said = _OF[ReplyStatus(reply.status)](reply) if reply else _begin(message)
    if message.state == State.PAUSED:
        return " ".join([said, _("The clock stands still until the message is taken up again.")])
    return said


def _begin(message: Message) -> str:
    if message.due_at is None:
        return _("Write the reply and send it to the department for approval.")
    return _("Write the reply and send it to the department for approval: it must come out by %(when)s.") % {
        "when": when(message.due_at)
    }


def _draft(reply: Reply) -> str:
    return _("The draft is kept as you type; colleagues of the body see it. Send it for approval when it is ready.")


def _submitted(reply: Reply) -> str:
    if reply.claimant:
        return _("%(person)s is looking at the reply. You will be told of the decision.") % {
            "person": reply.claimant.short_name
        }
    return _("The department approves the reply, corrects it or returns it with remarks. You will be told.")


def _returned(reply: Reply) -> str:
    return _("Mend what the remarks say and send the reply again.")


def _approved(reply: Reply) -> str:
    return _("Copy the text, open the place, put the reply there, and paste its link here.")


def _sent(reply: Reply) -> str:
    if reply.is_interim:
        return _("The interim reply is out; the final one is still owed.")
    return _("The reply is out, nothing more is to be done.")


_OF: dict[ReplyStatus, Callable[[Reply], str]] = {
    ReplyStatus.DRAFT: _draft,
    ReplyStatus.SUBMITTED: _submitted,
    ReplyStatus.RETURNED: _returned,
    ReplyStatus.APPROVED: _approved,
    ReplyStatus.SENT: _sent,
}
