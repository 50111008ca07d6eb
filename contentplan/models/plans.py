"""A week's plan of one organization (procedure, cl. 2.2)."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contentplan.models.norms import Norm
from people.models import Organization, User
from people.roles import Permission
from people.weeks import Week
from registry.models import Account


class PlanQuerySet(models.QuerySet["WeeklyPlan"]):
    """Phrases about plans."""

    def visible_to(self, user: User) -> "PlanQuerySet":
        return self.filter(user.reach(Permission.VIEW))


class WeeklyPlan(models.Model):
    """What an organization means to publish in one ISO week. Its state is derived from its posts."""

    REASON_LENGTH = 500

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="plans", verbose_name=_("organization"))
    monday = models.DateField(_("week from"))
    # When the plan was first handed in whole: no draft left and the norm met, or the reason given.
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    handed_in_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handed in by")
    )
    shortfall_reason = models.CharField(
        _("why fewer than the norm"),
        max_length=REASON_LENGTH,
        blank=True,
        help_text=_("Asked when fewer posts are handed in."),
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("weekly plan")
        verbose_name_plural = _("weekly plans")
        ordering = ("-monday", "organization")
        constraints = [
            models.UniqueConstraint(name="plan_one_per_organization_week", fields=["organization", "monday"]),
            models.CheckConstraint(name="plan_week_starts_on_monday", condition=Q(monday__iso_week_day=1)),
            models.CheckConstraint(
                name="plan_handed_in_at_and_by_together",
                condition=(
                    Q(handed_in_at__isnull=True, handed_in_by__isnull=True)
                    | Q(handed_in_at__isnull=False, handed_in_by__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.week.title}"

    @property
    def week(self) -> Week:
        return Week(self.monday)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """[Monday 00:00, next Monday 00:00) in the organization's zone."""
        return self.week.bounds(self.organization.zone)

    @property
    def is_over(self) -> bool:
        """The week has ended for the people who live there."""
        return timezone.now() >= self.bounds[1]


class PlanNorm(models.Model):
    """The norm an account had when the plan was made: a later change does not rewrite history."""

    plan = models.ForeignKey(WeeklyPlan, models.CASCADE, related_name="norms", verbose_name=_("plan"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("account"))
    posts_per_week = models.PositiveSmallIntegerField(_("publications a week"))
    norm = models.ForeignKey(Norm, models.PROTECT, related_name="+", verbose_name=_("norm"))

    class Meta:
        verbose_name = _("norm of a plan")
        verbose_name_plural = _("norms of a plan")
        constraints = [models.UniqueConstraint(name="plan_norm_one_per_account", fields=["plan", "account"])]

    def __str__(self) -> str:
        return f"{self.account}: {self.posts_per_week}"
