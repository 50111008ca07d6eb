"""Planned posts, every wording they had, and where they come out (procedure, cl. 2.2 and 2.3)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contentplan.models.norms import PostFormat
from contentplan.models.occasions import Occasion, PackOffer
from contentplan.models.plans import WeeklyPlan
from contentplan.models.reference import Rubric, Stop
from contentplan.models.statuses import WITH_APPROVAL, MissReason, Move, Status
from contentplan.models.writing import Repetition
from people.models import User
from people.roles import Permission
from registry.models import Account
from review.models import AbstractRevision, Claimable, RevisionKind

if TYPE_CHECKING:
    from contentplan.models.reviews import Review


class PostQuerySet(models.QuerySet["PlannedPost"]):
    """Phrases about planned posts."""

    def visible_to(self, user: User) -> "PostQuerySet":
        return self.filter(user.reach(Permission.VIEW, "plan__organization"))

    def decidable_by(self, user: User) -> "PostQuerySet":
        """Awaiting a decision this person may take: in reach, and not the person's own text."""
        return self.not_written_by(user).filter(
            user.reach(Permission.DECIDE_PLAN, "plan__organization"), status=Status.SUBMITTED
        )

    def not_written_by(self, user: User) -> "PostQuerySet":
        """Four eyes: the person began none of them and wrote no wording; a reviewer's correction is no authorship."""
        own = Revision.objects.filter(post=OuterRef("pk"), made_by=user, kind=RevisionKind.EDIT)
        return self.filter(~Exists(own)).exclude(created_by=user)

    def unsent(self) -> "PostQuerySet":
        """Waiting for their author: drafts, and posts sent back."""
        return self.filter(status__in=[Status.DRAFT, Status.NEEDS_CHANGES])

    def may_still_come_out(self) -> "PostQuerySet":
        """Approved, and their time is ahead or passed no longer ago than after which a post counts as missed."""
        since = timezone.now() - timedelta(hours=settings.MISSED_AFTER_HOURS)
        return self.filter(Q(planned_at__gt=since) | Q(status_since__gt=since), status=Status.APPROVED)

    def by_time(self) -> "PostQuerySet":
        """The order of the queue: what comes out first is decided first."""
        return self.order_by("planned_at", "pk")

    def for_cards(self) -> "PostQuerySet":
        """Everything a card shows, in a fixed number of queries."""
        rows = self.select_related("plan__organization", "format", "rubric", "event", "created_by", "claimed_by")
        return rows.prefetch_related("placements__account__network", "placements__publication")

    def for_board(self) -> "PostQuerySet":
        """What the cards of one plan show, in two queries; who calls knows the plan and gives the accounts himself."""
        places = Placement.objects.select_related("publication").order_by("account__network__position", "account")
        rows = self.select_related("rubric")
        return rows.prefetch_related(Prefetch("placements", places))


class PlannedPost(Claimable):
    """A post as it stands now; every earlier wording is a Revision."""

    plan = models.ForeignKey(WeeklyPlan, models.PROTECT, related_name="posts", verbose_name=_("plan"))
    planned_at = models.DateTimeField(_("when"))
    topic = models.CharField(_("topic"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    format = models.ForeignKey(PostFormat, models.PROTECT, related_name="+", verbose_name=_("format"))
    rubric = models.ForeignKey(
        Rubric, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rubric")
    )
    occasion = models.CharField(_("news occasion"), max_length=200, blank=True)
    responsible_post = models.CharField(_("responsible post"), max_length=200, blank=True)
    # Only such publications count for the norm: procedure, cl. 5.
    about_work = models.BooleanField(_("about the work of the Administration"), default=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    approved_revision = models.PositiveIntegerField(_("approved revision"), null=True, blank=True, editable=False)
    status_since = models.DateTimeField(_("in this state since"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"), editable=False)
    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)

    # Where it comes from.
    event = models.ForeignKey(
        Occasion, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("occasion")
    )
    offer = models.OneToOneField(
        PackOffer, models.SET_NULL, null=True, blank=True, related_name="post", verbose_name=_("topic pack")
    )
    repetition = models.ForeignKey(
        Repetition, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("repeating post")
    )
    repeats_on = models.DateField(_("for which day of the repetition"), null=True, blank=True)

    # Sticks to the post until it is removed: "before the 15th agree with the emergency service".
    important_note = models.CharField(_("important note"), max_length=300, blank=True)
    # Came out without approval: somebody of the department has to look at it afterwards.
    needs_post_review = models.BooleanField(_("to be reviewed afterwards"), default=False, editable=False)
    missed_because = models.CharField(
        _("why it did not come out"), max_length=20, choices=MissReason, blank=True, editable=False
    )
    # The stop that holds it; it stays after the stop is lifted, until somebody has looked at the post.
    held_by = models.ForeignKey(
        Stop, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("stop"), editable=False
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned post")
        verbose_name_plural = _("planned posts")
        ordering = ("planned_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="post_approved_in_its_present_revision",
                condition=(
                    ~Q(status__in=WITH_APPROVAL) | Q(approved_revision__isnull=False, approved_revision=F("revision"))
                ),
            ),
            models.UniqueConstraint(name="post_once_per_repetition_day", fields=["repetition", "repeats_on"]),
        ]
        indexes = [
            models.Index(fields=["status", "planned_at"], name="post_status_planned_at"),
            models.Index(fields=["plan", "planned_at"], name="post_plan_planned_at"),
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.status == Status.SUBMITTED

    @property
    def is_returned(self) -> bool:
        return self.status == Status.NEEDS_CHANGES

    @property
    def is_approved(self) -> bool:
        return self.status == Status.APPROVED

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def is_missed(self) -> bool:
        return self.status == Status.MISSED

    @property
    def is_held(self) -> bool:
        return self.status == Status.ON_HOLD

    @property
    def is_cancelled(self) -> bool:
        return self.status == Status.CANCELLED

    @property
    def has_approval(self) -> bool:
        """An edit of the wording takes the approval away."""
        return self.status in WITH_APPROVAL

    @property
    def is_overdue(self) -> bool:
        """Its time has come, and nobody has decided yet."""
        return self.is_submitted and self.planned_at <= timezone.now()

    @property
    def last_return(self) -> "Review | None":
        """The step that returned the post last, with its remarks; one taken back at once is none."""
        return self.reviews.filter(move=Move.RETURN).standing().order_by("pk").last()


class Revision(AbstractRevision):
    """One wording of a post, numbered and never changed."""

    post = models.ForeignKey(PlannedPost, models.CASCADE, related_name="revisions", verbose_name=_("post"))
    planned_at = models.DateTimeField(_("when"))
    topic = models.CharField(_("topic"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    format = models.ForeignKey(PostFormat, models.PROTECT, related_name="+", verbose_name=_("format"))
    rubric = models.ForeignKey(
        Rubric, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rubric")
    )
    occasion = models.CharField(_("news occasion"), max_length=200, blank=True)
    responsible_post = models.CharField(_("responsible post"), max_length=200, blank=True)
    about_work = models.BooleanField(_("about the work of the Administration"), default=True)
    # [{"account": 17, "name": "…", "text": "…"}]: words of their own, to outlive the account.
    placements = models.JSONField(_("accounts"), default=list)
    # [{"media": 5, "name": "…", "alt": "…"}] in their order.
    media = models.JSONField(_("media"), default=list)

    class Meta:
        verbose_name = pgettext_lazy("of a post", "revision")
        verbose_name_plural = pgettext_lazy("of a post", "revisions")
        ordering = ("post", "number")
        constraints = [models.UniqueConstraint(name="revision_number_once_per_post", fields=["post", "number"])]

    def __str__(self) -> str:
        return f"{self.topic}, {self.number}"


class Placement(models.Model):
    """A post in one account, with words of its own where the network asks for them."""

    post = models.ForeignKey(PlannedPost, models.CASCADE, related_name="placements", verbose_name=_("post"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="placements", verbose_name=_("account"))
    text = models.TextField(_("text for this account"), blank=True)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ("post", "account__network__position", "account")
        constraints = [models.UniqueConstraint(name="placement_once_per_account", fields=["post", "account"])]

    def __str__(self) -> str:
        return f"{self.post} → {self.account}"
