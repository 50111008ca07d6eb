"""Abstract rows of a review: the thing in work with somebody, its wordings, the steps of its path, remarks, looks."""

from datetime import timedelta
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.roles import Role

M = TypeVar("M", bound=models.Model)

# A reviewer who claimed a text and left it alone for so long has it no more.
CLAIM_LASTS = timedelta(minutes=30)
# How long a page that was open a moment ago counts as being looked at.
PRESENT_FOR = timedelta(seconds=40)
# How both rooms write the move by which a reviewer takes a decision back.
UNDO = "undo"


class Claimable(models.Model):
    """A text that a reviewer takes in work by name; idle for CLAIM_LASTS, the claim is over."""

    claimed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("in work with"), editable=False
    )
    claimed_at = models.DateTimeField(_("last sign of work"), null=True, blank=True, editable=False)
    claimed_since = models.DateTimeField(_("in work since"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def claimant(self) -> User | None:
        """Who has it in work now."""
        if self.claimed_at is None or timezone.now() - self.claimed_at >= CLAIM_LASTS:
            return None
        return self.claimed_by


class RevisionKind(models.TextChoices):
    """Whose hand a wording is from."""

    EDIT = "edit", _("author's wording")
    # A reviewer's correction does not make the reviewer an author: four eyes have seen it.
    CORRECTION = "correction", _("reviewer's correction")


class AbstractRevision(models.Model):
    """One wording, numbered and never changed: by whom, in what role, when."""

    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=RevisionKind, default=RevisionKind.EDIT)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    # In what role, as it was then.
    made_as = models.CharField(_("as"), max_length=20, choices=Role, blank=True)
    made_at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        abstract = True


class StepQuerySet(models.QuerySet[M]):
    """Phrases about steps; `subject` names the foreign key to what is reviewed."""

    subject: ClassVar[str]

    def standing(self) -> Self:
        """Without decisions that their reviewer took back at once."""
        same = {self.subject: OuterRef(self.subject), "pk__gt": OuterRef("pk")}
        after = self.model._default_manager.filter(**same).order_by("pk")
        rows = self.annotate(next_move=Subquery(after.values("move")[:1]))
        return rows.filter(Q(next_move__isnull=True) | ~Q(next_move=UNDO))


class AbstractReview(models.Model):
    """One step on the path: of which revision, who, when, why. Only added to; `move` and `status` are of the room."""

    revision = models.PositiveIntegerField(_("revision"))
    comment = models.TextField(_("why"), blank=True)
    # Nobody: the portal itself, by the clock or by a stop.
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    made_as = models.CharField(_("as"), max_length=20, choices=Role, blank=True)
    made_at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        abstract = True


class AbstractRemark(models.Model):
    """What has to be changed, anchored by the words it quotes: when they are gone, it speaks of the whole text."""

    quote = models.CharField(_("quoted words"), max_length=500, blank=True)
    body = models.TextField(_("remark"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.body


class AbstractRemarkAnswer(models.Model):
    """What the author says to a remark: done, or why not; the room adds `remark`. May change until the text is sent."""

    # Empty: done as asked.
    body = models.CharField(_("author's answer"), max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.body or str(_("done"))


class AbstractAcknowledgement(models.Model):
    """What the author says to a correction: understood, or an objection; the room adds `review`."""

    objects_to_it = models.BooleanField(_("objects"), default=False)
    comment = models.CharField(_("what is wrong with the correction"), max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        abstract = True


class ViewingQuerySet(models.QuerySet[M]):
    """Phrases about who looks at what."""

    def present(self) -> Self:
        """Looking now."""
        return self.filter(seen_at__gte=timezone.now() - PRESENT_FOR)


class AbstractViewing(models.Model):
    """Who looked last when, at which revision, and whether with the form open: presence and "was read"."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    revision = models.PositiveIntegerField(_("revision"))
    is_editing = models.BooleanField(_("has the form open"), default=False)
    seen_at = models.DateTimeField(_("looked at"), default=timezone.now)

    class Meta:
        abstract = True
