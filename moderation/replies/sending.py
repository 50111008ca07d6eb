"""A reply comes out: where the link leads, and what it means for the message (procedure, cl. 2.3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import clocks
from moderation.inbox import actions as inbox
from moderation.models import Message, MessageKind, MessageQuerySet, Reply, ReplyMove
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
def send(
    reply: Reply,
    *,
    link: str,
    revision: int,
    thread: int,
    by: User,
    with_case: bool = False,
    links: Mapping[int, str] | None = None,
) -> int:
    """Marks an approved reply as out, and its message as answered; an interim one owes the final reply in its term.

    `with_case`: the other open messages of the case are answered by it too; `links`: where it stands under them, by
    their numbers, for those under which it was put separately. Answers with how many those were.
    """
    require_thread(reply, thread)
    link, message = checked_link(link, reply.message), reply.message
    others = list(beside(message)) if with_case else []
    own = _own_links(others, links or {})
    now = timezone.now()
    due_at = clocks.running_due(message, now)
    values: dict[str, Any] = {"link": link, "sent_by": by, "sent_at": now, "due_at": due_at}
    step = move(reply, ReplyMove.SEND, seen=revision, by=by, **values)
    if step.made_at < now:
        return 0  # the same press, arrived twice
    for one in [message, *others]:
        _answered(one, reply, now, link=own.get(one.pk, link), by=by)
    return len(others)


def beside(message: Message) -> MessageQuerySet:
    """The other open messages of the case, with what one line about each needs."""
    return Message.objects.beside_in_case(message).select_related("organization", "account__network")


def _answered(message: Message, reply: Reply, now: datetime, *, link: str, by: User) -> None:
    if reply.is_interim:
        inbox.interim(message, due_at=clocks.final_due(now, message.organization), by=by, link=link, reply=reply)
    else:
        inbox.answer(message, link=link, by=by, approved=True, reply=reply)


def _own_links(others: list[Message], links: Mapping[int, str]) -> dict[int, str]:
    """Each leads to the page of its message. Raises ValidationError keyed `link_12`."""
    found, wrong = {}, {}
    for other in others:
        if given := links.get(other.pk, "").strip():
            try:
                found[other.pk] = checked_link(given, other)
            except ValidationError as error:
                wrong[f"link_{other.pk}"] = error.messages
    if wrong:
        raise ValidationError(wrong)
    return found
