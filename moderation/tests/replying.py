"""A message that waits for a reply, and its reply at any point of the path."""

from datetime import UTC, datetime
from typing import Any

from moderation.inbox.intake import Arrival, receive
from moderation.models import Message, Reply, ReplyRemark, ReplyStatus, Source
from moderation.replies import path, sending, wordings
from people.models import User
from registry.models import Account

TEXT = "Здравствуйте! Мост починят до 1 декабря, движение откроют в тот же день."
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # Tuesday, 10:00 in Tomsk
LINK = "https://vk.com/wall-100_5?reply=9"


def ask(account: Account, at: datetime, by: User, **fields: Any) -> Message:
    values: dict[str, Any] = {"text": "Когда починят мост?", "post": "5", "external_id": "77", **fields}
    [(message, _new)] = receive([Arrival(account=account, received_at=at, **values)], by=by, source=Source.FORM)
    return message


def reply_to(message: Message, status: str, *, author: User, reviewer: User | None = None) -> Reply:
    reply = wordings.begin(message, TEXT, is_interim=False, by=author)
    if status != ReplyStatus.DRAFT:
        path.submit(reply, revision=1, by=author)
    if status == ReplyStatus.RETURNED and reviewer:
        path.return_for_changes(reply, revision=1, remarks=[ReplyRemark(body="Короче")], by=reviewer)
    if status in (ReplyStatus.APPROVED, ReplyStatus.SENT) and reviewer:
        path.approve(reply, revision=1, thread=reply.thread_seen, by=reviewer)
    if status == ReplyStatus.SENT:
        sending.send(reply, link=LINK, revision=1, thread=reply.thread_seen, by=author)
    return reply
