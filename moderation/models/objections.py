"""What surrounds the journal: removals that wait for a second person, objections of citizens, signed heads."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models.decisions import Decision, Ground
from moderation.models.measures import Kind, Measure, Origin, Tag, in_words
from people.models import Membership, Organization, User
from people.roles import Permission, Role, RoleScope, scope_of
from registry.models import Account


class Verdict(models.TextChoices):
    """What became of something that waited for a second person."""

    WAITING = "waiting", _("waiting")
    YES = "yes", _("agreed")
    NO = "no", _("refused")


def _holders() -> Any:
    """Memberships that may decide on the body of the row outside."""
    own = [role for role in Role if scope_of(role, Permission.MODERATE) is RoleScope.OWN]
    down = [role for role in Role if scope_of(role, Permission.MODERATE) is RoleScope.SUBTREE]
    path = ExpressionWrapper(OuterRef("organization__path"), output_field=models.CharField())
    rows = Membership.objects.current().filter(user__is_active=True).annotate(of_row=path).order_by()
    here = Q(role__in=own, organization=OuterRef("organization"))
    return rows.filter(here | Q(role__in=down, of_row__startswith=F("organization__path")))


class PendingQuerySet(models.QuerySet["PendingDecision"]):
    """Phrases about removals of criticism."""

    def visible_to(self, user: User) -> "PendingQuerySet":
        return self.filter(user.reach(Permission.MODERATE))

    def waiting(self) -> "PendingQuerySet":
        return self.filter(verdict=Verdict.WAITING)

    def stuck(self) -> "PendingQuerySet":
        """Those on which nobody may decide: who wanted the removal is the only one here."""
        return self.waiting().filter(~Exists(_holders().exclude(user=OuterRef("made_by"))))


class PendingDecision(models.Model):
    """A removal of criticism that does not count yet: the journal takes it once another person has confirmed it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("organization"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("account"))
    kind = models.CharField(_("what it was"), max_length=10, choices=Kind)
    # The message of the inbox it is about, if it came that way: closed when the removal is confirmed.
    message = models.ForeignKey(
        "moderation.Message", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("message")
    )
    # The words are here only while it waits; then they stand in the journal.
    text = models.TextField(_("text"), blank=True)
    link = models.URLField(_("link"), max_length=400, blank=True)
    files = models.JSONField(_("evidence"), default=list)
    seen_at = models.DateTimeField(_("seen at"))
    ground = models.ForeignKey(Ground, models.PROTECT, related_name="+", verbose_name=_("ground"))
    citation = models.CharField(_("norm that was broken"), max_length=500, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    measure = models.CharField(_("measure"), max_length=10, choices=Measure)
    blocked_until = models.DateField(_("last day of the measure"), null=True, blank=True)
    origin = models.CharField(_("how it was found"), max_length=10, choices=Origin, default=Origin.OWN)
    authority = models.CharField(_("authority and its paper"), max_length=300, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"), default=timezone.now)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.WAITING)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second person")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="pending", verbose_name=_("decision")
    )
    entry_key = models.UUIDField(_("key of the entry"), unique=True, default=uuid.uuid4, editable=False)

    objects = PendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("removal that waits for a second person")
        verbose_name_plural = _("removals that wait for a second person")
        ordering = ("made_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="pending_is_decided_by_another_person",
                condition=Q(verdict=Verdict.WAITING, decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(verdict=Verdict.WAITING)
                    & Q(decided_by__isnull=False, decided_at__isnull=False, decision__isnull=False)
                    & ~Q(decided_by=models.F("made_by"))
                ),
            )
        ]
        indexes = [models.Index(fields=["organization", "verdict", "made_at"], name="pending_of_organization")]

    def __str__(self) -> str:
        return f"{self.account} · {self.made_at:%d.%m.%Y}"

    @property
    def tag_words(self) -> str:
        return ", ".join(str(Tag(tag).label) for tag in self.tags if tag in Tag.values)

    @property
    def measure_words(self) -> str:
        return in_words(self.measure, self.blocked_until)


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Phrases about objections."""

    def visible_to(self, user: User) -> "ObjectionQuerySet":
        return self.filter(user.reach(Permission.MODERATE, "decision__organization"))

    def waiting(self) -> "ObjectionQuerySet":
        return self.filter(verdict=Verdict.WAITING)


class Objection(models.Model):
    """A citizen objects to a decision, without an account; who decided it does not decide on the objection."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="objections", verbose_name=_("decision"))
    words = models.TextField(_("words"))
    # The secret code is shown once; only its keyed mark stays.
    code_mark = models.CharField(_("mark of the code"), max_length=64, editable=False)
    is_by_author = models.BooleanField(_("proved to be the author"), default=False)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.WAITING)
    answer = models.TextField(_("answer"), blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    outcome = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("outcome")
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ("received_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(verdict=Verdict.WAITING), name="objection_one_open_per_decision"
            ),
            models.CheckConstraint(
                name="objection_decided_has_who_when_and_outcome",
                condition=Q(verdict=Verdict.WAITING, decided_by=None, decided_at=None, outcome=None)
                | (~Q(verdict=Verdict.WAITING) & Q(decided_by__isnull=False, decided_at__isnull=False))
                & Q(outcome__isnull=False)
                & ~Q(answer=""),
            ),
        ]
        indexes = [models.Index(fields=["verdict", "received_at"], name="objection_verdict_moment")]

    def __str__(self) -> str:
        return f"{self.decision} · {self.get_verdict_display()}"

    @property
    def due_on(self) -> date:
        return timezone.localdate(self.received_at) + timedelta(days=settings.OBJECTION_DAYS)

    @property
    def is_overdue(self) -> bool:
        return self.verdict == Verdict.WAITING and timezone.localdate() > self.due_on


class SignedHead(models.Model):
    """The last hash of the journal on one day, signed: a tail cut off later is provable. Only ever added to."""

    day = models.DateField(_("day"), unique=True)
    count = models.PositiveBigIntegerField(_("records"))
    head_hash = models.CharField(_("hash of the last record"), max_length=64)
    signature = models.CharField(_("signature"), max_length=128)
    public_key = models.CharField(_("public key"), max_length=64)
    made_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("signed head of the journal")
        verbose_name_plural = _("signed heads of the journal")
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
