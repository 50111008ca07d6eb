"""A table somebody brought, row by row: what was read, what was mended, which post each row became."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contentplan.models.posts import PlannedPost
from people.models import Organization, User
from people.roles import Permission
from people.tables.brought import STALLED_AFTER, BroughtTable
from people.weeks import Week


class ImportState(models.TextChoices):
    """How far an import is."""

    PREVIEW = "preview", pgettext_lazy("import", "to be looked at")
    RUNNING = "running", pgettext_lazy("import", "being taken")
    DONE = "done", pgettext_lazy("import", "taken")


class PlanImportQuerySet(models.QuerySet["PlanImport"]):
    """Phrases about imports."""

    def visible_to(self, user: User) -> "PlanImportQuerySet":
        """What a table holds is for those who write for the body."""
        return self.filter(user.reach(Permission.WRITE_PLAN))

    def with_counts(self) -> "PlanImportQuerySet":
        """Each with `rows_in_all` and `rows_taken`."""
        return self.annotate(
            rows_in_all=models.Count("rows"), rows_taken=models.Count("rows", filter=Q(rows__taken_at__isnull=False))
        )


class PlanImport(BroughtTable):
    """A pasted or uploaded table for the plans of one body."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("organization"))
    # «Пн» without a date is of this week.
    monday = models.DateField(_("week from"))
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.PREVIEW)

    objects = PlanImportQuerySet.as_manager()

    class Meta(BroughtTable.Meta):
        verbose_name = _("import of a plan")
        verbose_name_plural = _("imports of plans")
        constraints = [models.CheckConstraint(name="import_week_starts_on_monday", condition=Q(monday__iso_week_day=1))]

    @property
    def week(self) -> Week:
        return Week(self.monday)

    @property
    def is_running(self) -> bool:
        return self.state == ImportState.RUNNING and not self.is_stalled

    @property
    def is_stalled(self) -> bool:
        """It ought to run, and nothing has happened for a while."""
        return (
            self.state == ImportState.RUNNING
            and self.active_at is not None
            and self.active_at < timezone.now() - STALLED_AFTER
        )


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Phrases about rows."""

    def visible_to(self, user: User) -> "ImportRowQuerySet":
        return self.filter(user.reach(Permission.WRITE_PLAN, "plan_import__organization"))

    def waiting(self) -> "ImportRowQuerySet":
        """Not in the plan yet."""
        return self.filter(taken_at=None)


class ImportRow(models.Model):
    """One row of the table. `mended` holds what was typed over the cells, by meaning."""

    plan_import = models.ForeignKey(PlanImport, models.CASCADE, related_name="rows", verbose_name=_("import of a plan"))
    number = models.PositiveIntegerField(_("number"))
    cells = models.JSONField(_("cells"), default=list)
    mended = models.JSONField(_("mended"), default=dict)
    # Of what the row said when it was taken: the same table brought again makes nothing twice.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    # Nothing: the post was deleted since.
    post = models.ForeignKey(
        PlannedPost, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("post")
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ("plan_import", "number")
        constraints = [
            models.UniqueConstraint(name="import_row_number_once", fields=["plan_import", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.plan_import}, {self.number}"
