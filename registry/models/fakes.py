"""Pages that pretend to be a body's own: what residents report, what the department confirmed (procedure, cl. 3)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Organization, User
from people.roles import Permission
from registry.models.accounts import Account
from registry.models.networks import SocialNetwork


class NameKey(models.Model):
    """One of the keys under which a name that looks like the account's is found (`registry.lookalikes`). Derived."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="name_keys", verbose_name=_("account"))
    key = models.CharField(_("key"), max_length=64, db_index=True)

    class Meta:
        verbose_name = _("key of a name")
        verbose_name_plural = _("keys of names")
        constraints = [models.UniqueConstraint(name="name_key_once_per_account", fields=["account", "key"])]

    def __str__(self) -> str:
        return self.key


class FakeState(models.TextChoices):
    """What became of a known fake."""

    SEEN = "seen", pgettext_lazy("fake", "works")
    REPORTED = "reported", pgettext_lazy("fake", "reported to the network")
    GONE = "gone", pgettext_lazy("fake", "removed or blocked")
    MISTAKE = "mistake", pgettext_lazy("fake", "listed by mistake: not shown to anybody")


class FakeQuerySet(models.QuerySet["KnownFake"]):
    """Phrases about known fakes."""

    def held(self) -> "FakeQuerySet":
        """What the department holds for a fake: not what was listed by mistake."""
        return self.exclude(state=FakeState.MISTAKE)

    def public(self) -> "FakeQuerySet":
        """What stands on the open list: no address in a prohibited network, not even of a fake."""
        allowed = SocialNetwork.objects.allowed().values("pk")
        return self.held().filter(Q(network__isnull=True) | Q(network__in=allowed))

    def visible_to(self, user: User) -> "FakeQuerySet":
        return self.filter(user.reach(Permission.VIEW))


class KnownFake(models.Model):
    """A page that pretends to be official, confirmed by the department; published with its dates."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="known_fakes", verbose_name=_("whom it imitates")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="known_fakes", verbose_name=_("the real page")
    )
    network = models.ForeignKey(
        SocialNetwork, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("network")
    )
    # Canonical where the network is known; else the host of another site.
    url = models.CharField(_("link"), max_length=300, unique=True)
    name = models.CharField(_("how it calls itself"), max_length=200, blank=True)
    seen_on = models.DateField(_("known since"))
    state = models.CharField(_("state"), max_length=10, choices=FakeState, default=FakeState.SEEN)
    state_since = models.DateField(_("in this state since"))
    note = models.CharField(_("what people should know"), max_length=300, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("confirmed by"))

    objects = FakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("known fake")
        verbose_name_plural = _("known fakes")
        ordering = ("-seen_on", "-pk")

    def __str__(self) -> str:
        return self.url


class ReportState(models.TextChoices):
    """What the department did with a report."""

    NEW = "new", pgettext_lazy("report", "new")
    CONFIRMED = "confirmed", pgettext_lazy("report", "confirmed")
    REJECTED = "rejected", pgettext_lazy("report", "not a fake")


class ReportQuerySet(models.QuerySet["FakeReport"]):
    """Phrases about reports."""

    def visible_to(self, user: User) -> "ReportQuerySet":
        """Reports about bodies in reach; those about no body are for whoever keeps the registry of a district."""
        mine = self.filter(user.reach(Permission.EDIT_REGISTRY))
        nobody = self.filter(organization__isnull=True)
        return mine | nobody if user.may_anywhere(Permission.EDIT_REGISTRY) else mine


class FakeReport(models.Model):
    """What a resident reported, without an account and without naming themselves."""

    url = models.CharField(_("link"), max_length=300)
    network = models.ForeignKey(
        SocialNetwork, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("network")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="fake_reports", verbose_name=_("body")
    )
    words = models.CharField(_("what the resident says"), max_length=1000, blank=True)
    received_at = models.DateTimeField(_("received"), db_default=Now())
    times = models.PositiveIntegerField(_("how often reported"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.NEW)
    fake = models.ForeignKey(
        KnownFake, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("known fake")
    )
    answer = models.CharField(_("why not"), max_length=300, blank=True)
    handled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handled by")
    )
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a fake")
        verbose_name_plural = _("reports of fakes")
        ordering = ("-received_at", "-pk")
        constraints = [
            # The same page reported again is counted, not listed twice.
            models.UniqueConstraint(name="report_one_open_per_page", fields=["url"], condition=Q(state="new")),
        ]

    def __str__(self) -> str:
        return self.url
