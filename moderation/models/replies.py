"""Replies to citizens: every wording, every step of the approval, remarks, looks (procedure, cl. 2.3)."""

from datetime import datetime
from functools import cached_property

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moderation.models.message_path import OPEN_STATES, State
from moderation.models.messages import Message, MessageQuerySet
from people.models import User
from people.roles import Permission
from review.door import Arrow, arrow
from review.models import (
    AbstractReview,
    AbstractRevision,
    Claimable,
    RevisionKind,
    StepQuerySet,
)


class ReplyStatus(models.TextChoices):
    """Where a reply stands. Before it there is only the message: new, given to a person, paused, closed."""

    DRAFT = "draft", pgettext_lazy("reply", "draft")
    SUBMITTED = "submitted", pgettext_lazy("reply", "awaiting approval")
    RETURNED = "returned", pgettext_lazy("reply", "returned")
    APPROVED = "approved", pgettext_lazy("reply", "approved")
    SENT = "sent", pgettext_lazy("reply", "sent")


class ReplyMove(models.TextChoices):
    """What can be done to a reply; the label says what was done."""

    SUBMIT = "submit", _("Sent for approval")
    WITHDRAW = "withdraw", _("Withdrew it")
    APPROVE = "approve", _("Approved it")
    CORRECT = "correct", _("Corrected and approved it")
    RETURN = "return", _("Returned with remarks")
    UNDO = "undo", _("Took the decision back")
    REOPEN = "reopen", _("Changed it: it awaits approval again")
    SEND = "send", pgettext_lazy("reply", "Put it out")


_S, _M = ReplyStatus, ReplyMove
_write, _decide = Permission.MODERATE, Permission.DECIDE_REPLY

# The whole path of a reply; only `replies.path` follows it.
TRANSITIONS: dict[ReplyMove, Arrow[ReplyStatus]] = {
    _M.SUBMIT: arrow({_S.DRAFT, _S.RETURNED}, _S.SUBMITTED, _write),
    # Only while no reviewer has claimed it.
    _M.WITHDRAW: arrow({_S.SUBMITTED}, _S.DRAFT, _write),
    _M.APPROVE: arrow({_S.SUBMITTED}, _S.APPROVED, _decide, other_eyes=True),
    _M.CORRECT: arrow({_S.SUBMITTED}, _S.APPROVED, _decide, other_eyes=True),
    _M.RETURN: arrow({_S.SUBMITTED}, _S.RETURNED, _decide, other_eyes=True),
    # By the same reviewer, within seconds.
    _M.UNDO: arrow({_S.APPROVED, _S.RETURNED}, _S.SUBMITTED, _decide, other_eyes=True),
    # By itself, when an approved wording changes.
    _M.REOPEN: arrow({_S.APPROVED}, _S.SUBMITTED, _write),
    _M.SEND: arrow({_S.APPROVED}, _S.SENT, _write),
}

# What a reviewer decides about a submitted reply.
DECISIONS = (ReplyMove.APPROVE, ReplyMove.CORRECT, ReplyMove.RETURN)
# Somebody still writes it.
UNSENT = (ReplyStatus.DRAFT, ReplyStatus.RETURNED)
TONES = {_S.SUBMITTED: "wait", _S.RETURNED: "bad", _S.APPROVED: "good", _S.SENT: "good"}


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Phrases about replies."""

    def visible_to(self, user: User) -> "ReplyQuerySet":
        """Like the message itself: for those who moderate the body, and for nobody else."""
        return self.filter(user.reach(Permission.MODERATE, "message__organization"))

    def unfinished(self) -> "ReplyQuerySet":
        return self.exclude(status=ReplyStatus.SENT)

    def decidable_by(self, user: User) -> "ReplyQuerySet":
        """Awaiting a decision this person may take, on a message that still waits: never the person's own text."""
        own = ReplyRevision.objects.filter(reply=OuterRef("pk"), made_by=user, kind=RevisionKind.EDIT)
        rows = self.filter(user.reach(Permission.DECIDE_REPLY, "message__organization"), status=ReplyStatus.SUBMITTED)
        return rows.filter(~Exists(own), message__state__in=OPEN_STATES).exclude(created_by=user)

    def with_newer(self) -> "ReplyQuerySet":
        """Each knows as `has_newer` whether something came into its conversation or case since it was last read."""
        return self.annotate(has_newer=_has_newer())

    def stale(self) -> "ReplyQuerySet":
        return self.unfinished().filter(_has_newer())

    def by_term(self) -> "ReplyQuerySet":
        """What must come out first is decided first."""
        return self.order_by(F("message__due_at").asc(nulls_last=True), "pk")

    def for_listing(self) -> "ReplyQuerySet":
        """Everything a line of the queue and the page of a reply need, in one query."""
        message = ("organization", "account__network", "account__organization", "assigned_to", "case")
        people = ("created_by", "submitted_by", "approved_by", "sent_by", "claimed_by")
        return self.select_related(*(f"message__{name}" for name in message), *people)


def _has_newer() -> Q:
    of = "message__"  # `newer_in_thread` of each row, told to the database
    later = Message.objects.filter(came__gt=OuterRef("thread_seen"), organization=OuterRef(f"{of}organization"))
    later = later.exclude(pk=OuterRef("message"))
    thread = later.filter(account=OuterRef(f"{of}account"), post=OuterRef(f"{of}post")).exclude(thread="")
    thread = thread.filter(thread=OuterRef(f"{of}thread"), received_at__gte=OuterRef(f"{of}received_at"))
    same = {"case": OuterRef(f"{of}case"), "organization": OuterRef(f"{of}organization")}
    rest = Q(Exists(Message.objects.filter(**same).exclude(pk=OuterRef("message"))), message__came__gt=F("thread_seen"))
    return Q(Exists(thread)) | Q(Exists(later.filter(**same))) | rest


class Reply(Claimable):
    """The text of one reply as it stands now; earlier wordings are `ReplyRevision`. One at a time to a message."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="replies", verbose_name=_("message"))
    text = models.TextField(_("text of the reply"), blank=True)
    is_interim = models.BooleanField(
        _("interim: the final reply will follow"),
        default=False,
        help_text=_("Says that the matter is being looked into. The final reply has a term of its own."),
    )
    status = models.CharField(_("state"), max_length=10, choices=ReplyStatus, default=ReplyStatus.DRAFT)
    status_since = models.DateTimeField(_("in this state since"), db_default=Now())
    revision = models.PositiveIntegerField(_("revision"), default=1)
    approved_revision = models.PositiveIntegerField(_("approved revision"), null=True, blank=True)
    # `Message.came` of the last one its author has read: what came after it makes the text stale.
    thread_seen = models.PositiveBigIntegerField(_("newest message read"), default=0)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("begun by"))
    created_at = models.DateTimeField(_("begun"), db_default=Now())
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent for approval by")
    )
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("put out by")
    )
    sent_at = models.DateTimeField(_("put out"), null=True, blank=True)
    # The term as it was then: whether the reply came in time stays true whatever the message's term becomes.
    due_at = models.DateTimeField(_("was due"), null=True, blank=True)
    link = models.URLField(_("link to the reply"), max_length=400, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                name="reply_one_unsent_per_message", fields=["message"], condition=~Q(status=ReplyStatus.SENT)
            ),
            models.CheckConstraint(
                name="reply_approver_is_not_its_author",
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("created_by")) & Q(submitted_by__isnull=False) & ~Q(approved_by=F("submitted_by"))),
            ),
            models.CheckConstraint(
                name="reply_approved_in_this_wording",
                condition=~Q(status__in=[ReplyStatus.APPROVED, ReplyStatus.SENT])
                | Q(approved_by__isnull=False, approved_revision=F("revision")),
            ),
            models.CheckConstraint(
                name="reply_sent_by_and_at_together",
                condition=Q(status=ReplyStatus.SENT, sent_at__isnull=False, sent_by__isnull=False)
                | (~Q(status=ReplyStatus.SENT) & Q(sent_at__isnull=True, sent_by__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["status", "message"], name="reply_status_message")]

    def __str__(self) -> str:
        return str(_("Reply to message No. %(number)s") % {"number": self.message_id})

    @property
    def tone(self) -> str:
        return TONES.get(ReplyStatus(self.status), "info")

    @property
    def is_editable(self) -> bool:
        """Still written; an approved one may be changed too, and awaits approval again then."""
        return self.status in (*UNSENT, ReplyStatus.APPROVED)

    @property
    def is_unsent(self) -> bool:
        """Waits for its author: begun, or returned."""
        return self.status in UNSENT

    @property
    def is_submitted(self) -> bool:
        return self.status == ReplyStatus.SUBMITTED

    @property
    def is_returned(self) -> bool:
        return self.status == ReplyStatus.RETURNED

    @property
    def is_approved(self) -> bool:
        return self.status == ReplyStatus.APPROVED

    @property
    def is_sent(self) -> bool:
        return self.status == ReplyStatus.SENT

    @property
    def was_late(self) -> bool:
        return bool(self.sent_at and self.due_at and self.sent_at > self.due_at)

    @cached_property
    def newer(self) -> list[Message]:
        """What came into the conversation after it was last read: the text may answer something else by now."""
        return list(newer_in_thread(self.message, self.thread_seen)[:3])

    @property
    def last_return(self) -> "ReplyReview | None":
        """The return whose remarks are to be answered; None when the last decision was another one."""
        last = self.reviews.standing().filter(move__in=DECISIONS).order_by("pk").last()
        return last if last and last.move == ReplyMove.RETURN else None

    @property
    def is_stale(self) -> bool:
        return not self.is_sent and bool(self.newer)

    def is_overdue(self, now: datetime | None = None) -> bool:
        return not self.is_sent and self.message.is_overdue(now or timezone.now())


def newer_in_thread(message: Message, seen: int) -> MessageQuerySet:
    """What came after `seen`: later words of the conversation; everything that joined the case, however old.

    A case is answered whole: where the message itself joined, the rest of the case is unread.
    """
    rows = Message.objects.with_thread_and_case(message).exclude(pk=message.pk).order_by("came", "pk")
    in_case = Q(case__isnull=False, case=message.case_id)
    missed = Q(came__gt=seen) & (Q(received_at__gte=message.received_at) | in_case)
    return rows.filter(missed | in_case if message.came > seen else missed)


def newest_in_thread(message: Message) -> int:
    """`came` of what came last into the conversation or the case: who has seen that has seen everything."""
    rows = Message.objects.with_thread_and_case(message).values_list("came", flat=True)
    return rows.order_by("-came").first() or message.came


def is_awaited(message: Message) -> bool:
    """Somebody still waits for a reply: neither answered nor closed."""
    return State(message.state) in OPEN_STATES


class ReplyRevision(AbstractRevision):
    """One wording of a reply; of what one person types in one go only the last is kept, so numbers have gaps."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="revisions", verbose_name=_("reply"))
    text = models.TextField(_("text of the reply"), blank=True)
    is_interim = models.BooleanField(_("interim"), default=False)

    class Meta:
        verbose_name = pgettext_lazy("of a reply", "wording")
        verbose_name_plural = pgettext_lazy("of a reply", "wordings")
        ordering = ("reply", "number")
        constraints = [models.UniqueConstraint(name="reply_revision_number_once", fields=["reply", "number"])]

    def __str__(self) -> str:
        return f"{self.reply}, {self.number}"


class ReplyReviewQuerySet(StepQuerySet["ReplyReview"]):
    """Phrases about steps."""

    subject = "reply"

    def corrections(self) -> "ReplyReviewQuerySet":
        """Corrections whose wording is still that of the reply."""
        return self.filter(move=ReplyMove.CORRECT, revision=F("reply__revision"))


class ReplyReview(AbstractReview):
    """One step on the path of a reply. Only added to. `comment`: the author's note to the reviewer."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="reviews", verbose_name=_("reply"))
    move = models.CharField(_("move"), max_length=10, choices=ReplyMove)
    status = models.CharField(_("moved to"), max_length=10, choices=ReplyStatus)

    objects = ReplyReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a reply")
        verbose_name_plural = _("steps of replies")
        ordering = ("reply", "pk")

    def __str__(self) -> str:
        return f"{self.reply}: {self.get_move_display()}"
