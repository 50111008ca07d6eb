"""Social networks with their dated legal status, and how their links look."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LegalStatus(models.TextChoices):
    """What the law says of a network on a day; dated, because it changes without a release."""

    LISTED = "listed", _("on the government's list")
    OPTIONAL = "optional", _("optional")
    LIMITED = "limited", _("allowed with limits")
    PROHIBITED = "prohibited", _("prohibited in Russia")


class SocialNetworkQuerySet(models.QuerySet["SocialNetwork"]):
    """Phrases about networks."""

    def with_status(self, on: date | None = None) -> "SocialNetworkQuerySet":
        """Adds `status_now`: the legal status in force on the day."""
        on = on or timezone.localdate()
        rows = NetworkStatus.objects.filter(network=OuterRef("pk"), starts_on__lte=on).order_by("-starts_on")
        return self.annotate(status_now=Subquery(rows.values("status")[:1]))

    def allowed(self, on: date | None = None) -> "SocialNetworkQuerySet":
        """Networks an account may be kept in: every one but the prohibited."""
        return self.exclude(pk__in=NetworkStatus.objects.prohibited(on).values("network"))


class SocialNetwork(models.Model):
    """A network as reference data: how its links are read is data too, so a new one needs no release."""

    slug = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    mark = models.CharField(
        _("letter mark"), max_length=4, blank=True, help_text=_("Two to four letters; prohibited networks have none.")
    )
    hosts = models.JSONField(_("hosts"), default=list, help_text=_("The first is the canonical one."))
    matchers = models.JSONField(
        _("link matchers"),
        default=list,
        help_text=_(
            "A list of {pattern, link, handle}: a regular expression for the path without the leading slash, "
            "and what the canonical path and the handle are made of."
        ),
    )
    post_matchers = models.JSONField(
        _("matchers of publications"),
        default=list,
        blank=True,
        help_text=_(
            "A list of {pattern, page, owner, link, id}: which page and which permanent number a link to a "
            "publication names, its canonical path and its own number."
        ),
    )
    service_paths = models.JSONField(
        _("service pages"), default=list, help_text=_("First parts of paths that are never an account: feed, login.")
    )
    notice = models.TextField(_("notice"), blank=True, help_text=_("Stands under every mention of the network."))
    named_in_order = models.BooleanField(_("named in the order"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = SocialNetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("social network")
        verbose_name_plural = _("social networks")
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name

    def status_on(self, day: date) -> LegalStatus | None:
        """The legal status in force on the day; None before the first known one."""
        row = self.statuses.filter(starts_on__lte=day).order_by("-starts_on").first()
        return LegalStatus(row.status) if row else None

    @property
    def is_prohibited(self) -> bool:
        """Uses the `with_status` annotation where the fetch made one."""
        known = vars(self)
        status = known["status_now"] if "status_now" in known else self.status_on(timezone.localdate())
        return status == LegalStatus.PROHIBITED


class NetworkStatusQuerySet(models.QuerySet["NetworkStatus"]):
    """Phrases about legal statuses."""

    def prohibited(self, on: date | None = None) -> "NetworkStatusQuerySet":
        """Statuses in force on the day that forbid their network."""
        on = on or timezone.localdate()
        later = NetworkStatus.objects.filter(
            network=OuterRef("network"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=on
        )
        return self.filter(~Exists(later), status=LegalStatus.PROHIBITED, starts_on__lte=on)


class NetworkStatus(models.Model):
    """From this day the network has this legal status."""

    network = models.ForeignKey(SocialNetwork, models.CASCADE, related_name="statuses", verbose_name=_("network"))
    status = models.CharField(_("legal status"), max_length=20, choices=LegalStatus)
    starts_on = models.DateField(_("since"))
    basis = models.CharField(_("basis"), max_length=300)

    objects = NetworkStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal status of a network")
        verbose_name_plural = _("legal statuses of networks")
        ordering = ("network", "-starts_on")
        constraints = [
            models.UniqueConstraint(name="network_status_one_per_day", fields=["network", "starts_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.get_status_display()}"
