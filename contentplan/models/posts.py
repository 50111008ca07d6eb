"""Planned posts, their path and every wording they had (procedure, cl. 2.3)."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contentplan.models.norms import PostFormat
from contentplan.models.plans import WeeklyPlan
from people.models import User
from people.roles import Permission
from registry.models import Account


class Status(models.TextChoices):
    """Where a planned post stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("awaiting approval")
    NEEDS_CHANGES = "needs_changes", _("returned")
    APPROVED = "approved", _("approved")


# The whole path of a post. Only actions._move follows these arrows.
TRANSITIONS: dict[Status, set[Status]] = {
    Status.DRAFT: {Status.SUBMITTED},
    Status.SUBMITTED: {Status.APPROVED, Status.NEEDS_CHANGES},
    Status.NEEDS_CHANGES: {Status.SUBMITTED},
    # An edit after approval needs approval again.
    Status.APPROVED: {Status.SUBMITTED},
}


class PostQuerySet(models.QuerySet["PlannedPost"]):
    """Phrases about planned posts."""

    def visible_to(self, user: User) -> "PostQuerySet":
        return self.filter(user.reach(Permission.VIEW, "plan__organization"))

    def decidable_by(self, user: User) -> "PostQuerySet":
        """Awaiting a decision this person may take: in reach, and not the person's own text."""
        own = Revision.objects.filter(post=OuterRef("pk"), made_by=user)
        return self.filter(
            user.reach(Permission.DECIDE_PLAN, "plan__organization"), ~Exists(own), status=Status.SUBMITTED
        ).exclude(created_by=user)

    def unsent(self) -> "PostQuerySet":
        """Waiting for their author: drafts, and posts sent back."""
        return self.filter(status__in=[Status.DRAFT, Status.NEEDS_CHANGES])

    def by_time(self) -> "PostQuerySet":
        """The order of the queue: what comes out first is decided first."""
        return self.order_by("planned_at", "pk")

    def for_cards(self) -> "PostQuerySet":
        """Everything a card shows, in a fixed number of queries."""
        return self.select_related("plan__organization", "format", "created_by").prefetch_related(
            "placements__account__network", "placements__publication"
        )


class PlannedPost(models.Model):
    """A post as it stands now; every earlier wording is a Revision."""

    plan = models.ForeignKey(WeeklyPlan, models.PROTECT, related_name="posts", verbose_name=_("plan"))
    planned_at = models.DateTimeField(_("when"))
    topic = models.CharField(_("topic"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    format = models.ForeignKey(PostFormat, models.PROTECT, related_name="+", verbose_name=_("format"))
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

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned post")
        verbose_name_plural = _("planned posts")
        ordering = ("planned_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="post_approved_in_its_present_revision",
                condition=(
                    ~Q(status=Status.APPROVED) | Q(approved_revision__isnull=False, approved_revision=F("revision"))
                ),
            ),
        ]
        indexes = [models.Index(fields=["status", "planned_at"], name="post_status_planned_at")]

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
    def last_return(self) -> "Review | None":
        """The step that returned the post last, with its remarks."""
        return self.reviews.filter(status=Status.NEEDS_CHANGES).order_by("pk").last()


class Revision(models.Model):
    """One wording of a post, numbered and never changed."""

    post = models.ForeignKey(PlannedPost, models.CASCADE, related_name="revisions", verbose_name=_("post"))
    number = models.PositiveIntegerField(_("number"))
    planned_at = models.DateTimeField(_("when"))
    topic = models.CharField(_("topic"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    format = models.ForeignKey(PostFormat, models.PROTECT, related_name="+", verbose_name=_("format"))
    occasion = models.CharField(_("news occasion"), max_length=200, blank=True)
    responsible_post = models.CharField(_("responsible post"), max_length=200, blank=True)
    about_work = models.BooleanField(_("about the work of the Administration"), default=True)
    # [{"account": 17, "name": "…", "text": "…"}]: words of their own, to outlive the account.
    placements = models.JSONField(_("accounts"), default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = pgettext_lazy("of a post", "revision")
        verbose_name_plural = pgettext_lazy("of a post", "revisions")
        ordering = ("post", "number")
        constraints = [models.UniqueConstraint(name="revision_number_once_per_post", fields=["post", "number"])]

    def __str__(self) -> str:
        return f"{self.topic}, {self.number}"


class Review(models.Model):
    """One step on the path of a post: to which state, of which revision, who, when, why. Only added to."""

    post = models.ForeignKey(PlannedPost, models.PROTECT, related_name="reviews", verbose_name=_("post"))
    status = models.CharField(_("moved to"), max_length=20, choices=Status)
    revision = models.PositiveIntegerField(_("revision"))
    comment = models.TextField(_("why"), blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("step of approval")
        verbose_name_plural = _("steps of approval")
        ordering = ("post", "pk")

    def __str__(self) -> str:
        return f"{self.post}: {self.get_status_display()}"


class Remark(models.Model):
    """What has to be changed, said when a post is returned (procedure, cl. 2.3)."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="remarks", verbose_name=_("step of approval"))
    body = models.TextField(_("remark"))

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.body


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
