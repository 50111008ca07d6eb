"""Secret addresses under which a calendar reads the plan without signing in. The address itself is nowhere kept."""

import hashlib
import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from people.roles import Permission


def new_secret() -> str:
    """256 bits that nobody guesses."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is kept of a secret. It is random enough to need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Phrases about feeds."""

    def working(self) -> "CalendarFeedQuerySet":
        return self.filter(revoked_at=None)

    def of_secret(self, secret: str) -> "CalendarFeed | None":
        """The feed behind an address; None for one that is revoked, of a person switched off, or never was."""
        rows = self.working().filter(key_hash=hashed(secret), user__is_active=True)
        return rows.select_related("user", "organization").first()


class CalendarFeed(models.Model):
    """A person's subscription to one body's plan, or (no organization) to all the person sees."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), db_default=Now())
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                name="feed_one_per_person_and_body", fields=["user", "organization"], condition=Q(revoked_at=None)
            ),
            models.UniqueConstraint(
                name="feed_one_of_all_bodies_per_person",
                fields=["user"],
                condition=Q(revoked_at=None, organization=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization or _("All bodies you see"))

    def bodies(self) -> list[Organization]:
        """Whose plans the feed shows now: what the person may see today, not when it was made."""
        rows = Organization.objects.visible_to(self.user)
        if self.organization_id:
            rows = rows.filter(pk=self.organization_id)
        return list(rows) if self.user.may_anywhere(Permission.VIEW) else []

    def whose(self) -> Organization | None:
        """For the audit log."""
        return self.organization or self.user.first_organization()
