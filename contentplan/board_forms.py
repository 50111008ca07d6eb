"""Small forms around the week board: another time, habitual times, repeating posts, templates, ideas."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contentplan.actions.repeating import RepeatedContent
from contentplan.actions.templates import TemplateContent
from contentplan.forms import DEFAULT_TIME, TIME_INPUT, TextField
from contentplan.models import PostFormat, Rubric
from people.models import Organization
from registry.models import Account

WEEKDAYS = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _rubrics(**kwargs: Any) -> "forms.ModelChoiceField[Rubric]":
    rubrics = Rubric.objects.filter(is_active=True)
    return forms.ModelChoiceField(
        rubrics, label=_("Rubric"), required=False, empty_label=_("without a rubric"), **kwargs
    )


class MoveForm(forms.Form):
    """Another day and time of a post."""

    day = forms.DateField(label=_("Day"), widget=_date_input())
    time = forms.TimeField(label=_("Time"), widget=TIME_INPUT)

    def moment(self, organization: Organization) -> datetime:
        values = self.cleaned_data
        return datetime.combine(values["day"], values["time"], tzinfo=organization.zone)


class OfAccountsForm(forms.Form):
    """Something about accounts of one body."""

    accounts = forms.ModelMultipleChoiceField(
        Account.objects.none(),
        label=_("Where it comes out"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one account.")},
    )

    def __init__(self, data: Any = None, *, accounts: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["accounts"]
        field.queryset = Account.objects.filter(pk__in=[account.pk for account in accounts])  # type: ignore[attr-defined]
        field.choices = [(account.pk, str(account.network)) for account in accounts]  # type: ignore[attr-defined]


class SlotForm(OfAccountsForm):
    """Habitual times: one hour on several weekdays for several accounts at once."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    at = forms.TimeField(label=_("Time"), widget=TIME_INPUT, initial=DEFAULT_TIME)
    rubric = _rubrics(help_text=_("The new post gets it by itself."))

    field_order = ("weekdays", "at", "accounts", "rubric")


class RepetitionForm(OfAccountsForm):
    """A post that comes again every so many weeks."""

    topic = forms.CharField(
        label=_("Topic"), max_length=200, error_messages={"required": _("Write what the post is about.")}
    )
    text = TextField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Each draft gets it; you mend it there before sending."),
    )
    weekday = forms.TypedChoiceField(label=_("Day of the week"), choices=WEEKDAYS, coerce=int)
    at = forms.TimeField(label=_("Time"), widget=TIME_INPUT, initial=DEFAULT_TIME)
    every_weeks = forms.TypedChoiceField(
        label=_("How often"),
        coerce=int,
        choices=[
            (1, _("every week")),
            (2, _("every second week")),
            (3, _("every third week")),
            (4, _("every fourth week")),
        ],
    )
    starts_on = forms.DateField(label=_("Beginning on"), widget=_date_input())
    ends_on = forms.DateField(
        label=_("Ending on"),
        widget=_date_input(),
        required=False,
        help_text=_("Leave it empty to repeat until you end it."),
    )
    format = forms.ModelChoiceField(PostFormat.objects.all(), label=_("Format"), empty_label=None)
    rubric = _rubrics()

    field_order = ("topic", "text", "weekday", "at", "every_weeks", "accounts")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (end := values.get("ends_on")) and (start := values.get("starts_on")) and end < start:
            self.add_error("ends_on", _("It ends before it begins: choose a later day."))
        return values

    @property
    def content(self) -> RepeatedContent:
        return RepeatedContent(**{**self.cleaned_data, "accounts": tuple(self.cleaned_data["accounts"])})


class TemplateForm(forms.Form):
    """A post to begin from."""

    name = forms.CharField(
        label=_("Name of the template"),
        max_length=100,
        help_text=_("By which you will find it: “Outage of water”."),
        error_messages={"required": _("Give the template a name.")},
    )
    topic = forms.CharField(label=_("Topic"), max_length=200, required=False)
    text = TextField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    format = forms.ModelChoiceField(
        PostFormat.objects.all(), label=_("Format"), required=False, empty_label=_("any format")
    )
    rubric = _rubrics()

    @property
    def content(self) -> TemplateContent:
        return TemplateContent(**self.cleaned_data)


class IdeaForm(forms.Form):
    """One line is enough."""

    topic = forms.CharField(
        label=_("Idea"), max_length=200, error_messages={"required": _("Write the idea in a few words.")}
    )
