"""The form of a new key of a program."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people.forms import OrganizationChoice
from people.models import ApiKey, Organization, Scope, User
from people.roles import Permission

LONGEST = timedelta(days=366)
# Those that something answers to.
GIVEN = (Scope.REGISTRY_READ, Scope.MESSAGES_WRITE)


def _in_a_year() -> date:
    return timezone.localdate() + timedelta(days=365)


def _scopes() -> list[tuple[str, SafeString]]:
    return [(scope.value, format_html("{} <code>{}</code>", capfirst(scope.label), scope.value)) for scope in GIVEN]


class KeyForm(forms.Form):
    """For whom, for what and how long."""

    name = forms.CharField(
        label=capfirst(_("which program")), max_length=120, help_text=ApiKey._meta.get_field("name").help_text
    )
    organization = OrganizationChoice(
        Organization.objects.none(),
        label=capfirst(_("organization")),
        help_text=ApiKey._meta.get_field("organization").help_text,
    )
    scopes = forms.MultipleChoiceField(
        label=capfirst(_("what it opens")), choices=_scopes, widget=forms.CheckboxSelectMultiple
    )
    last_day = forms.DateField(
        label=capfirst(_("last day")),
        initial=_in_a_year,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A year at most; then a new key is given."),
    )

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        mine = Organization.objects.filter(by.reach(Permission.MANAGE_KEYS, "")).order_by("path")
        self.fields["organization"].queryset = mine  # type: ignore[attr-defined]

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise ValidationError(_("Choose a day from today to a year ahead."))
        return day

    @property
    def expires_at(self) -> datetime:
        """The midnight that ends the last day."""
        following = self.cleaned_data["last_day"] + timedelta(days=1)
        return datetime.combine(following, time.min, timezone.get_current_timezone())
