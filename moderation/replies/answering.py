"""What the author of a reply says to its reviewer: to each remark, and to a correction (procedure, cl. 2.3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from moderation import rules
from moderation.models import (
    Reply,
    ReplyAcknowledgement,
    ReplyMove,
    ReplyRemarkAnswer,
    ReplyReview,
    ReplyRevision,
    ReplyStatus,
)
from moderation.replies import notices
from people.http import TooLate
from people.models import User
from people.roles import Permission
from review import answers
from review.models import RevisionKind

LISTED = 20


@transaction.atomic
def answer_remarks(reply: Reply, given: Mapping[int, str], *, by: User) -> None:
    """Answers remarks of the last return by their ids; "" says that it was done as asked, words say why not.

    Raises TooLate when the reply was not returned, ValidationError when an answer is too long.
    """
    if not rules.can_write_reply(by, reply.message):
        raise PermissionDenied
    current = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    last = current.last_return
    if not current.is_returned or last is None:
        raise TooLate(_("The reply no longer waits for answers to remarks."))
    answers.keep(last.remarks, given, ReplyRemarkAnswer, by=by)


@transaction.atomic
def acknowledge(step: ReplyReview, *, by: User, objection: str = "") -> ReplyAcknowledgement:
    """What the author says to a correction: understood, or (with words) an objection, which goes to the reviewer.

    Raises TooLate when somebody has answered already.
    """
    if step.move != ReplyMove.CORRECT or not rules.can_acknowledge_reply(by, step.reply):
        raise PermissionDenied
    answer, made = answers.acknowledge(step, ReplyAcknowledgement, by=by, objection=objection)
    if made and answer.objects_to_it:
        notices.objected(step.reply, answer)
    return answer


@dataclass(frozen=True)
class Corrections:
    """What waits for one person's word."""

    to_answer: list[ReplyReview]  # corrected replies of their own
    objections: list[ReplyReview]  # objections to corrections of the department

    @property
    def any(self) -> bool:
        return bool(self.to_answer or self.objections)


def waiting_for(user: User) -> Corrections:
    """For the person's "Today", while the reply is not out yet; one query."""
    own = ReplyRevision.objects.filter(reply=OuterRef("reply"), made_by=user, kind=RevisionKind.EDIT)
    writes = user.reach(Permission.MODERATE, "reply__message__organization") & (
        Q(Exists(own)) | Q(reply__created_by=user)
    )
    decides = user.reach(Permission.DECIDE_REPLY, "reply__message__organization")
    unanswered, objected = Q(acknowledgement=None), Q(acknowledgement__objects_to_it=True)
    rows = ReplyReview.objects.corrections().filter(reply__status=ReplyStatus.APPROVED)
    rows = rows.filter(writes & unanswered | decides & objected)
    rows = rows.select_related("reply__message__organization", "made_by", "acknowledgement__made_by")
    found = list(rows.order_by("reply__message__due_at", "pk")[:LISTED])
    return Corrections(
        to_answer=[row for row in found if not hasattr(row, "acknowledgement")],
        objections=[row for row in found if hasattr(row, "acknowledgement")],
    )
