"""Were the rules kept: the weekly check and its findings, with history (procedure, cl. 5; order, cl. 7)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from contentplan.models import Norm
from people.models import Organization, User
from people.roles import Permission
from people.weeks import Week
from registry.models import Account


class CircumstanceKind(models.TextChoices):
    """Why a week of an account is not judged like any other."""

    EXEMPT = "exempt", _("exempt from the norm")
    UNVERIFIABLE = "unverifiable", _("cannot be verified")


class CircumstanceQuerySet(models.QuerySet["Circumstance"]):
    """Phrases about circumstances."""

    def visible_to(self, user: User) -> "CircumstanceQuerySet":
        return self.filter(user.reach(Permission.VIEW))


class Circumstance(models.Model):
    """A reason, from a day to a day, why an organization or one account is exempt or cannot be verified."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="circumstances", verbose_name=_("organization")
    )
    account = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="circumstances",
        verbose_name=_("account"),
        help_text=_("Empty: all accounts of the organization."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=CircumstanceKind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to, inclusive"))
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"), editable=False)
    made_at = models.DateTimeField(_("at"), db_default=Now(), editable=False)

    objects = CircumstanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("circumstance")
        verbose_name_plural = _("circumstances")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="circumstance_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"


class WeekCheck(models.Model):
    """That a week was checked for the organizations of one zone. Exists once, whatever is restarted or doubled."""

    monday = models.DateField(_("week from"))
    timezone = models.CharField(_("time zone"), max_length=60)
    started_at = models.DateTimeField(_("first started"), db_default=Now())
    finished_at = models.DateTimeField(_("last finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("check of a week")
        verbose_name_plural = _("checks of weeks")
        ordering = ("-monday", "timezone")
        constraints = [
            models.UniqueConstraint(name="week_check_one_per_zone", fields=["monday", "timezone"]),
            models.CheckConstraint(name="week_check_starts_on_monday", condition=Q(monday__iso_week_day=1)),
        ]

    def __str__(self) -> str:
        return str(self.week)

    @property
    def week(self) -> Week:
        return Week(self.monday)


class Result(models.TextChoices):
    """What the check says of an account's week."""

    KEPT = "kept", pgettext_lazy("result", "kept")
    NOT_KEPT = "not_kept", pgettext_lazy("result", "not kept")
    EXEMPT = "exempt", pgettext_lazy("result", "exempt")
    NOT_VERIFIED = "not_verified", pgettext_lazy("result", "not verified")


# How a result looks: the tone of its badge.
TONES = {Result.KEPT: "good", Result.NOT_KEPT: "bad", Result.EXEMPT: "none", Result.NOT_VERIFIED: "wait"}


class FindingQuerySet(models.QuerySet["Finding"]):
    """Phrases about findings."""

    def visible_to(self, user: User) -> "FindingQuerySet":
        return self.filter(user.reach(Permission.VIEW))

    def for_listing(self) -> "FindingQuerySet":
        """Everything a line about an account needs, in one query, in the order of the bodies."""
        return self.select_related("account__network", "organization").order_by(
            "organization__path", "account__network__position", "account__name", "account"
        )


class FindingFacts(models.Model):
    """What a finding says; the finding and its history share these columns.

    Findings come by the hundred thousand out of one INSERT … SELECT over the very rows they point at. The database
    would look every pointer up again, row by row, and take longer for that than for the check itself, so these
    pointers have no constraint there; PROTECT holds in the models (docs/adr/0006-weekly-check-in-sql.md).
    """

    published = models.PositiveIntegerField(_("published and counting"))
    required = models.PositiveSmallIntegerField(_("norm"))
    result = models.CharField(_("result"), max_length=20, choices=Result)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    norm = models.ForeignKey(
        Norm,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("norm"),
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        abstract = True

    @property
    def tone(self) -> str:
        return TONES[Result(self.result)]

    @property
    def missing(self) -> int:
        """How many publications the account still owed when the week ended; none where it is not judged."""
        return self.required - self.published if self.result == Result.NOT_KEPT else 0


class Finding(FindingFacts):
    """One account's week as the check last found it."""

    monday = models.DateField(_("week from"))
    account = models.ForeignKey(
        Account,
        models.PROTECT,
        related_name="findings",
        verbose_name=_("account"),
        db_constraint=False,
        db_index=False,  # finding_one_per_account_week begins with it
    )
    # Copied: an account that moves to another body leaves its past weeks where they were.
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="findings",
        verbose_name=_("organization"),
        db_constraint=False,
        db_index=False,  # finding_week_organization serves the pages
    )
    found_at = models.DateTimeField(_("found"), db_default=Now())

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("-monday", "organization", "account")
        constraints = [
            models.UniqueConstraint(name="finding_one_per_account_week", fields=["account", "monday"]),
            models.CheckConstraint(
                name="finding_not_judged_has_a_reason",
                condition=~Q(result__in=[Result.EXEMPT, Result.NOT_VERIFIED]) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["monday", "organization"], name="finding_week_organization")]

    def __str__(self) -> str:
        return f"{self.account}, {self.week}: {self.get_result_display()}"

    @property
    def week(self) -> Week:
        return Week(self.monday)

    # What the norm meter asks (templates/ui/meter.html), of a week that is over.

    @property
    def pips(self) -> list[str]:
        """What came out and what is missing."""
        out = min(self.published, self.required)
        return ["out"] * out + ["none"] * (self.required - out)

    @property
    def label(self) -> str:
        if not self.required:
            return str(self.published)
        return _of(self.published, self.required)

    @property
    def text(self) -> str:
        """«ВКонтакте: вышло 3 из 5»."""
        return f"{self.account.network or self.account.name}: {_out(self.label)}"


def _of(published: int, required: int) -> str:
    return str(gettext("%(done)s of %(required)d") % {"done": published, "required": required})


def _out(label: str) -> str:
    return str(gettext("%(n)s came out") % {"n": label})


class FindingChange(FindingFacts):
    """What a finding said before a later check found otherwise. Only added to."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="changes", verbose_name=_("finding"))
    found_at = models.DateTimeField(_("found"))
    replaced_at = models.DateTimeField(_("replaced"), db_default=Now())

    class Meta:
        verbose_name = _("earlier finding")
        verbose_name_plural = _("earlier findings")
        ordering = ("finding", "-replaced_at")

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.get_result_display()}"
