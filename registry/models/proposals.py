"""Four eyes over the registry: what somebody proposes waits here, and the entry itself stays as it was approved last.

Procedure, cl. 2.1, 3: the department keeps the registry, the bodies help it. An `Account` is always the last approved
version; nothing of a proposal is public before it is accepted.
"""

from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Organization, User
from people.roles import Permission
from registry.models.accounts import Account
from registry.models.changes import Difference, EntryChange, differences_of
from registry.models.states import AccountStatus


class RegistryRules(models.Model):
    """How the registry is kept in a body and everything below it; set by the administrator."""

    organization = models.OneToOneField(
        Organization, models.PROTECT, related_name="registry_rules", verbose_name=_("organization")
    )
    one_person_department = models.BooleanField(
        _("one person keeps the registry"),
        default=False,
        help_text=_(
            "Then this person may accept what they proposed themselves. It is shown on the page and stays in the "
            "history of every such entry. Holds for all bodies below too."
        ),
    )

    class Meta:
        verbose_name = _("rules of the registry")
        verbose_name_plural = _("rules of the registry")

    def __str__(self) -> str:
        return str(self.organization)


class CheckUse(models.TextChoices):
    """When an item of the checklist is asked."""

    PAGE = "page", _("a page joins the registry or gets another address")
    EDIT = "edit", _("an entry is changed")
    REVIEW = "review", _("a page is verified again")


class CheckItem(models.Model):
    """One question of the checklist by which the department verifies; reference data."""

    text = models.CharField(_("question"), max_length=200, unique=True)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    uses = models.JSONField(_("when it is asked"), default=list, help_text=_("A list of: page, edit, review."))
    is_must = models.BooleanField(
        _("without a yes nothing is accepted"), default=False, help_text=_("“No” then means: reject.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("item of the checklist")
        verbose_name_plural = _("items of the checklist")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text

    @classmethod
    def used_for(cls, use: CheckUse) -> "list[CheckItem]":
        """The list is short: it is chosen from here, not by the database, which differ in how they search JSON."""
        return [item for item in cls.objects.filter(is_active=True) if use in item.uses]


class ProposalKind(models.TextChoices):
    """What is proposed."""

    NEW = "new", pgettext_lazy("proposal", "new entry")
    EDIT = "edit", pgettext_lazy("proposal", "change")
    SUSPEND = "suspend", pgettext_lazy("proposal", "suspend")
    RESUME = "resume", pgettext_lazy("proposal", "resume")
    ARCHIVE = "archive", pgettext_lazy("proposal", "close")


# What the entry becomes by it.
STATUS_BY_KIND = {
    ProposalKind.SUSPEND: AccountStatus.SUSPENDED,
    ProposalKind.RESUME: AccountStatus.ACTIVE,
    ProposalKind.ARCHIVE: AccountStatus.ARCHIVED,
}


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    PENDING = "pending", pgettext_lazy("proposal", "waits")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "accepted")
    REJECTED = "rejected", pgettext_lazy("proposal", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")


STATE_TONES = {ProposalState.PENDING: "wait", ProposalState.ACCEPTED: "good", ProposalState.REJECTED: "bad"}


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Phrases about proposals."""

    def visible_to(self, user: User) -> "ProposalQuerySet":
        return self.filter(user.reach(Permission.VIEW))

    def pending(self) -> "ProposalQuerySet":
        return self.filter(state=ProposalState.PENDING)

    def decidable_by(self, user: User) -> "ProposalQuerySet":
        """Those that wait for this person: others' proposals, and own ones where one person keeps the registry."""
        alone = RegistryRules.objects.filter(one_person_department=True).values_list("organization__path", flat=True)
        own = Q(pk__in=[])
        for path in alone:
            own |= Q(organization__path__startswith=path)
        return self.pending().filter(user.reach(Permission.EDIT_REGISTRY), ~Q(proposed_by=user) | own)

    def with_relations(self) -> "ProposalQuerySet":
        """Everything one line of a list needs."""
        return self.select_related("organization", "account__network", "proposed_by", "decided_by")


def waiting_for_membership() -> Subquery:
    """How many proposals of others wait where a membership reaches; rides on the query of memberships."""
    rows = Proposal.objects.pending().filter(organization__path__startswith=OuterRef("organization__path"))
    others = rows.exclude(proposed_by=OuterRef("user")).order_by()
    return Subquery(others.values("state").annotate(waiting=Count("pk")).values("waiting")[:1])


class Proposal(models.Model):
    """A new entry or a change of one that waits for a second person, and what became of it."""

    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind)
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("account")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="proposals", verbose_name=_("organization")
    )
    name = models.CharField(_("name of the page"), max_length=200)
    # The canonical link of a new page: nobody proposes the same page twice.
    url = models.CharField(_("link"), max_length=300, blank=True)
    # {column: value}: keys of rows, numbers, ISO days; and what the entry held in these columns then.
    values = models.JSONField(_("proposed values"), default=dict)
    base = models.JSONField(_("values it was based on"), default=dict)
    # {column: [before, after]} in words, as it was proposed; what the department corrected: [proposed, accepted].
    words = models.JSONField(_("what changes"), default=dict)
    corrected = models.JSONField(_("what the department corrected"), default=dict)
    note = models.CharField(_("why"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.PENDING)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"), db_default=Now())
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    # [{"text": …, "answer": "yes" | "no" | "na", "note": …}], words that outlive the list they came from.
    answers = models.JSONField(_("answers of the checklist"), default=list)
    is_alone = models.BooleanField(_("one person proposed and accepted"), default=False)
    change = models.OneToOneField(
        EntryChange, models.PROTECT, null=True, blank=True, related_name="proposal", verbose_name=_("change")
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal to the registry")
        verbose_name_plural = _("proposals to the registry")
        ordering = ("proposed_at", "pk")
        indexes = [models.Index(fields=["state", "proposed_at"], name="proposal_queue")]
        constraints = [
            models.UniqueConstraint(
                name="proposal_one_waits_per_account",
                fields=["account"],
                condition=Q(state=ProposalState.PENDING),
                violation_error_message=_("A change of this entry is already waiting."),
            ),
            models.UniqueConstraint(
                name="proposal_one_waits_per_new_page",
                fields=["url"],
                condition=Q(state=ProposalState.PENDING, kind=ProposalKind.NEW) & ~Q(url=""),
                violation_error_message=_("This page is already proposed."),
            ),
            models.CheckConstraint(
                name="proposal_four_eyes",
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("proposed_by"))
                | Q(state=ProposalState.WITHDRAWN)
                | Q(is_alone=True),
                violation_error_message=_("Who proposed a change does not accept it."),
            ),
            models.CheckConstraint(
                name="proposal_waits_or_is_decided",
                condition=Q(state=ProposalState.PENDING, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=ProposalState.PENDING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposal_changes_an_entry_or_makes_one",
                condition=~Q(kind=ProposalKind.NEW, state=ProposalState.PENDING, account__isnull=False)
                & (Q(kind=ProposalKind.NEW) | Q(account__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def is_pending(self) -> bool:
        return self.state == ProposalState.PENDING

    @property
    def tone(self) -> str:
        """The colour that repeats what the word of the state says."""
        return STATE_TONES.get(ProposalState(self.state), "")

    @property
    def differences(self) -> list[Difference]:
        """What it changes, as it was proposed."""
        return differences_of(self.words)

    @property
    def corrections(self) -> list[Difference]:
        """What was accepted otherwise than proposed."""
        return differences_of(self.corrected)

    @property
    def closing(self) -> dict[str, Any]:
        """How the page was closed, for a proposal to close it."""
        return self.values.get("closing") or {}
