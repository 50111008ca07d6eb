"""Who: the tree of organizations, people, and what each of them is where.

Distribution list of the order; roles of the department, the bodies and the control (order, cl. 2, 3, 7).
"""

from datetime import date, datetime
from functools import cached_property
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from people.audit_entry import AuditEntry as AuditEntry
from people.roles import Permission, Role, RoleScope, scope_of


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
    official_site = models.URLField(_("official site"), blank=True)
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


class PortalUserManager(UserManager["User"]):
    """People sign in by login or e-mail, in any letter case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)

    def invited(self) -> "models.QuerySet[User]":
        """Those who have not set a password yet."""
        return self.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def visible_to(self, user: "User") -> "models.QuerySet[User]":
        """People who hold or held a role where the person keeps people. Those of another tree do not exist."""
        return self.filter(pk__in=Membership.objects.visible_to(user).values("user"))


class User(AbstractUser):
    """A person who signs in. What the person may do stands in memberships, never on the person."""

    email = models.EmailField(_("e-mail"), unique=True)
    patronymic = models.CharField(_("patronymic"), max_length=150, blank=True)
    job_title = models.CharField(pgettext_lazy("in an office", "post"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demonstration person"), default=False, editable=False)

    objects: ClassVar[PortalUserManager] = PortalUserManager()

    class Meta:
        verbose_name = pgettext_lazy("one", "person")
        verbose_name_plural = pgettext_lazy("many", "people")
        ordering = ("last_name", "first_name", "username")

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """«Иванова И. И.»; the login where no name is known."""
        initials = "".join(f" {name[0]}." for name in (self.first_name, self.patronymic) if name)
        return f"{self.last_name}{initials}" if self.last_name else self.username

    @property
    def addressed(self) -> str:
        """«Мария Ивановна», as a letter begins; empty where no name is known."""
        return f"{self.first_name} {self.patronymic}".strip()

    def first_organization(self) -> Organization | None:
        """The body the person came to first, even when that ended; it keeps the record of the person's changes."""
        first = self.memberships.select_related("organization").order_by("pk").first()
        return first.organization if first else None

    @cached_property
    def current_memberships(self) -> "list[Membership]":
        """What the person is today, with organizations; one query a request."""
        if not self.is_active:
            return []
        rows = self.memberships.current().select_related("organization").order_by("pk")
        return list(rows)

    def reach(self, permission: Permission, field: str = "organization") -> Q:
        """A condition: the row's organization (at `field`; "" for organizations) is one where the person may."""
        prefix = f"{field}__" if field else ""
        reach = Q(pk__in=[])
        for membership in self.current_memberships:
            scope = scope_of(Role(membership.role), permission)
            if scope is RoleScope.SUBTREE:
                reach |= Q(**{f"{prefix}path__startswith": membership.organization.path})
            elif scope is RoleScope.OWN:
                reach |= Q(**{f"{prefix}path": membership.organization.path})
        return reach

    def may(self, permission: Permission, organization: Organization) -> bool:
        """Whether the person holds the permission in this organization today. Asks no database."""
        for membership in self.current_memberships:
            scope = scope_of(Role(membership.role), permission)
            if scope is RoleScope.SUBTREE and organization.path.startswith(membership.organization.path):
                return True
            if scope is RoleScope.OWN and organization.path == membership.organization.path:
                return True
        return False

    def may_anywhere(self, permission: Permission) -> bool:
        """Whether the person holds the permission in at least one organization today."""
        return any(scope_of(Role(m.role), permission) for m in self.current_memberships)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Phrases about memberships."""

    def visible_to(self, user: User) -> "MembershipQuerySet":
        return self.filter(user.reach(Permission.MANAGE_PEOPLE))

    def ongoing(self, today: date | None = None) -> "MembershipQuerySet":
        """Those that did not end, begun or not."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today or timezone.localdate()))

    def current(self, today: date | None = None) -> "MembershipQuerySet":
        """Those that hold on the day (the portal's zone)."""
        today = today or timezone.localdate()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today, organization__is_active=True
        )


class Membership(models.Model):
    """What a person is in an organization, from a day to a day (both included)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="memberships", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("to, inclusive"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("organization", "role", "pk")
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.UniqueConstraint(
                name="membership_once_per_person_organization_role",
                fields=["user", "organization", "role"],
                condition=Q(ends_on__isnull=True),
                violation_error_message=_("This person already has this role here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organization}"


class LetterQuerySet(models.QuerySet["Letter"]):
    """Phrases about letters."""

    def due(self, now: datetime) -> "LetterQuerySet":
        """Not sent, not given up, and not in the hands of a worker."""
        return self.filter(sent_at__isnull=True, try_after__lte=now)


class Letter(models.Model):
    """A letter to be sent once: written in the transaction that causes it, delivered after commit, tried again."""

    key = models.CharField(_("key"), max_length=200, unique=True, help_text=_("The same event never writes twice."))
    to = models.EmailField(_("to"))
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="letters", verbose_name=_("person"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    created_at = models.DateTimeField(_("written"), db_default=Now())
    sent_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    try_after = models.DateTimeField(_("next attempt"), null=True, default=timezone.now)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["try_after"], condition=Q(sent_at__isnull=True), name="letter_waiting")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
