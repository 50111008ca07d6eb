"""A table somebody brought, kept to be looked at before anything is written: what every room's import has."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import User

# No sign of life for so long: whoever took the rows was interrupted, they may be taken again.
STALLED_AFTER = timedelta(minutes=5)


class BroughtTable(models.Model):
    """A pasted or uploaded table, with what its columns mean."""

    name = models.CharField(_("file"), max_length=150, blank=True)
    header = models.JSONField(_("header"), default=list)
    # For each column what it means (the room's `imports.columns.Meaning`), or "".
    columns = models.JSONField(_("columns"), default=list)
    # The last sign of life of the one that takes the rows; nothing while nobody does.
    active_at = models.DateTimeField(_("last step"), null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        abstract = True
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name or str(_("Pasted table"))

    @property
    def is_running(self) -> bool:
        return self.active_at is not None and self.active_at > timezone.now() - STALLED_AFTER

    @property
    def is_stalled(self) -> bool:
        """It ought to run, and nothing has happened for a while."""
        return self.active_at is not None and not self.is_running
