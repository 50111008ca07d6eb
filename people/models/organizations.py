"""The tree of public bodies."""

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from people.addresses import check_linkable
from people.roles import Permission

if TYPE_CHECKING:  # people know their bodies, not the other way round
    from people.models.persons import User


class OrganizationKind(models.TextChoices):
    """Kinds of bodies found in the district (reference list `organization_kinds`)."""

    REGION = "region_administration", _("regional administration")
    DISTRICT = "district_administration", _("district administration")
    REPRESENTATIVE = "representative_body", _("representative body of the district")
    DEPARTMENT = "department", _("department of an administration")
    SETTLEMENT = "settlement_administration", _("settlement administration")
    COUNCIL = "settlement_council", _("settlement council")
    HEAD = "head", _("head (official)")
    INSTITUTION = "institution", _("subordinate institution")
    OTHER = "other", _("other body")


class OrganizationQuerySet(MP_NodeQuerySet, models.QuerySet["Organization"]):
    """Phrases about sets of organizations."""

    def visible_to(self, user: "User") -> "OrganizationQuerySet":
        return self.where_may(user, Permission.VIEW)

    def where_may(self, user: "User", permission: Permission) -> "OrganizationQuerySet":
        """Organizations in which the person holds the permission today."""
        return self.filter(user.reach(permission, ""))


class OrganizationManager(MP_NodeManager.from_queryset(OrganizationQuerySet)):  # type: ignore[misc]
    """treebeard's manager hands out its own QuerySet class; this one hands out ours."""

    def get_queryset(self) -> OrganizationQuerySet:
        return OrganizationQuerySet(self.model, using=self._db).order_by("path")


def check_zone(name: str) -> None:
    """A zone is an IANA name that this machine knows."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(_("There is no time zone “%(name)s”."), params={"name": name}) from error


class Organization(MP_Node, models.Model):
    """A public body. The tree may be of any depth: region, district, settlement, institution."""

    slug = models.SlugField(_("short address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=40, choices=OrganizationKind)
    name = models.CharField(_("full name"), max_length=400)
    short_name = models.CharField(_("short name"), max_length=120)
    centre = models.CharField(_("centre"), max_length=120, blank=True)
    oktmo = models.CharField(_("OKTMO code"), max_length=11, blank=True)
    official_site = models.URLField(_("official site"), blank=True, validators=[check_linkable])
    timezone = models.CharField(_("time zone"), max_length=60, default="Asia/Tomsk", validators=[check_zone])
    is_active = models.BooleanField(_("works now"), default=True)

    objects = OrganizationManager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.short_name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def today(self) -> date:
        """The calendar day in this organization's zone."""
        return timezone.now().astimezone(self.zone).date()

    @property
    def path_up(self) -> list[str]:
        """The organization and all above it, by their places in the tree; the top comes first."""
        return [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
