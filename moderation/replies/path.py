"""The path of a reply: the one door through which its status moves (procedure, cl. 2.3).

Which move leads from where to where, and who may make it, stands in `TRANSITIONS` of `models/replies.py`.
"""

from collections.abc import Sequence
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import rules
from moderation.models import Message, Reply, ReplyMove, ReplyRemark, ReplyReview, ReplyStatus
from moderation.models.message_path import OPEN_STATES
from moderation.models.replies import DECISIONS, TRANSITIONS, is_awaited, newer_in_thread
from moderation.replies import notices
from moderation.replies.history import keep_wording
from moderation.replies.lengths import require_fits
from people.audit import changed
from people.http import TooLate
from people.models import User
from review import door
from review.door import unclaimed, unclaimed_or
from review.models import RevisionKind

NOTE_LENGTH = 500


def submit(reply: Reply, *, revision: int, by: User, note: str = "") -> None:
    """Sends a draft or a mended reply for approval. Raises ValidationError without words, TooLate when it changed."""
    if not reply.text.strip():
        raise ValidationError({"text": _("Write the reply first.")})
    _require_answers(reply)
    require_fits(reply.message, reply.text)
    if len(note.strip()) > NOTE_LENGTH:
        raise ValidationError({"note": _("The note is too long: at most %(n)d characters.") % {"n": NOTE_LENGTH}})
    move(reply, ReplyMove.SUBMIT, seen=revision, by=by, comment=note.strip(), submitted_by=by)


def _require_answers(reply: Reply) -> None:
    """Each remark of a return is answered before the reply goes on, and "done" is seen in the wording."""
    last = reply.last_return if reply.is_returned else None
    remarks = list(last.remarks.select_related("answer")) if last else []
    if any(not hasattr(remark, "answer") for remark in remarks):
        raise ValidationError({"remarks": _("Answer each remark first: done, or why not.")})
    if last and last.revision >= reply.revision and not all(remark.answer.body for remark in remarks):
        said = _("You answered “done”, but nothing was changed. Mend the reply, or write why not.")
        raise ValidationError({"remarks": said})


def withdraw(reply: Reply, *, revision: int, by: User) -> None:
    """Makes a submitted reply a draft again. Raises TooLate once a reviewer has claimed it."""
    move(reply, ReplyMove.WITHDRAW, seen=revision, by=by, only=unclaimed())


@transaction.atomic
def approve(reply: Reply, *, revision: int, thread: int, by: User) -> None:
    """Approves the numbered revision and no other; `thread` is the newest message of the conversation they have read.

    Raises TooLate when there is a newer revision, or a newer message.
    """
    require_other_eyes(reply, by)
    require_thread(reply, thread)
    require_fits(reply.message, reply.text)
    values = _approval(reply, revision, thread, by)
    move(reply, ReplyMove.APPROVE, seen=revision, by=by, only=unclaimed_or(by), **values)


@transaction.atomic
def correct(reply: Reply, text: str, *, revision: int, thread: int, by: User) -> None:
    """Gives the reply the reviewer's wording and approves it; nothing changed: approves it as it is.

    A correction makes nobody an author. The author sees it word by word.
    """
    require_other_eyes(reply, by)
    require_thread(reply, thread)
    if not text.strip():
        raise ValidationError({"text": _("Nothing is left of the reply. Return it instead.")})
    if text == reply.text:
        approve(reply, revision=revision, thread=thread, by=by)
        return
    require_fits(reply.message, text)
    values = {"text": text, "revision": revision + 1, **_approval(reply, revision + 1, thread, by)}
    move(reply, ReplyMove.CORRECT, seen=revision, by=by, only=unclaimed_or(by), **values)
    keep_wording(reply, by=by, kind=RevisionKind.CORRECTION)


def _approval(reply: Reply, revision: int, thread: int, by: User) -> dict[str, Any]:
    """What was read by whoever approves need not be asked of the author again."""
    return {"approved_revision": revision, "approved_by": by, "thread_seen": max(thread, reply.thread_seen)}


@transaction.atomic
def return_for_changes(reply: Reply, *, revision: int, remarks: Sequence[ReplyRemark], by: User) -> None:
    """Returns the reply to its authors with at least one remark that is not saved yet."""
    require_other_eyes(reply, by)
    if not remarks:
        raise ValidationError({"remarks": _("Say in at least one remark what has to be changed.")})
    step = move(reply, ReplyMove.RETURN, seen=revision, by=by, only=unclaimed_or(by))
    if step.remarks.exists():
        return  # the same press, arrived twice
    for remark in remarks:
        remark.review = step
    ReplyRemark.objects.bulk_create(remarks)
    notices.returned(reply, step, [remark.body for remark in remarks])


def undoable(user: User) -> ReplyReview | None:
    """The decision this person has just made and can still take back; one query."""
    since = timezone.now() - door.UNDO_LASTS - door.SLOW_LINE
    rows = ReplyReview.objects.filter(made_by=user, made_at__gt=since).select_related("reply__message__organization")
    last = rows.order_by("pk").last()
    return last if last and last.move in DECISIONS and last.reply.status == last.status else None


@transaction.atomic
def undo(reply: Reply, *, by: User) -> None:
    """Takes back the decision of a moment ago: the reply awaits one again, in the wording its author gave it."""
    require_other_eyes(reply, by)
    reply = Reply.objects.select_for_update(of=("self",)).select_related("message__organization").get(pk=reply.pk)
    step = reply.reviews.order_by("pk").last()
    if step is None or step.made_by_id != by.pk or step.move not in DECISIONS:
        raise TooLate(_("Something has happened to the reply since: the decision can no longer be taken back."))
    if not door.is_fresh(step):
        raise TooLate(_("More than a few seconds have passed: the decision can no longer be taken back."))
    now = timezone.now()
    values: dict[str, Any] = {"claimed_by": by, "claimed_at": now, "claimed_since": now}
    values |= {"approved_revision": None, "approved_by": None}
    if step.move == ReplyMove.CORRECT:
        before = reply.revisions.filter(number__lt=step.revision).order_by("number").last()
        values |= {"text": before.text if before else reply.text, "revision": step.revision + 1}
    move(reply, ReplyMove.UNDO, seen=step.revision, by=by, **values)
    if step.move == ReplyMove.CORRECT:
        keep_wording(reply, by=by, kind=RevisionKind.CORRECTION)
    notices.taken_back(step)


def claim(reply: Reply, *, by: User, take_over: bool = False) -> None:
    """Takes a submitted reply in work, or gives a new sign of work. Raises TooLate while a colleague has it."""
    require_other_eyes(reply, by)
    if not door.claim(reply, ReplyStatus.SUBMITTED, by=by, take_over=take_over):
        raise TooLate(_why_too_late(reply, reply.revision, by))


def release(reply: Reply, *, by: User) -> None:
    door.release(reply, by=by)


@transaction.atomic
def move(
    reply: Reply, what: ReplyMove, *, seen: int, by: User, comment: str = "", only: Q | None = None, **values: Any
) -> ReplyReview:
    """The one door. `seen` is the revision the person saw, `values` are columns that change with the status.

    Raises PermissionDenied, TooLate when the reply is elsewhere by now or nobody awaits it any more.
    """
    arrow, before = TRANSITIONS[what], reply.status
    if not rules.can_move_reply(by, reply, what):
        raise PermissionDenied
    awaited = Q(message__in=Message.objects.filter(pk=reply.message_id, state__in=OPEN_STATES))
    if not door.turn(reply, arrow, seen=seen, only=awaited & (only or Q()), **values):
        if step := door.same_step(reply, what, arrow, seen, by):
            return cast("ReplyReview", step)
        raise TooLate(_why_too_late(reply, seen, by))
    changed(reply, by=by, status=(before, arrow.end))
    role = by.role_for(cast("Any", arrow.permission), reply.message.organization)
    made = {"made_by": by, "made_as": role, "made_at": timezone.now(), "comment": comment}
    step = ReplyReview.objects.create(reply=reply, move=what, status=arrow.end, revision=reply.revision, **made)
    notices.moved(reply, step)
    return step


def require_other_eyes(reply: Reply, by: User) -> None:
    """Held here too, below every view: nobody decides on a text of their own."""
    if rules.is_reply_author(by, reply):
        raise PermissionDenied


def require_thread(reply: Reply, seen: int) -> None:
    """Nobody approves or puts out a reply to what has been overtaken unread."""
    if newer_in_thread(reply.message, seen).exists():
        raise TooLate(_("A new message has come into this conversation meanwhile. Read it and say that you have."))


def _why_too_late(reply: Reply, seen: int, by: User) -> str:
    now = Reply.objects.for_listing().filter(pk=reply.pk).first()
    if now is None or not is_awaited(now.message):
        return _("Nobody waits for this reply any more: the message is answered or closed.")
    if now.revision != seen:
        return _("The reply has been changed since you opened it. Look at the new version first.")
    if now.is_submitted and now.claimant and now.claimant != by:
        return _("%(person)s has the reply in work now.") % {"person": now.claimant.short_name}
    last = now.reviews.select_related("made_by").last()
    return _("Somebody was faster: the reply is already “%(status)s” (%(person)s).") % {
        "status": now.get_status_display(),
        "person": last.made_by if last else now.created_by,
    }
