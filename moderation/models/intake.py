"""Messages of citizens in a table somebody brought, row by row: what was read, what was mended, what each became."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moderation.models.messages import Message
from people.models import User
from people.tables.brought import BroughtTable


class RowState(models.TextChoices):
    """What a row will do, or has done; what needs the person stands first."""

    BAD = "bad", pgettext_lazy("row", "To be mended")
    NEW = "new", pgettext_lazy("row of an import", "New")
    KNOWN = "known", _("In the portal already")
    TAKEN = "taken", pgettext_lazy("row", "Taken")


class MessageImportQuerySet(models.QuerySet["MessageImport"]):
    """Phrases about imports."""

    def visible_to(self, user: User) -> "MessageImportQuerySet":
        """Citizens' words as they came: for whoever brought them, and for nobody else."""
        return self.filter(made_by=user)

    def with_counts(self) -> "MessageImportQuerySet":
        """Each with `rows_in_all` and `rows_taken`."""
        taken = models.Count("rows", filter=Q(rows__state=RowState.TAKEN))
        return self.annotate(rows_in_all=models.Count("rows"), rows_taken=taken)


class MessageImport(BroughtTable):
    """A pasted or uploaded table of messages; forgotten after a term, with the rows nobody mended."""

    objects = MessageImportQuerySet.as_manager()

    class Meta(BroughtTable.Meta):
        verbose_name = _("import of messages")
        verbose_name_plural = _("imports of messages")


class MessageImportRowQuerySet(models.QuerySet["MessageImportRow"]):
    """Phrases about rows."""

    def visible_to(self, user: User) -> "MessageImportRowQuerySet":
        return self.filter(message_import__made_by=user)

    def waiting(self) -> "MessageImportRowQuerySet":
        """Not taken yet."""
        return self.exclude(state=RowState.TAKEN)


class MessageImportRow(models.Model):
    """One row: `mended` holds what was typed over the cells, `findings` what is wrong with them, both by meaning.

    The last judgement stands here, so that lists are read, not made. A taken row keeps no words of the citizen.
    """

    message_import = models.ForeignKey(
        MessageImport, models.CASCADE, related_name="rows", verbose_name=_("import of messages")
    )
    number = models.PositiveIntegerField(_("number"))
    cells = models.JSONField(_("cells"), default=list)
    mended = models.JSONField(_("mended"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=RowState, default=RowState.BAD)
    findings = models.JSONField(_("findings"), default=dict)
    words = models.CharField(_("in short"), max_length=400, blank=True)
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("message")
    )
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)

    objects = MessageImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ("message_import", "number")
        constraints = [
            models.UniqueConstraint(name="message_import_row_once", fields=["message_import", "number"]),
            models.CheckConstraint(
                name="message_import_row_taken_when", condition=Q(taken_at__isnull=True) ^ Q(state=RowState.TAKEN)
            ),
        ]
        indexes = [models.Index(fields=["message_import", "state", "number"], name="message_import_row_state")]

    def __str__(self) -> str:
        return f"{self.message_import}, {self.number}"
