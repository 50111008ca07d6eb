"""What really came out (procedure, cl. 5)."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from contentplan.models.posts import Placement
from people.models import User
from people.roles import Permission
from registry.models import Account


class Source(models.TextChoices):
    """How we know that something came out."""

    MANUAL = "manual", _("entered by hand")
    COLLECTED = "collected", _("collected from the network")


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Phrases about publications."""

    def visible_to(self, user: User) -> "PublicationQuerySet":
        return self.filter(user.reach(Permission.VIEW, "account__organization"))

    def counting(self) -> "PublicationQuerySet":
        """Those that count for the norm (procedure, cl. 5)."""
        return self.filter(counts=True)

    def between(self, start: datetime, end: datetime) -> "PublicationQuerySet":
        """Came out in [start, end)."""
        return self.filter(published_at__gte=start, published_at__lt=end)


class Publication(models.Model):
    """What really came out in an account."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="publications", verbose_name=_("account"))
    published_at = models.DateTimeField(_("came out"))
    link = models.URLField(_("link"), max_length=400, blank=True)
    external_id = models.CharField(_("number in the network"), max_length=64, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.MANUAL)
    placement = models.OneToOneField(
        Placement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publication",
        verbose_name=_("planned placement"),
    )
    # About the work of the Administration, so it counts for the norm: procedure, cl. 5.
    counts = models.BooleanField(_("counts for the norm"), default=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded"), db_default=Now())

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ("-published_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                name="publication_link_once_per_account", fields=["account", "link"], condition=~Q(link="")
            ),
            models.UniqueConstraint(
                name="publication_external_id_once_per_account",
                fields=["account", "external_id"],
                condition=~Q(external_id=""),
            ),
        ]
        indexes = [
            # The weekly check reads a week from this index alone (bench/, reference measurements).
            models.Index(
                fields=["published_at", "account"], condition=Q(counts=True), name="publication_counting_by_week"
            ),
            models.Index(fields=["account", "published_at"], name="publication_account_moment"),
        ]

    def __str__(self) -> str:
        moment = formats.date_format(timezone.localtime(self.published_at), "DATETIME_FORMAT")
        return f"{self.account}, {moment}"
