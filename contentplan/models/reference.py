"""Reference data of planning: rubrics, limits of the networks, habitual times, what a body may, who keeps a stop."""

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from people.roles import Permission
from registry.models import Account, SocialNetwork
from review.lengths import CountedIn


class Rubric(models.Model):
    """A standing heading under which posts come out ("Спрашивали — отвечаем"). Reference data."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_active = models.BooleanField(_("is offered"), default=True)

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name


class TextLimit(models.Model):
    """How long a text may be in a network, with media and without. Reference data; NULL: no limit is known."""

    network = models.OneToOneField(
        SocialNetwork, models.CASCADE, related_name="text_limit", verbose_name=_("social network")
    )
    text = models.PositiveIntegerField(_("text alone"), null=True, blank=True)
    with_media = models.PositiveIntegerField(_("text with media"), null=True, blank=True)
    counted_in = models.CharField(_("counted in"), max_length=12, choices=CountedIn, default=CountedIn.CHARACTERS)
    most_media = models.PositiveSmallIntegerField(_("most files in a post"), null=True, blank=True)
    # Only how the preview looks: nothing is refused for it.
    folded_after = models.PositiveIntegerField(
        _("folded behind “show more” after so many characters"), null=True, blank=True
    )
    source = models.CharField(_("where it is from"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("limit of a network")
        verbose_name_plural = _("limits of networks")
        ordering = ("network__position",)

    def __str__(self) -> str:
        return str(self.network)


class Slot(models.Model):
    """A habitual time of an account: where the week board offers "+"."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="slots", verbose_name=_("account"))
    weekday = models.PositiveSmallIntegerField(
        _("weekday, 1 is Monday"), validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    at = models.TimeField(_("time"), default=time(10, 0))
    rubric = models.ForeignKey(
        Rubric, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("rubric")
    )

    class Meta:
        verbose_name = _("habitual time")
        verbose_name_plural = _("habitual times")
        ordering = ("weekday", "at", "account")
        constraints = [
            models.UniqueConstraint(name="slot_once_per_account", fields=["account", "weekday", "at"]),
            models.CheckConstraint(name="slot_weekday_of_seven", condition=Q(weekday__gte=1, weekday__lte=7)),
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.weekday}, {self.at:%H:%M}"


class PlanRules(models.Model):
    """What one body may do in its plans, set by the department."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="plan_rules", verbose_name=_("organization")
    )
    may_publish_urgently = models.BooleanField(
        _("may publish urgently without approval"),
        default=False,
        help_text=_("The department looks at such posts afterwards."),
    )

    class Meta:
        verbose_name = _("rules of planning")
        verbose_name_plural = _("rules of planning")

    def __str__(self) -> str:
        return str(self.organization)


class StopKind(models.TextChoices):
    """Why publishing is stopped."""

    MOURNING = "mourning", _("mourning")
    EMERGENCY = "emergency", _("emergency")
    OTHER = "other", _("another reason")


class StopQuerySet(models.QuerySet["Stop"]):
    """Phrases about stops."""

    def visible_to(self, user: User) -> "StopQuerySet":
        """Those of the bodies the person sees, and those that hold a body of the person from above."""
        above = {path for row in user.current_memberships for path in row.organization.path_up}
        return self.filter(user.reach(Permission.VIEW) | Q(organization__path__in=above))

    def in_force(self) -> "StopQuerySet":
        return self.filter(lifted_at__isnull=True)


class Stop(models.Model):
    """Publishing is stopped in a body and everything below it: one action holds every approved post."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="stops", verbose_name=_("organization"))
    kind = models.CharField(_("kind"), max_length=12, choices=StopKind)
    reason = models.CharField(_("reason"), max_length=300)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("stopped by"))
    started_at = models.DateTimeField(_("stopped"))
    lifted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    objects = StopQuerySet.as_manager()

    class Meta:
        verbose_name = _("stop of publishing")
        verbose_name_plural = _("stops of publishing")
        ordering = ("-started_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                name="stop_one_in_force_per_organization",
                fields=["organization"],
                condition=Q(lifted_at__isnull=True),
            ),
            models.CheckConstraint(
                name="stop_lifted_by_and_at_together",
                condition=(
                    Q(lifted_at__isnull=True, lifted_by__isnull=True)
                    | Q(lifted_at__isnull=False, lifted_by__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.reason}"
