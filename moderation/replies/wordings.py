"""Writing a reply: kept at the server as it is typed, so that colleagues see it, and nobody overwrites anybody."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import rules
from moderation.inbox import actions as inbox
from moderation.models import Message, Reply, ReplyMove, State
from moderation.models.replies import UNSENT, is_awaited, newest_in_thread
from moderation.replies.history import keep_wording
from moderation.replies.path import move
from people.http import TooLate
from people.models import User

LONGEST = 10_000


@transaction.atomic
def begin(message: Message, text: str, *, is_interim: bool, by: User, thread: int = 0) -> Reply:
    """The first words of a reply. Who begins takes the message. Raises TooLate when a colleague has begun already.

    `thread`: `Message.came` of the last one its author has read; 0: everything that is there.
    """
    if not rules.can_write_reply(by, message):
        raise PermissionDenied
    if not is_awaited(Message.objects.select_for_update().get(pk=message.pk)):
        raise TooLate(_("Nobody waits for this reply any more: the message is answered or closed."))
    if message.state == State.NEW:
        inbox.assign(message, to=by, by=by)
    seen = thread or newest_in_thread(message)
    try:
        with transaction.atomic():
            values = {"text": text, "is_interim": is_interim, "thread_seen": seen, "created_by": by}
            reply = Reply.objects.create(message=message, created_at=timezone.now(), **values)
    except IntegrityError as error:
        other = Reply.objects.unfinished().select_related("created_by").get(message=message)
        raise TooLate(_("%(person)s has begun a reply already.") % {"person": other.created_by.short_name}) from error
    keep_wording(reply, by=by)
    return reply


@transaction.atomic
def write(reply: Reply, text: str, *, is_interim: bool, revision: int, by: User, thread: int = 0) -> None:
    """Another wording on top of the numbered one; nothing changed: nothing happens.

    An approved reply awaits approval again. `thread`: as in `begin`, 0 when kept by itself.
    Raises TooLate when somebody else wrote meanwhile, or the reply is with a reviewer.
    """
    if not rules.can_write_reply(by, reply.message):
        raise PermissionDenied
    values: dict[str, Any] = {"text": text, "is_interim": is_interim, "revision": revision + 1}
    values |= {"thread_seen": max(thread, reply.thread_seen)} if thread else {}
    if (text, is_interim) == (reply.text, reply.is_interim) and reply.revision == revision:
        Reply.objects.filter(pk=reply.pk).update(thread_seen=values.get("thread_seen", reply.thread_seen))
        return
    if reply.is_approved:
        move(reply, ReplyMove.REOPEN, seen=revision, by=by, approved_by=None, submitted_by=by, **values)
    elif not Reply.objects.filter(pk=reply.pk, revision=revision, status__in=UNSENT).update(**values):
        raise TooLate(_overtaken(reply, revision))
    for name, value in values.items():
        setattr(reply, name, value)
    keep_wording(reply, by=by, before=revision)


def _overtaken(reply: Reply, seen: int) -> str:
    now = Reply.objects.get(pk=reply.pk)
    if now.revision == seen:
        return _("The reply is “%(status)s” now: withdraw it before you write on.") % {
            "status": now.get_status_display()
        }
    last = now.revisions.select_related("made_by").last()
    return _("While you were writing, %(person)s changed this reply. Your text stands below: nothing is lost.") % {
        "person": last.made_by.short_name if last else ""
    }
