"""Files that take longer than a request: a worker makes them, their maker watches and fetches them."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Organization, User

# A file is there to be fetched, not to be kept.
KEPT_FOR = timedelta(days=1)
STALLED_AFTER = timedelta(minutes=10)


class ExportState(models.TextChoices):
    """How far a file is."""

    RUNNING = "running", pgettext_lazy("export", "being made")
    READY = "ready", pgettext_lazy("export", "ready")
    FAILED = "failed", pgettext_lazy("export", "not made")


class ExportJob(models.Model):
    """One file asked for: whose plans, of which days, in which format."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    first = models.DateField(_("from"))
    last = models.DateField(_("to, inclusive"))
    only_approved = models.BooleanField(_("only what is approved"), default=False)
    format = models.CharField(_("format"), max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=ExportState, default=ExportState.RUNNING)
    total = models.PositiveIntegerField(_("posts"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    active_at = models.DateTimeField(_("last step"), default=timezone.now)
    file = models.FileField(_("file"), upload_to="exports/", blank=True)
    # Whose plans the file holds: it is given out while its maker sees every one of these bodies.
    bodies = models.JSONField(_("organizations in the file"), default=list, editable=False)
    made_by = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("export of plans")
        verbose_name_plural = _("exports of plans")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.organization or _('All bodies you see')}, {self.first} – {self.last}"

    @property
    def is_running(self) -> bool:
        return self.state == ExportState.RUNNING and self.active_at > timezone.now() - STALLED_AFTER

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY
