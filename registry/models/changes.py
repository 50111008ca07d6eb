"""The history of every entry: what changed in the registry, when, and (inside the portal only) by whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User
from people.roles import Permission
from registry.models.accounts import INNER_COLUMNS, PUBLIC_COLUMNS, Account
from registry.models.names import FormerName
from registry.models.networks import SocialNetwork
from registry.models.states import PUBLIC_STATUSES, AccountStatus
from registry.models.trust import SECURITY_SIGNS, TrustSign, TrustState


class ChangeKind(models.TextChoices):
    """What happened to an entry."""

    ADDED = "added", pgettext_lazy("entry", "added")
    CONFIRMED = "confirmed", pgettext_lazy("entry", "confirmed as official")
    EDITED = "edited", pgettext_lazy("entry", "changed")
    RENAMED = "renamed", pgettext_lazy("entry", "address changed")
    VERIFIED = "verified", pgettext_lazy("entry", "verified")
    SUSPENDED = "suspended", pgettext_lazy("entry", "suspended")
    RESUMED = "resumed", pgettext_lazy("entry", "resumed")
    ARCHIVED = "archived", pgettext_lazy("entry", "closed")
    NOT_KEPT = "not_kept", pgettext_lazy("entry", "lawfully not kept")
    PROHIBITED = "prohibited", pgettext_lazy("entry", "prohibited")
    TRUST = "trust", pgettext_lazy("entry", "signs of trust")


@dataclass(frozen=True)
class Difference:
    """One column of an entry before and after, in words; "" where it was empty."""

    name: str
    label: str
    before: str
    after: str


class ChangeQuerySet(models.QuerySet["EntryChange"]):
    """Phrases about changes."""

    def public(self, on: date | None = None) -> "ChangeQuerySet":
        """What anybody may read: of entries that are public on the day; without who and what is internal.

        Where a page has left a network that is prohibited by now, what was written before names its address there.
        """
        allowed = SocialNetwork.objects.allowed(on).values("pk")
        network = Q(account__network__in=allowed) | Q(account__network__isnull=True)
        rows = self.filter(network, is_public=True, account__status__in=PUBLIC_STATUSES)
        left = FormerName.objects.prohibited(on).filter(account=OuterRef("account"), until__gte=OuterRef("made_at"))
        rows = rows.filter(~Exists(left))
        return rows.defer("inner", "note", "by")

    def visible_to(self, user: User) -> "ChangeQuerySet":
        return self.filter(user.reach(Permission.VIEW, "account__organization"))

    def since(self, moment: datetime) -> "ChangeQuerySet":
        """Those made at this moment or later."""
        return self.filter(made_at__gte=moment)


class EntryChange(models.Model):
    """One change of one entry. Written by `registry.history.record` only; only added, never changed or deleted."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="changes", verbose_name=_("account"))
    kind = models.CharField(_("what happened"), max_length=12, choices=ChangeKind)
    made_at = models.DateTimeField(_("when"), db_default=Now(), db_index=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    # Whether the entry was public after it, and something public changed.
    is_public = models.BooleanField(_("public"), default=False)
    # {column: [before, after]} as words, numbers, ISO days: `values` anybody may read, `inner` stays in the portal.
    values = models.JSONField(_("what changed"), default=dict)
    inner = models.JSONField(_("what changed inside"), default=dict)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of an entry")
        verbose_name_plural = _("changes of entries")
        ordering = ("-made_at", "-pk")
        indexes = [
            models.Index(fields=["account", "-made_at"], name="entry_change_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.get_kind_display()}"

    @property
    def differences(self) -> list[Difference]:
        """What anybody may read of it."""
        return differences_of(self.values)

    @property
    def inner_differences(self) -> list[Difference]:
        """What only people of the portal may read, without what is a matter of security."""
        return differences_of({name: pair for name, pair in self.inner.items() if not _is_security(name, pair)})

    @property
    def security_differences(self) -> list[Difference]:
        """What only those may read who keep the security of the page."""
        return differences_of({name: pair for name, pair in self.inner.items() if _is_security(name, pair)})


def _is_security(name: str, pair: list[Any]) -> bool:
    """Rows from before these signs were kept apart tell of all signs in one sentence: it is shown to nobody else."""
    in_sentence = name == "trust_looked" and any(str(sign.label) in str(pair[1]) for sign in SECURITY_SIGNS)
    return name == "security_looked" or name in SECURITY_SIGNS or in_sentence


def differences_of(values: dict[str, list[Any]]) -> list[Difference]:
    """{column: [before, after]} in words, as an entry is read; columns that stay empty are left out."""
    order = {name: place for place, name in enumerate((*PUBLIC_COLUMNS, *INNER_COLUMNS))}
    # PostgreSQL keeps the keys of a JSON object in an order of its own.
    rows = sorted(values.items(), key=lambda row: order.get(row[0], len(order)))
    told = [Difference(n, label_of(n), in_words(n, was), in_words(n, now)) for n, (was, now) in rows]
    return [difference for difference in told if difference.before or difference.after]


def label_of(column: str) -> str:
    """How the column is called."""
    if column in LABELS:
        return str(LABELS[column])
    return str(getattr(Account._meta.get_field(column), "verbose_name", column))


LABELS = {
    "responsible_people": _("responsible people"),
    "checklist": _("checklist"),
    "new_act": _("new legal act"),
    "closing": _("what became of the page"),
    "name_looked": _("at the old address"),
    "trust_looked": _("signs of trust"),
    "security_looked": _("signs of security"),
    "trust_checked_on": _("checked on"),
    **{sign.value: sign.label for sign in TrustSign},
}


def in_words(column: str, value: Any) -> str:
    """A stored value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext_now("yes") if value else gettext_now("no")
    if column == "status":
        return str(AccountStatus(value).label)
    if column in TrustSign:
        return str(TrustState(value).label)
    if column.endswith("_on"):
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    return str(value)
