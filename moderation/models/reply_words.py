"""What is said about a reply on its path: remarks, the author's answers to them and to corrections; who looks at it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.models.replies import Reply, ReplyReview
from review.models import (
    AbstractAcknowledgement,
    AbstractRemark,
    AbstractRemarkAnswer,
    AbstractViewing,
    ViewingQuerySet,
)


class ReplyRemark(AbstractRemark):
    """What has to be changed in a reply, said when it is returned."""

    review = models.ForeignKey(ReplyReview, models.PROTECT, related_name="remarks", verbose_name=_("step of approval"))

    class Meta:
        verbose_name = _("remark to a reply")
        verbose_name_plural = _("remarks to replies")
        ordering = ("pk",)


class ReplyRemarkAnswer(AbstractRemarkAnswer):
    """What the author of a reply says to a remark. Every remark has one before the reply is sent again."""

    remark = models.OneToOneField(ReplyRemark, models.PROTECT, related_name="answer", verbose_name=_("remark"))

    class Meta:
        verbose_name = _("answer to a remark to a reply")
        verbose_name_plural = _("answers to remarks to replies")


class ReplyAcknowledgement(AbstractAcknowledgement):
    """What the author of a reply says to a reviewer's correction."""

    review = models.OneToOneField(
        ReplyReview, models.PROTECT, related_name="acknowledgement", verbose_name=_("step of approval")
    )

    class Meta:
        verbose_name = _("answer to a correction of a reply")
        verbose_name_plural = _("answers to corrections of replies")
        constraints = [
            models.CheckConstraint(name="reply_objection_says_why", condition=Q(objects_to_it=False) | ~Q(comment="")),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {_('objects') if self.objects_to_it else _('understood')}"


class ReplyViewing(AbstractViewing):
    """Who has the reply open."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="viewings", verbose_name=_("reply"))

    objects = ViewingQuerySet["ReplyViewing"].as_manager()

    class Meta:
        verbose_name = _("look at a reply")
        verbose_name_plural = _("looks at replies")
        constraints = [models.UniqueConstraint(name="reply_viewing_once_per_person", fields=["reply", "user"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.reply}"
