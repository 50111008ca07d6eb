"""A reply comes out: where the link leads, and what it means for the message (procedure, cl. 2.3)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import clocks
from moderation.inbox import actions as inbox
from moderation.models import Message, MessageKind, Reply, ReplyMove
from moderation.models.messages import OPEN_STATES
from moderation.replies.path import move, require_thread
from people.models import User
from registry import links
from registry.links import BadLink, read_post_link
from registry.models import Account


def checked_link(link: str, message: Message) -> str:
    """The link as pasted, when it leads to the page of the message. Raises ValidationError keyed `link`.

    A private message has no public address: there a link may be left out, and is held to the network only.
    """
    link, account = link.strip(), message.account
    if not link:
        if message.kind == MessageKind.PRIVATE:
            return ""
        raise ValidationError({"link": _("Open the reply in the network, copy its address and paste it here.")})
    network = account.network
    if network is None or network.is_prohibited or not links.is_of(link, network):
        raise ValidationError({"link": _("This is no address in %(network)s, where the page is.") % _named(account)})
    if message.kind == MessageKind.COMMENT:
        try:
            read_post_link(link, account)
        except BadLink as error:
            raise ValidationError({"link": error.sentence}) from error
    return link


def _named(account: Account) -> dict[str, str]:
    return {"network": f"«{account.network}»"}


@transaction.atomic
def send(reply: Reply, *, link: str, revision: int, thread: int, by: User, with_case: bool = False) -> int:
    """Marks an approved reply as out, and its message as answered; an interim one owes the final reply in its term.

    `with_case`: the other open messages of the case are answered by it too. Answers with how many those were.
    """
    require_thread(reply, thread)
    link, message = checked_link(link, reply.message), reply.message
    now = timezone.now()
    values: dict[str, Any] = {"link": link, "sent_by": by, "sent_at": now, "due_at": message.due_at}
    step = move(reply, ReplyMove.SEND, seen=revision, by=by, **values)
    if step.made_at < now:
        return 0  # the same press, arrived twice
    if reply.is_interim:
        inbox.interim(message, due_at=clocks.final_due(now, message.organization), by=by, link=link)
        return 0
    inbox.answer(message, link=link, by=by, approved=True)
    others = _others_of_case(message) if with_case else []
    for other in others:
        inbox.answer(other, link=link, by=by, approved=True)
    return len(others)


def _others_of_case(message: Message) -> list[Message]:
    if message.case_id is None:
        return []
    rows = Message.objects.filter(case=message.case_id, organization=message.organization_id, state__in=OPEN_STATES)
    return list(rows.exclude(pk=message.pk).select_related("organization"))
