"""Addresses that pages of the registry bore before: derived from the history, so that one is found at once."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models.accounts import Account, is_public
from registry.models.networks import NetworkStatus, SocialNetwork
from registry.models.states import AccountStatus


class FormerNameQuerySet(models.QuerySet["FormerName"]):
    """Phrases about former addresses."""

    def public(self) -> "FormerNameQuerySet":
        """What anybody may read: neither the address nor the page of today lies in a prohibited network."""
        # Asked of each row found: as a list SQLite would gather every public page of the registry first.
        page = Account.objects.filter(is_public(), pk=OuterRef("account"))
        return self.filter(Exists(page), network__in=SocialNetwork.objects.allowed().values("pk"))

    def prohibited(self, on: date | None = None) -> "FormerNameQuerySet":
        """Addresses in networks that are prohibited on the day."""
        return self.filter(network__in=NetworkStatus.objects.prohibited(on).values("network"))

    def let_go(self) -> "FormerNameQuerySet":
        """Old addresses of pages that are kept on under another one: free for anybody to take, the last left first."""
        # A page may have taken its old name back.
        return self.public().exclude(account__status=AccountStatus.ARCHIVED).exclude(url=F("account__url"))

    def named(self, handle: str) -> "FormerNameQuerySet":
        """Those with this name in the address, in any network and case."""
        return self.alias(handle_lower=Lower("handle")).filter(handle_lower=handle.lower())


class FormerName(models.Model):
    """An address at which the registry showed a page until it was renamed. Written by `registry.former` only."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="former_names", verbose_name=_("account"))
    network = models.ForeignKey(SocialNetwork, models.CASCADE, related_name="+", verbose_name=_("network"))
    url = models.URLField(_("link"), max_length=300)
    handle = models.CharField(_("name in the address"), max_length=120)
    until = models.DateTimeField(_("until"))

    objects = FormerNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ("-until", "-pk")
        constraints = [
            models.UniqueConstraint(name="former_name_once_per_account", fields=["account", "url"]),
            models.CheckConstraint(name="former_name_is_an_address", condition=~Q(url="")),
        ]
        indexes = [
            models.Index(fields=["url"], name="former_name_url"),
            models.Index(Lower("handle"), name="former_name_handle_lower"),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """As people say it: `vk.com/urtam`."""
        return self.url.removeprefix("https://")
