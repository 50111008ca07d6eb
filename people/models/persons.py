"""People, and what each of them is where."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models.organizations import Organization
from people.roles import Permission, Role, RoleScope, scope_of

# What rooms above let the header of every page count, {name: an expression over a membership}; they join in their
# AppConfig. It rides on the one query that every request makes of its person.
COUNTED: dict[str, Callable[[], Any]] = {}


class MailChoice(models.TextChoices):
    """How the portal writes to a person about what happens; invitations and passwords come by letter in any case."""

    AT_ONCE = "at_once", _("a letter at once")
    DAILY = "daily", _("one letter a day")
    PORTAL = "portal", _("only in the portal")


class PortalUserManager(UserManager["User"]):
    """People sign in by login or e-mail, in any letter case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)

    def invited(self) -> "models.QuerySet[User]":
        """Those who have not set a password yet."""
        return self.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def who_may(self, permission: Permission, organization: Organization) -> "models.QuerySet[User]":
        """Those who hold the permission in this organization today, whatever body they are of."""
        return self._among(Membership.objects.current().granting(permission, organization))

    def of(self, organization: Organization, permission: Permission) -> "models.QuerySet[User]":
        """Those of this very body who hold the permission there today."""
        here = Membership.objects.current().granting(permission, organization)
        return self._among(here.filter(organization=organization))

    def below(self, organization: Organization, permission: Permission) -> "models.QuerySet[User]":
        """Those of this body or of any below it who hold the permission where they are."""
        roles = [role for role in Role if scope_of(role, permission)]
        rows = Membership.objects.current().filter(role__in=roles, organization__path__startswith=organization.path)
        return self._among(rows)

    def heads_of(self, organization: Organization) -> "models.QuerySet[User]":
        """The Head, and whoever controls this very body."""
        return self._among(Membership.objects.current().filter(organization=organization, role=Role.OBSERVER))

    def _among(self, memberships: "MembershipQuerySet") -> "models.QuerySet[User]":
        return self.filter(is_active=True, pk__in=memberships.values("user")).order_by("pk")

    def known_to(self, user: "User") -> "models.QuerySet[User]":
        """Oneself, and the people one keeps."""
        return self.filter(Q(pk=user.pk) | Q(pk__in=Membership.objects.visible_to(user).values("user")))

    def visible_to(self, user: "User") -> "models.QuerySet[User]":
        """People who hold or held a role where the person keeps people. Those of another tree do not exist."""
        return self.filter(pk__in=Membership.objects.visible_to(user).values("user"))


class User(AbstractUser):
    """A person who signs in. What the person may do stands in memberships, never on the person."""

    email = models.EmailField(_("e-mail"), unique=True)
    patronymic = models.CharField(_("patronymic"), max_length=150, blank=True)
    job_title = models.CharField(pgettext_lazy("in an office", "post"), max_length=200, blank=True)
    mail_choice = models.CharField(_("letters"), max_length=10, choices=MailChoice, default=MailChoice.AT_ONCE)
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
        # The header of every page shows the number of unread notices; here it costs no query of its own.
        counted = {name: expression() for name, expression in COUNTED.items()}
        unread = Count("user__notices", filter=Q(user__notices__read_at__isnull=True))
        return list(rows.annotate(unread=unread).annotate(**counted))

    @property
    def unread_notices(self) -> int:
        """How many notices wait to be read, as the bell shows it."""
        return max((getattr(membership, "unread", 0) for membership in self.current_memberships), default=0)

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
        return bool(self.role_for(permission, organization))

    def role_for(self, permission: Permission, organization: Organization) -> str:
        """By which role the person holds the permission in this organization today; "" when by none."""
        for membership in self.current_memberships:
            scope = scope_of(Role(membership.role), permission)
            here = organization.path == membership.organization.path
            below = scope is RoleScope.SUBTREE and organization.path.startswith(membership.organization.path)
            if below or (scope and here):
                return str(membership.role)
        return ""

    def may_anywhere(self, permission: Permission) -> bool:
        """Whether the person holds the permission in at least one organization today."""
        return any(scope_of(Role(m.role), permission) for m in self.current_memberships)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Phrases about memberships."""

    def visible_to(self, user: User) -> "MembershipQuerySet":
        return self.filter(user.reach(Permission.MANAGE_PEOPLE))

    def granting(self, permission: Permission, organization: Organization) -> "MembershipQuerySet":
        """Those that give the permission in this organization: held there, or above it by a role that reaches down."""
        own = [role for role in Role if scope_of(role, permission) is RoleScope.OWN]
        down = [role for role in Role if scope_of(role, permission) is RoleScope.SUBTREE]
        return self.filter(
            Q(role__in=own, organization=organization) | Q(role__in=down, organization__path__in=organization.path_up)
        )

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
