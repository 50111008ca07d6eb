"""Keys of programs: what is not public they read, and what they send in, on behalf of a body."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models.organizations import Organization
from people.models.persons import User
from people.roles import Permission


class Scope(models.TextChoices):
    """What a key opens. Nothing of the security of accounts is among it."""

    REGISTRY_READ = "registry:read", _("read the registry as people of the body see it, without security")
    MESSAGES_WRITE = "messages:write", _("bring messages of citizens into the journal")


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Phrases about keys."""

    def visible_to(self, user: User) -> "ApiKeyQuerySet":
        return self.filter(user.reach(Permission.MANAGE_KEYS))

    def in_force(self, now: datetime) -> "ApiKeyQuerySet":
        """Neither revoked nor expired."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at__isnull=True)

    def for_listing(self) -> "ApiKeyQuerySet":
        """Those that are not revoked first, the newest first."""
        return self.order_by(F("revoked_at").desc(nulls_first=True), "-pk")


class ApiKey(models.Model):
    """A key of a program that works for a body. The key itself is nowhere: only its digest, and how it begins."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="api_keys",
        verbose_name=_("organization"),
        help_text=_("The key opens what belongs to this body and to the bodies below it."),
    )
    name = models.CharField(_("which program"), max_length=120, help_text=_("By this name the key is found later."))
    scopes = models.JSONField(_("what it opens"), default=list)
    prefix = models.CharField(_("begins with"), max_length=16, unique=True, editable=False)
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"), editable=False)
    made_at = models.DateTimeField(_("at"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("in force until"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(pgettext_lazy("key", "revoked"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("revoked by"), editable=False
    )

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a program")
        verbose_name_plural = _("keys of programs")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                name="api_key_revoked_at_and_by_together",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="api_key_expires_after_it_is_made",
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("made_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def is_in_force(self) -> bool:
        return self.revoked_at is None and not self.is_expired

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def scope_names(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]

    def opens(self, organization: Organization) -> bool:
        """Whether the body is the key's own or stands below it."""
        return bool(organization.path.startswith(self.organization.path))

    def reach(self, field: str = "organization") -> Q:
        """A condition: the row's organization is one that the key opens."""
        return Q(**{f"{field}__path__startswith": self.organization.path})
