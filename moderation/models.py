"""What was removed and why: a journal that is only ever added to (procedure, cl. 7).

Every row carries the hash of the row before it; database triggers refuse change and deletion
(migration `0002_append_only`); `manage.py verify_journal` proves the chain.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from people.roles import Permission
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


class Kind(models.TextChoices):
    """What was decided on."""

    COMMENT = "comment", _("comment")
    MESSAGE = "message", _("message")


class Measure(models.TextChoices):
    """What was done."""

    REMOVED = "removed", _("removed")
    HIDDEN = "hidden", _("hidden")
    WARNED = "warned", _("author warned")
    BLOCKED = "blocked", _("author blocked until")
    RESTORED = "restored", _("restored")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Phrases about decisions."""

    def visible_to(self, user: User) -> "DecisionQuerySet":
        return self.filter(user.reach(Permission.VIEW_JOURNAL))


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
    blocked_until = models.DateField(_("blocked until"), null=True, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"))
    # The words of the row, to outlive what they name: organization, account, network, ground, person, post.
    names = models.JSONField(_("names as they were"), default=dict)
    # [{"name", "size", "type", "sha256"}] of the evidence files, so the chain covers them.
    evidence_digests = models.JSONField(_("checksums of evidence"), default=list)
    previous_hash = models.CharField(_("hash of the row before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("moderation journal")
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(
                name="decision_block_has_a_term",
                condition=~Q(measure=Measure.BLOCKED) | Q(blocked_until__isnull=False),
                violation_error_message=_("Say until which day the author is blocked."),
            ),
        ]
        indexes = [models.Index(fields=["organization", "-made_at"], name="decision_organization_moment")]

    def __str__(self) -> str:
        return f"№ {self.number}"


class Evidence(models.Model):
    """A screenshot or file kept with a decision, as it was. Reached only through a view that checks access."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="evidence", verbose_name=_("decision"))
    file = models.FileField(_("file"), upload_to="evidence/%Y/%m")
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size, bytes"))
    sha256 = models.CharField(_("checksum"), max_length=64)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
