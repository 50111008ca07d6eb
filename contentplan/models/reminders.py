"""That somebody was reminded of a plan that is due."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Organization


class ReminderStep(models.TextChoices):
    """Who is reminded, one after another, while the plan is not handed in."""

    AUTHOR = "author", pgettext_lazy("reminded", "the author")
    DEPUTY = "deputy", pgettext_lazy("reminded", "the deputy")
    HEAD = "head", pgettext_lazy("reminded", "the head")
    DEPARTMENT = "department", pgettext_lazy("reminded", "the department")


class PlanReminder(models.Model):
    """One step of the ladder for one body and week. Exists once, however often the task runs."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="plan_reminders", verbose_name=_("organization")
    )
    monday = models.DateField(_("week from"))
    step = models.CharField(_("step"), max_length=12, choices=ReminderStep)
    made_at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("reminder of a plan")
        verbose_name_plural = _("reminders of plans")
        ordering = ("-monday", "organization", "pk")
        constraints = [
            models.UniqueConstraint(name="plan_reminder_once_per_step", fields=["organization", "monday", "step"]),
            models.CheckConstraint(name="plan_reminder_week_starts_on_monday", condition=Q(monday__iso_week_day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.monday}: {self.get_step_display()}"
