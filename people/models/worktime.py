"""When a body works: its hours by weekday, and the days that differ from the calendar of the country."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models.organizations import Organization


class Weekday(models.IntegerChoices):
    """Days of the week, numbered as ISO numbers them."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class WorkHours(models.Model):
    """The hours of one weekday. A body with any row works by its own rows alone, else as the body above it."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="work_hours", verbose_name=_("organization")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    starts = models.TimeField(pgettext_lazy("time of day", "from"))
    ends = models.TimeField(pgettext_lazy("time of day", "to"))
    lunch_starts = models.TimeField(_("lunch from"), null=True, blank=True)
    lunch_ends = models.TimeField(_("lunch to"), null=True, blank=True)

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ("organization", "weekday")
        constraints = [
            models.UniqueConstraint(name="work_hours_once_per_weekday", fields=["organization", "weekday"]),
            models.CheckConstraint(
                name="work_hours_end_after_they_start",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=_("The working day cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="work_hours_lunch_within_the_day",
                condition=(
                    Q(lunch_starts__isnull=True, lunch_ends__isnull=True)
                    # Said outright: a comparison with nothing is neither true nor false, and would pass.
                    | Q(
                        lunch_starts__isnull=False,
                        lunch_ends__isnull=False,
                        lunch_starts__gte=F("starts"),
                        lunch_ends__gt=F("lunch_starts"),
                        ends__gte=F("lunch_ends"),
                    )
                ),
                violation_error_message=_("Lunch lies within the working day: give both its beginning and its end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.starts:%H:%M}–{self.ends:%H:%M}"


class SpecialDay(models.Model):
    """A day on which a body and all below it differ from the calendar of Russia: off there, or worked there."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="special_days", verbose_name=_("organization")
    )
    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("a working day"), default=False, help_text=_("Empty: a day off."))
    title = models.CharField(_("name"), max_length=120, help_text=_("For example: Day of the district."))

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ("-day", "organization")
        constraints = [models.UniqueConstraint(name="special_day_once_per_body", fields=["organization", "day"])]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if not self.title.strip():
            raise ValidationError({"title": _("Say what day it is.")})
