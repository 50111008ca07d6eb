"""Where: networks with their legal status, legal acts, and the registry of accounts (procedure, cl. 1, 2.1, 3)."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from people.roles import Permission

VERIFICATION_PERIOD = timedelta(days=90)  # reference-lists.yaml, verification_period_days


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
        status = getattr(self, "status_now", None) or self.status_on(timezone.localdate())
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


class LegalActQuerySet(models.QuerySet["LegalAct"]):
    """Phrases about legal acts."""

    def visible_to(self, user: User) -> "LegalActQuerySet":
        return self.filter(user.reach(Permission.VIEW) | Q(organization__isnull=True))


class LegalAct(models.Model):
    """An order, decree or decision that something here rests on."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="legal_acts",
        verbose_name=_("organization"),
        help_text=_("Who adopted it, if that body is in the portal."),
    )
    title = models.CharField(_("title"), max_length=500)
    number = models.CharField(_("number"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    url = models.URLField(_("link"), blank=True)

    objects = LegalActQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal act")
        verbose_name_plural = _("legal acts")
        ordering = ("-signed_on", "title")

    def __str__(self) -> str:
        return self.title


class AccountStatus(models.TextChoices):
    """The life of an entry (reference list `account_statuses`)."""

    PLANNED = "planned", _("planned")
    UNCONFIRMED = "unconfirmed", _("not confirmed")
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    ARCHIVED = "archived", _("closed (archive)")
    PROHIBITED = "prohibited", _("prohibited")
    NOT_KEPT = "not_kept", _("not kept (with a legal basis)")


# What a citizen is shown: pages that are official now, were official, or are lawfully not kept.
PUBLIC_STATUSES = (AccountStatus.ACTIVE, AccountStatus.SUSPENDED, AccountStatus.ARCHIVED, AccountStatus.NOT_KEPT)


class AccountQuerySet(models.QuerySet["Account"]):
    """Phrases about accounts."""

    def visible_to(self, user: User) -> "AccountQuerySet":
        return self.filter(user.reach(Permission.VIEW))

    def public(self, on: date | None = None) -> "AccountQuerySet":
        """What stands on the open pages: nothing of prohibited networks, whatever the entry says."""
        allowed = SocialNetwork.objects.allowed(on).values("pk")
        return self.filter(Q(network__in=allowed) | Q(network__isnull=True), status__in=PUBLIC_STATUSES)

    def active(self) -> "AccountQuerySet":
        return self.filter(status=AccountStatus.ACTIVE)

    def due_for_verification(self, today: date) -> "AccountQuerySet":
        """Active pages that nobody has looked at within the verification period."""
        limit = today - VERIFICATION_PERIOD
        return self.active().filter(Q(last_verified_on__isnull=True) | Q(last_verified_on__lt=limit))

    def for_listing(self) -> "AccountQuerySet":
        """Everything one line of a list needs, in one query."""
        return self.select_related("organization", "network", "legal_act").order_by(
            "organization__path", F("network__position").asc(nulls_last=True), "name", "pk"
        )


class Account(models.Model):
    """An entry of the registry: one page of one body in one network, or the fact that the body keeps none."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="accounts", verbose_name=_("organization")
    )
    network = models.ForeignKey(
        SocialNetwork, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("network")
    )
    external_id = models.CharField(_("permanent number in the network"), max_length=64, blank=True)
    url = models.URLField(_("link"), blank=True, max_length=300, help_text=_("Canonical link of the page."))
    handle = models.CharField(_("name in the address"), max_length=120, blank=True)
    name = models.CharField(_("name of the page"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    status = models.CharField(_("status"), max_length=20, choices=AccountStatus, default=AccountStatus.PLANNED)
    opened_on = models.DateField(_("kept since"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    legal_act = models.ForeignKey(
        LegalAct, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("legal act")
    )
    last_verified_on = models.DateField(_("last verified on"), null=True, blank=True)
    last_verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("last verified by")
    )
    responsible_post = models.CharField(_("responsible post"), max_length=200, blank=True)
    work_phone = models.CharField(_("work phone"), max_length=40, blank=True)
    work_email = models.EmailField(_("work e-mail"), blank=True)
    responsible_people = models.ManyToManyField(
        User,
        blank=True,
        related_name="responsible_for",
        verbose_name=_("responsible people"),
        help_text=_("Seen in the portal only, never published."),
    )
    search = models.TextField(_("search text"), editable=False, default="", help_text="People search this, folded.")

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                name="account_link_unique_in_network",
                fields=["network", "url"],
                condition=~Q(url=""),
                violation_error_message=_("This page is already in the registry."),
            ),
            models.UniqueConstraint(
                name="account_external_id_unique_in_network",
                fields=["network", "external_id"],
                condition=~Q(external_id=""),
                violation_error_message=_("A page with this permanent number is already in the registry."),
            ),
            models.CheckConstraint(
                name="account_not_kept_rests_on_an_act",
                condition=~Q(status=AccountStatus.NOT_KEPT) | Q(legal_act__isnull=False),
                violation_error_message=_("Name the legal act by which the page is not kept."),
            ),
            models.CheckConstraint(
                name="account_without_network_only_when_not_kept",
                condition=Q(network__isnull=False) | Q(status=AccountStatus.NOT_KEPT),
                violation_error_message=_("Choose the network."),
            ),
            models.CheckConstraint(
                name="account_active_has_a_link",
                condition=~Q(status=AccountStatus.ACTIVE) | ~Q(url=""),
                violation_error_message=_("An active page needs its link."),
            ),
            models.CheckConstraint(
                name="account_closes_after_it_opens",
                condition=Q(opened_on__isnull=True) | Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("A page cannot be closed before it was opened."),
            ),
            models.CheckConstraint(
                name="account_verified_on_and_by_together",
                condition=Q(last_verified_on__isnull=True) | Q(last_verified_by__isnull=False),
                violation_error_message=_("Who verified the page and when stand together."),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "organization"], name="account_status_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.network})" if self.network else self.name

    @property
    def is_verification_due(self) -> bool:
        """Nobody has looked at the page within the verification period."""
        if self.status != AccountStatus.ACTIVE:
            return False
        return not self.last_verified_on or self.last_verified_on < timezone.localdate() - VERIFICATION_PERIOD
