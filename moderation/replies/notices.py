"""Who is told what about a reply: its authors, and whoever approves. Texts of citizens are in no notice."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.models import Message, Reply, ReplyAcknowledgement, ReplyMove, ReplyReview, ReplyRevision
from people import telling
from people.models import Tone, User
from people.roles import Permission
from people.telling import Event, Words
from review.models import RevisionKind

# Whoever has not read that replies wait is not told of each of them.
SUBMITTED = Event("reply_submitted", Tone.WAIT, speaks_for=timedelta(hours=4))
RETURNED = Event("reply_returned", Tone.WAIT)
APPROVED = Event("reply_approved", Tone.GOOD)
CORRECTED = Event("reply_corrected", Tone.GOOD)
OBJECTED = Event("reply_objected", Tone.WAIT)
# One unread notice speaks for the next messages of the same conversation.
STALE = Event("reply_stale", Tone.WAIT, speaks_for=timedelta(hours=4))
NEEDLESS = Event("reply_needless", Tone.INFO)


def moved(reply: Reply, step: ReplyReview) -> None:
    """Tells of a step whoever it concerns. A return is told by itself, together with its remarks."""
    if tell := _BY_MOVE.get(ReplyMove(step.move)):
        tell(reply, step)


def submitted(reply: Reply, step: ReplyReview) -> None:
    title = _("A reply of %(body)s waits for approval") % _place(reply)
    people = User.objects.who_may(Permission.DECIDE_REPLY, reply.message.organization)
    words = Words(title, reverse("moderation:reply_queue"), step.comment)
    telling.tell(SUBMITTED, people, words, key=str(step.pk), by=step.made_by)


def returned(reply: Reply, step: ReplyReview, remarks: Iterable[str]) -> None:
    text = "\n".join(f"– {remark}" for remark in remarks)
    _to_authors(RETURNED, reply, step, _("The reply to message No. %(number)s is returned"), text)


def approved(reply: Reply, step: ReplyReview) -> None:
    text = _("Copy it, put it out and paste the link.")
    _to_authors(APPROVED, reply, step, _("The reply to message No. %(number)s is approved"), text)


def corrected(reply: Reply, step: ReplyReview) -> None:
    text = _("See what was changed, answer “Understood” or object; then put it out and paste the link.")
    _to_authors(CORRECTED, reply, step, _("The reply to message No. %(number)s is corrected and approved"), text)


def objected(reply: Reply, answer: ReplyAcknowledgement) -> None:
    """To the reviewer whose correction it is."""
    reviewer = answer.review.made_by
    title = _("The author objects to your correction of the reply to message No. %(number)s") % _place(reply)
    words = Words(title, _of_reply(reply), answer.comment)
    telling.tell(OBJECTED, [reviewer] if reviewer else [], words, key=str(answer.pk), by=answer.made_by)


def went_on(reply: Reply, newest: int, *, by: User) -> None:
    """The conversation has gone on since the reply was written or approved: its authors and its approver are told."""
    title = _("The conversation has gone on: look whether the reply to message No. %(number)s still answers")
    key, text = f"{reply.pk}:{newest}", _("A new message has come since. Before the reply goes on, read it.")
    authors = set(_authors(reply))
    telling.tell(STALE, authors, Words(title % _place(reply), _of_message(reply), text), key=key, by=by)
    above = set(_approvers(reply)) - authors
    telling.tell(STALE, above, Words(title % _place(reply), _of_reply(reply), text), key=key, by=by)


def needless(message: Message, *, by: User) -> None:
    """The message was answered or closed another way: who was writing a reply to it is told."""
    title = _("Message No. %(number)s is closed: the reply begun is no longer needed")
    for reply in Reply.objects.unfinished().filter(message=message).select_related("message__organization"):
        words = Words(title % _place(reply), _of_message(reply))
        telling.tell(NEEDLESS, _authors(reply), words, key=f"{reply.pk}:{timezone.now():%Y%m%d%H%M}", by=by)


def _approvers(reply: Reply) -> Iterable[User]:
    """Who has it in work or has approved it; nobody yet: everybody who may."""
    if reply.is_approved:
        return [reply.approved_by] if reply.approved_by else []
    if not reply.is_submitted:
        return []
    if reply.claimant:
        return [reply.claimant]
    return User.objects.who_may(Permission.DECIDE_REPLY, reply.message.organization)


def taken_back(step: ReplyReview) -> None:
    """The decision was undone a moment later: nobody is told of it."""
    for event in (APPROVED, CORRECTED, RETURNED):
        telling.forget(event, key=str(step.pk))


def _to_authors(event: Event, reply: Reply, step: ReplyReview, title: str, text: str) -> None:
    words = Words(title % _place(reply), _of_message(reply), text)
    telling.tell(event, _authors(reply), words, key=str(step.pk), by=step.made_by)


def _authors(reply: Reply) -> Iterable[User]:
    wrote = ReplyRevision.objects.filter(reply=reply, kind=RevisionKind.EDIT).values("made_by")
    return User.objects.who_may(Permission.MODERATE, reply.message.organization).filter(pk__in=wrote)


def _of_message(reply: Reply) -> str:
    return reverse("moderation:message_detail", args=[reply.message_id])


def _of_reply(reply: Reply) -> str:
    return reverse("moderation:reply_detail", args=[reply.pk])


def _place(reply: Reply) -> dict[str, object]:
    return {"number": reply.message_id, "body": reply.message.organization.short_name}


_BY_MOVE: dict[ReplyMove, Callable[[Reply, ReplyReview], None]] = {
    ReplyMove.SUBMIT: submitted,
    ReplyMove.REOPEN: submitted,
    ReplyMove.APPROVE: approved,
    ReplyMove.CORRECT: corrected,
}
