"""Every step of the path of a post, what reviewers said and what authors answered (procedure, cl. 2.3)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contentplan.models.posts import PlannedPost
from contentplan.models.reference import Stop
from contentplan.models.statuses import APPROVALS, Move, Status
from review.models import (
    AbstractAcknowledgement,
    AbstractRemark,
    AbstractRemarkAnswer,
    AbstractReview,
    AbstractViewing,
    StepQuerySet,
    ViewingQuerySet,
)


class ReviewQuerySet(StepQuerySet["Review"]):
    """Phrases about steps."""

    subject = "post"

    def approvals(self) -> "ReviewQuerySet":
        """Decisions by which a reviewer approved a wording: the last of a post says who and when.

        A later step that brings an approval back (a hold lifted, a link or a move taken back) is nobody's approval.
        """
        return self.filter(move__in=APPROVALS).standing()

    def corrections(self) -> "ReviewQuerySet":
        """Corrections whose wording is still that of the post: one taken back, or edited since, has a newer one."""
        return self.filter(move=Move.CORRECT, revision=F("post__revision"))


class Review(AbstractReview):
    """One step on the path of a post: which move, to which state, of which revision, who, when, why. Only added to.

    `comment`: the author's note to the reviewer, the reason of a hold, a cancellation or an urgent post.
    """

    post = models.ForeignKey(PlannedPost, models.PROTECT, related_name="reviews", verbose_name=_("post"))
    move = models.CharField(_("move"), max_length=20, choices=Move)
    status = models.CharField(_("moved to"), max_length=20, choices=Status)
    # Which stop of publishing made this hold.
    stop = models.ForeignKey(Stop, models.PROTECT, null=True, blank=True, related_name="holds", verbose_name=_("stop"))

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of approval")
        verbose_name_plural = _("steps of approval")
        ordering = ("post", "pk")

    def __str__(self) -> str:
        return f"{self.post}: {self.get_move_display()}"


class RemarkField(models.TextChoices):
    """What a remark is about."""

    WHOLE = "", _("the post as a whole")
    PLANNED_AT = "planned_at", _("time")
    TOPIC = "topic", _("topic")
    TEXT = "text", _("text")
    MEDIA = "media", _("pictures and files")
    PLACEMENTS = "placements", _("accounts")
    OCCASION = "occasion", _("news occasion")


class RemarkPhrase(models.Model):
    """A remark worth keeping: one tap for the reviewer, a point of the author's own checklist (reference data)."""

    text = models.CharField(_("remark"), max_length=300, unique=True)
    field = models.CharField(_("about"), max_length=12, choices=RemarkField, blank=True, default=RemarkField.WHOLE)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_active = models.BooleanField(_("is offered"), default=True)

    class Meta:
        verbose_name = _("remark of the library")
        verbose_name_plural = _("library of remarks")
        ordering = ("position", "text")

    def __str__(self) -> str:
        return self.text


class Remark(AbstractRemark):
    """What has to be changed, said when a post is returned (procedure, cl. 2.3).

    It is anchored by the words it quotes: when they are gone from the text, it speaks of the text as a whole.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="remarks", verbose_name=_("step of approval"))
    field = models.CharField(_("about"), max_length=12, choices=RemarkField, blank=True, default=RemarkField.WHOLE)
    phrase = models.ForeignKey(
        RemarkPhrase, models.PROTECT, null=True, blank=True, related_name="remarks", verbose_name=_("from the library")
    )

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("pk",)


class RemarkAnswer(AbstractRemarkAnswer):
    """What the author says to a remark: done, or why not. Every remark has one before the post is sent again."""

    remark = models.OneToOneField(Remark, models.PROTECT, related_name="answer", verbose_name=_("remark"))

    class Meta:
        verbose_name = _("answer to a remark")
        verbose_name_plural = _("answers to remarks")


class Acknowledgement(AbstractAcknowledgement):
    """What the author says to a correction: understood, or an objection."""

    review = models.OneToOneField(
        Review, models.PROTECT, related_name="acknowledgement", verbose_name=_("step of approval")
    )

    class Meta:
        verbose_name = _("answer to a correction")
        verbose_name_plural = _("answers to corrections")
        constraints = [
            models.CheckConstraint(name="objection_says_why", condition=Q(objects_to_it=False) | ~Q(comment="")),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {_('objects') if self.objects_to_it else _('understood')}"


class Viewing(AbstractViewing):
    """Who looked at a post last when, at which revision, and whether with the form open: presence and "was read"."""

    post = models.ForeignKey(PlannedPost, models.CASCADE, related_name="viewings", verbose_name=_("post"))

    objects = ViewingQuerySet["Viewing"].as_manager()

    class Meta:
        verbose_name = _("look at a post")
        verbose_name_plural = _("looks at posts")
        constraints = [models.UniqueConstraint(name="viewing_once_per_post_and_person", fields=["post", "user"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.post}"
