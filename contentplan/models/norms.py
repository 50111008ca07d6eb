"""The norm of publications and the formats of posts (procedure, cl. 5 and 6)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from people.models import Organization, OrganizationKind
from registry.models import Account, LegalAct


class PostFormat(models.Model):
    """Formats of procedure, cl. 6: text, photo, infographics and so on. Reference data."""

    slug = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("post format")
        verbose_name_plural = _("post formats")
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name


class Norm(models.Model):
    """How many publications a week an account owes (procedure, cl. 5), from a day to a day.

    The narrowest norm in force wins: of the account, of the organization, of the kind, the general one.
    """

    posts_per_week = models.PositiveSmallIntegerField(_("publications a week"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to, inclusive"), null=True, blank=True)
    legal_act = models.ForeignKey(LegalAct, models.PROTECT, related_name="norms", verbose_name=_("legal act"))
    clause = models.CharField(_("clause"), max_length=60, blank=True)
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="norms", verbose_name=_("account")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="norms", verbose_name=_("organization")
    )
    kind = models.CharField(_("kind of organization"), max_length=40, choices=OrganizationKind, blank=True)

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        ordering = ("-starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="norm_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                name="norm_has_one_scope",
                condition=(
                    Q(account__isnull=True, organization__isnull=True)
                    | Q(account__isnull=True, kind="")
                    | Q(organization__isnull=True, kind="")
                ),
                violation_error_message=_("A norm is for one account, one organization or one kind, not for several."),
            ),
            models.UniqueConstraint(name="norm_one_per_account_and_day", fields=["account", "starts_on"]),
            models.UniqueConstraint(name="norm_one_per_organization_and_day", fields=["organization", "starts_on"]),
            models.UniqueConstraint(
                name="norm_one_per_kind_and_day",
                fields=["kind", "starts_on"],
                condition=Q(account__isnull=True, organization__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posts_per_week} {_('a week')}"

    @property
    def scope(self) -> tuple[str, object]:
        """For whom: ("account", id), ("organization", id), ("kind", code) or ("all", None)."""
        if self.account_id:
            return "account", self.account_id
        if self.organization_id:
            return "organization", self.organization_id
        return ("kind", self.kind) if self.kind else ("all", None)

    def whose(self) -> Organization | None:
        """The one organization it is for; None for a kind or for everybody."""
        return self.account.organization if self.account else self.organization

    def is_in_force(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def clean(self) -> None:
        """Two norms of one scope never hold on the same day: the earlier one is closed first."""
        if self.starts_on is None:
            return
        others = Norm.objects.exclude(pk=self.pk).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=self.starts_on),
            account=self.account_id,
            organization=self.organization_id,
            kind=self.kind,
        )
        if self.ends_on:
            others = others.filter(starts_on__lte=self.ends_on)
        if other := others.first():
            raise ValidationError(
                _("Another norm holds from %(day)s: give it a last day first."),
                params={"day": date_format(other.starts_on)},
            )
