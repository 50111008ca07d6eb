"""A registry somebody keeps in Excel or Word, row by row: what was read, what was mended, which entry each became."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Organization, User
from people.roles import Permission
from people.tables.brought import BroughtTable
from registry.models.accounts import Account


class RowState(models.TextChoices):
    """What a row will do, or has done; what needs the person stands first."""

    BAD = "bad", pgettext_lazy("row", "To be mended")
    NEW = "new", pgettext_lazy("row of an import", "New")
    CHANGED = "changed", pgettext_lazy("row", "Changed")
    SAME = "same", pgettext_lazy("row", "Without changes")
    TAKEN = "taken", pgettext_lazy("row", "Taken")
    UNCHECKED = "unchecked", pgettext_lazy("row", "Not checked yet")


WILL_BE_TAKEN = (RowState.NEW, RowState.CHANGED)


class ImportStep(models.TextChoices):
    """What a worker does to the rows of an import."""

    CHECK = "check", pgettext_lazy("import", "rows are being checked")
    TAKE = "take", pgettext_lazy("import", "rows are being taken")


class EntryImportQuerySet(models.QuerySet["EntryImport"]):
    """Phrases about imports."""

    def visible_to(self, user: User) -> "EntryImportQuerySet":
        """What a table holds is for those who keep the registry."""
        return self.filter(user.reach(Permission.EDIT_REGISTRY))

    def left_behind(self, since: datetime) -> "EntryImportQuerySet":
        """Those whose work has shown no sign of life since: the worker was killed."""
        return self.exclude(step="").filter(active_at__lt=since)

    def with_counts(self) -> "EntryImportQuerySet":
        """Each with `rows_in_all` and `rows_taken`."""
        taken = models.Count("rows", filter=Q(rows__state=RowState.TAKEN))
        return self.annotate(rows_in_all=models.Count("rows"), rows_taken=taken)


class EntryImport(BroughtTable):
    """A pasted or uploaded table; `organization` is the body whose registry it is, with those below it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("organization"))
    # What is being done to the rows, and for whom; it goes on until it is done, whatever becomes of a worker.
    step = models.CharField(_("what is being done"), max_length=8, choices=ImportStep, blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )

    objects = EntryImportQuerySet.as_manager()

    class Meta(BroughtTable.Meta):
        verbose_name = _("import of the registry")
        verbose_name_plural = _("imports of the registry")


class EntryImportRowQuerySet(models.QuerySet["EntryImportRow"]):
    """Phrases about rows."""

    def visible_to(self, user: User) -> "EntryImportRowQuerySet":
        return self.filter(user.reach(Permission.EDIT_REGISTRY, "entry_import__organization"))

    def waiting(self) -> "EntryImportRowQuerySet":
        """Not taken yet."""
        return self.exclude(state=RowState.TAKEN)


class EntryImportRow(models.Model):
    """One page named by one line of the table: a line with three links makes three rows (`part` 0, 1, 2).

    `mended` holds what was typed over the cells, by meaning; `findings` what is wrong with them or, of a good row, what
    is to be known before it is taken, by meaning; `changes` what an entry will get, `[[field, before, after]]`; the
    last judgement stands here so that lists are read, not made.
    """

    entry_import = models.ForeignKey(
        EntryImport, models.CASCADE, related_name="rows", verbose_name=_("import of the registry")
    )
    number = models.PositiveIntegerField(_("number"))
    part = models.PositiveSmallIntegerField(_("part"), default=0)
    cells = models.JSONField(_("cells"), default=list)
    mended = models.JSONField(_("mended"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=RowState, default=RowState.BAD)
    findings = models.JSONField(_("findings"), default=dict)
    changes = models.JSONField(_("changes"), default=list)
    words = models.CharField(_("in short"), max_length=400, blank=True)
    # The page the row names: what two rows name is taken once.
    key = models.CharField(max_length=400, blank=True, editable=False)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)

    objects = EntryImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ("entry_import", "number", "part")
        constraints = [
            models.UniqueConstraint(name="entry_import_row_once", fields=["entry_import", "number", "part"]),
            models.CheckConstraint(
                name="entry_import_row_taken_when", condition=Q(taken_at__isnull=True) ^ Q(state=RowState.TAKEN)
            ),
        ]
        indexes = [models.Index(fields=["entry_import", "state"], name="entry_import_row_state")]

    def __str__(self) -> str:
        return f"{self.entry_import}, {self.number}"
