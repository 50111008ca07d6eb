"""A reply grows stale when its conversation goes on without it: whoever writes or approves it is told."""

from collections.abc import Iterable

from moderation.models import Message, Reply
from moderation.replies import notices
from people.models import User


def tell(arrived: Iterable[Message], *, by: User) -> None:
    """Tells of messages that have just come into conversations a reply is on its way to; one query to find those."""
    new = [message for message in arrived if message.thread]
    if not new:
        return
    replies = Reply.objects.stale().filter(
        message__account__in={message.account_id for message in new},
        message__thread__in={message.thread for message in new},
    )
    last = {_place(message): message.pk for message in new}
    for reply in replies.select_related("message__organization", "claimed_by", "approved_by"):
        if newest := last.get(_place(reply.message)):
            notices.went_on(reply, newest, by=by)


def tell_of_case(case: int, *, by: User) -> None:
    """Tells of a case that has grown while a reply to one of its messages is on its way."""
    replies = Reply.objects.stale().filter(message__case=case)
    for reply in replies.select_related("message__organization", "claimed_by", "approved_by"):
        newest = Message.objects.with_thread_and_case(reply.message).order_by("-came", "-pk").first()
        notices.went_on(reply, newest.pk if newest else reply.message_id, by=by)


def _place(message: Message) -> tuple[int, str, str]:
    return message.account_id, message.post, message.thread
