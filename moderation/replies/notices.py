"""Who is told what about a reply: its authors, and whoever approves. Texts of citizens are in no notice."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from moderation.models import Reply, ReplyMove, ReplyReview, ReplyRevision
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
    text = _("See what was changed, put it out and paste the link.")
    _to_authors(CORRECTED, reply, step, _("The reply to message No. %(number)s is corrected and approved"), text)


def taken_back(step: ReplyReview) -> None:
    """The decision was undone a moment later: nobody is told of it."""
    for event in (APPROVED, CORRECTED, RETURNED):
        telling.forget(event, key=str(step.pk))


def _to_authors(event: Event, reply: Reply, step: ReplyReview, title: str, text: str) -> None:
    wrote = ReplyRevision.objects.filter(reply=reply, kind=RevisionKind.EDIT).values("made_by")
    people = User.objects.who_may(Permission.MODERATE, reply.message.organization).filter(pk__in=wrote)
    words = Words(title % _place(reply), reverse("moderation:message_detail", args=[reply.message_id]), text)
    telling.tell(event, people, words, key=str(step.pk), by=step.made_by)


def _place(reply: Reply) -> dict[str, object]:
    return {"number": reply.message_id, "body": reply.message.organization.short_name}


_BY_MOVE: dict[ReplyMove, Callable[[Reply, ReplyReview], None]] = {
    ReplyMove.SUBMIT: submitted,
    ReplyMove.REOPEN: submitted,
    ReplyMove.APPROVE: approved,
    ReplyMove.CORRECT: corrected,
}
