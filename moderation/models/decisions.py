"""What was removed and why: a journal that is only ever added to (procedure, cl. 7).

Every row carries the hash of the row before it; database triggers refuse change and deletion
(migration `0002_append_only`); `manage.py verify_journal` proves the chain.
"""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation import numbers
from moderation.models.measures import AGAINST, LASTING, SILENCING, Kind, Measure, Origin, Tag, in_words
from people.models import Organization, User
from people.roles import Permission
from people.search import fold
from registry.models import Account


class Ground(models.Model):
    """One of the six grounds of procedure, cl. 7. Reference data."""

    slug = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    # The three legal grounds demand the norm that was broken.
    needs_citation = models.BooleanField(_("the norm must be cited"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("ground for removal")
        verbose_name_plural = _("grounds for removal")
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name


ABOUT = (Measure.UPHELD, Measure.LIFTED)  # rows about a decision that leave it in force


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Phrases about decisions."""

    def visible_to(self, user: User) -> "DecisionQuerySet":
        return self.filter(user.reach(Permission.VIEW_JOURNAL))

    def matching(self, words: str) -> "DecisionQuerySet":
        """Rows that hold every word, whatever its case and with ё or е; or the row of this number, however spelt."""
        rows = self
        for word in fold(words).split():
            rows = rows.filter(search__contains=word)
        number = numbers.read(words)
        return self.filter(Q(number=number) | Q(pk__in=rows.values("pk"))) if number else rows

    def waves_folded(self) -> "DecisionQuerySet":
        """Of decisions entered together the first of those asked for: a wave of spam must not flood the list."""
        before = self.order_by().filter(wave=OuterRef("wave"), wave_place__lt=OuterRef("wave_place"))
        return self.filter(Q(wave_place__lte=1) | ~Exists(before))

    def against(self) -> "DecisionQuerySet":
        return self.filter(measure__in=AGAINST)

    def made_between(self, first: date | None, last: date | None) -> "DecisionQuerySet":
        """Rows made from the first to the last day, both included, in the current time zone."""
        rows = self
        if first:
            rows = rows.filter(made_at__gte=_midnight(first))
        if last:
            rows = rows.filter(made_at__lt=_midnight(last + timedelta(days=1)))
        return rows

    def taken_back(self, yes: bool = True) -> "DecisionQuerySet":
        """Decisions that a later row took back (or those that stand); the rows of reversals are neither."""
        return self.against().filter(reversed_by__isnull=not yes)

    def ended(self, today: date) -> "DecisionQuerySet":
        """Measures in force whose last day has passed, and nobody has noted yet that they were lifted."""
        lifted = self.model.objects.order_by().filter(measure=Measure.LIFTED, about=OuterRef("pk"))
        return self.taken_back(False).filter(~Exists(lifted), measure__in=LASTING, blocked_until__lt=today)

    def for_listing(self) -> "DecisionQuerySet":
        """Everything one line of the journal needs, in one query."""
        return self.select_related(
            "organization", "account__network", "made_by", "reverses", "reversed_by", "about"
        ).order_by("-number")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


class Decision(models.Model):
    """One row of the journal. A reversal is a new row that names the one it reverses."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("organization"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="decisions", verbose_name=_("account"))
    kind = models.CharField(_("what it was"), max_length=10, choices=Kind)
    text = models.TextField(_("text"))
    link = models.URLField(_("link"), max_length=400, blank=True)
    seen_at = models.DateTimeField(_("seen at"))
    ground = models.ForeignKey(Ground, models.PROTECT, related_name="+", verbose_name=_("ground"))
    citation = models.CharField(_("norm that was broken"), max_length=500, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    measure = models.CharField(_("measure"), max_length=10, choices=Measure)
    # The last day of whatever measure lasts. The first to last was the block: the name stands in the chain for ever.
    blocked_until = models.DateField(_("last day of the measure"), null=True, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"))
    # --- since version 2 of the record ---
    origin = models.CharField(_("how it was found"), max_length=10, choices=Origin, default=Origin.OWN)
    authority = models.CharField(_("authority and its paper"), max_length=300, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    is_criticism = models.BooleanField(_("criticism of the administration"), default=False)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    # A rejected objection and the end of a measure name the decision they are about; one that was met takes it back.
    about = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="outcomes", verbose_name=_("about")
    )
    # Decisions entered together: one wave of spam, one form.
    wave = models.UUIDField(_("entered together"), null=True, blank=True, db_index=True)
    wave_place = models.PositiveSmallIntegerField(_("place among those entered together"), default=0)
    wave_size = models.PositiveSmallIntegerField(_("how many were entered together"), default=0)
    # The words of the row, to outlive what they name: organization, account, network, ground, person, post.
    names = models.JSONField(_("names as they were"), default=dict)
    # [{"name", "size", "type", "sha256"}] of the evidence files, so the chain covers them.
    evidence_digests = models.JSONField(_("checksums of evidence"), default=list)
    # The citizen's words stand in the chain only as a salted digest: they can be masked one day, the chain stays whole.
    salt = models.CharField(_("salt"), max_length=32)
    sealed = models.CharField(_("digest of text and link"), max_length=64)
    # By which rules of `journal.py` the row was written: a later field must not break an earlier row.
    version = models.PositiveSmallIntegerField(_("version of the record"), default=1)
    previous_hash = models.CharField(_("hash of the row before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)
    # Of the hash, with a key the database does not have: a well-formed row slipped in has none (moderation/keys.py).
    mark = models.CharField(_("mark of the portal"), max_length=64, default="", editable=False)
    # Not part of the chain: the same form sent twice makes one row; what people search, folded.
    entry_key = models.UUIDField(_("key of the entry"), unique=True, default=uuid.uuid4, editable=False)
    search = models.TextField(_("search text"), default="", editable=False)
    # The same for nearly equal texts (moderation/differences.py).
    fingerprint = models.CharField(_("fingerprint"), max_length=24, default="", db_index=True, editable=False)
    # Since when text, link, salt and author's words are gone: the one change the database lets through.
    masked_at = models.DateTimeField(_("words forgotten at"), null=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("moderation journal")
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(
                name="decision_block_has_a_term",
                condition=~Q(measure__in=SILENCING) | Q(blocked_until__isnull=False),
                violation_error_message=_("Say until which day it lasts: a person is not silenced for ever."),
            ),
            models.CheckConstraint(
                name="decision_restores_what_it_reverses",
                condition=Q(measure=Measure.RESTORED, reverses__isnull=False)
                | (~Q(measure=Measure.RESTORED) & Q(reverses__isnull=True)),
                violation_error_message=_("A restoration names the decision it reverses."),
            ),
            models.CheckConstraint(
                name="decision_upheld_names_what_it_upholds",
                condition=Q(measure__in=ABOUT, about__isnull=False) | (~Q(measure__in=ABOUT) & Q(about__isnull=True)),
            ),
            models.CheckConstraint(
                name="decision_of_authority_names_it",
                condition=~Q(origin=Origin.AUTHORITY) | ~Q(authority=""),
                violation_error_message=_("Name the authority and its paper: date and number."),
            ),
            models.CheckConstraint(
                name="decision_on_criticism_has_two_people",
                condition=Q(is_criticism=False) | Q(confirmed_by__isnull=False) & ~Q(confirmed_by=models.F("made_by")),
                violation_error_message=_("A removal of criticism is confirmed by another person."),
            ),
        ]
        indexes = [
            # Also all that the open figures read (moderation/openness/figures.py): a row itself is mostly words.
            models.Index(
                fields=["made_at", "measure", "organization", "account", "ground", "seen_at", "is_criticism"],
                name="decision_figures",
            ),
            models.Index(fields=["organization", "-made_at"], name="decision_organization_moment"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """«М-2026-000123»: what is quoted, read aloud and typed."""
        return numbers.label(self.number, timezone.localtime(self.made_at).year)

    @property
    def tag_words(self) -> str:
        return ", ".join(str(Tag(tag).label) for tag in self.tags if tag in Tag.values)

    @property
    def measure_words(self) -> str:
        return in_words(self.measure, self.blocked_until)

    @property
    def has_term(self) -> bool:
        """Lasts until a day, after which somebody lifts it in the network."""
        return self.measure in LASTING and self.blocked_until is not None

    @property
    def is_against(self) -> bool:
        """Takes something away from a citizen, who may object."""
        return self.measure in AGAINST

    @property
    def object_until(self) -> date:
        """The last day on which an objection is taken."""
        return timezone.localdate(self.made_at) + timedelta(days=settings.OBJECT_DAYS)

    @property
    def is_reversal(self) -> bool:
        return self.reverses_id is not None

    @property
    def reversal(self) -> "Decision | None":
        """The later row that took this one back, if there is one."""
        later: Decision | None = getattr(self, "reversed_by", None)
        return later

    @property
    def stands(self) -> bool:
        """In force: neither taken back nor itself a taking back."""
        return self.is_against and self.reversal is None


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Phrases about evidence files."""

    def visible_to(self, user: User) -> "EvidenceQuerySet":
        return self.filter(user.reach(Permission.VIEW_JOURNAL, "decision__organization"))


class Evidence(models.Model):
    """A screenshot or file kept with a decision, as it was. Reached only through a view that checks access."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="evidence", verbose_name=_("decision"))
    file = models.FileField(_("file"), upload_to="evidence/%Y/%m")
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size, bytes"))
    sha256 = models.CharField(_("checksum"), max_length=64)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def digest(self) -> dict[str, Any]:
        """What the chain holds of the file."""
        return {"name": self.name, "size": self.size, "type": self.content_type, "sha256": self.sha256}
