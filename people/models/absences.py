"""Who is away, and who stands in."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.organizations import Organization
from people.models.persons import User


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Phrases about absences."""

    def on(self, day: date) -> "AbsenceQuerySet":
        """Those that hold on the day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def ongoing(self) -> "AbsenceQuerySet":
        """Not over yet, begun or not."""
        return self.filter(ends_on__gte=timezone.localdate())

    def now_in_for(self, deputy: User) -> "AbsenceQuerySet":
        """Those in which the person stands in today."""
        return self.on(timezone.localdate()).filter(deputy=deputy).select_related("user")


class Absence(models.Model):
    """A person is away from a day to a day (both included); what the person is told goes to the deputy."""

    user = models.ForeignKey(User, models.CASCADE, related_name="absences", verbose_name=_("who is away"))
    deputy = models.ForeignKey(User, models.PROTECT, related_name="substitutions", verbose_name=_("deputy"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"), editable=False)
    made_at = models.DateTimeField(_("at"), db_default=Now(), editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                name="absence_deputy_is_somebody_else",
                condition=~Q(deputy=F("user")),
                violation_error_message=_("Nobody stands in for themselves. Choose a colleague."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.deputy}"

    def whose(self) -> Organization | None:
        """The body that keeps the record of this absence."""
        return self.user.first_organization()

    def clean(self) -> None:
        """Two absences of a person never hold on the same day: it must be clear who stands in."""
        if self.starts_on is None or self.ends_on is None:
            return
        others = Absence.objects.exclude(pk=self.pk).filter(user=self.user_id)
        if others.filter(starts_on__lte=self.ends_on, ends_on__gte=self.starts_on).exists():
            raise ValidationError(_("These days meet another absence. Take that one back first, or choose other days."))
