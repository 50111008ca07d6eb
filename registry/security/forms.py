"""What people type about the security of accounts. What looks like a secret is refused and forgotten at once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Organization, User
from registry.forms import DateInput
from registry.models import RightsHolder, RightsLevel, SecurityItem, SecurityReply
from registry.security.checklist import Reply
from registry.security.holders import Person, colleagues, full_name
from registry.security.secret_words import looks_secret

SECRET = _(
    "This looks like a password, a code or a key. The portal keeps none: what you typed here has been thrown away. "
    "Write it again without it, and if it was a real one, change it."
)


class NoSecretsForm(forms.Form):
    """Takes what looks like a secret out of the data before anything else sees it, also the page that comes back."""

    forgotten: list[str] = []  # fields whose text was thrown away

    def full_clean(self) -> None:
        self.forgotten = self._forget_secrets() if self.is_bound else []
        super().full_clean()
        for name in self.forgotten:
            self.errors.pop(name, None)
            self.add_error(name, ValidationError(SECRET, code="secret"))

    def _forget_secrets(self) -> list[str]:
        texts = [name for name, field in self.fields.items() if type(field) is forms.CharField]
        held = {name: self.data.get(self.add_prefix(name)) or "" for name in texts}
        refused = [name for name, text in held.items() if looks_secret(text)]
        if refused:
            kept = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
            for name in refused:
                kept[self.add_prefix(name)] = ""
            self.data = kept
        return refused


def _not_ahead(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."))


class AnswerForm(NoSecretsForm):
    """The checklist of one account; what is not marked stays as it was."""

    done_on = forms.DateField(
        label=_("When it was done or looked at"),
        widget=DateInput,
        initial=timezone.localdate,
        validators=[_not_ahead],
        help_text=_("Holds for everything marked below. For another day send the form again."),
    )

    def __init__(self, *args: Any, items: Iterable[SecurityItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"item_{item.pk}"] = forms.ChoiceField(
                label=item.text,
                help_text=item.hint,
                choices=SecurityReply.choices,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=_("Note"),
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("Note")}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for item in self.items:
            if data.get(f"item_{item.pk}") == SecurityReply.NO and not data.get(f"note_{item.pk}"):
                self.add_error(f"note_{item.pk}", _("Say what is missing and until when."))
        if not self.errors and not self.replies:
            raise ValidationError(_("Mark at least one item."))
        return data

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each item with the field of its note."""
        return [(self[f"item_{item.pk}"], self[f"note_{item.pk}"]) for item in self.items]

    @property
    def replies(self) -> list[Reply]:
        data = self.cleaned_data
        given = [(item, data.get(f"item_{item.pk}"), data.get(f"note_{item.pk}", "")) for item in self.items]
        return [Reply(item, reply, note) for item, reply, note in given if reply]


class PersonForm(NoSecretsForm):
    """Somebody of the portal, or anybody else by name and post."""

    person = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)
    name = forms.CharField(
        label=_("Surname, name, patronymic"),
        required=False,
        max_length=150,
        help_text=_("If the person is not in the list."),
    )
    job_title = forms.CharField(label=pgettext_lazy("in an office", "post"), required=False, max_length=200)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: dict[int, User] = {user.pk: user for user in colleagues(organization)}
        choices = [(pk, f"{full_name(user)}, {user.job_title}".rstrip(", ")) for pk, user in self.known.items()]
        self.fields["person"].choices = [("", _("another person")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("person") and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Choose a person or write the name."))
        return data

    @property
    def chosen(self) -> Person:
        data = self.cleaned_data
        if user := self.known.get(data["person"] or 0):
            return Person(full_name(user), data["job_title"] or user.job_title, user)
        return Person(data["name"], data["job_title"])


class HolderForm(PersonForm):
    """Who holds rights to a page, which, and since when."""

    level = forms.ChoiceField(label=pgettext_lazy("handover", "Rights"), choices=RightsLevel.choices)
    since = forms.DateField(label=_("Since"), widget=DateInput, initial=timezone.localdate, validators=[_not_ahead])


class EndForm(forms.Form):
    """On which day the rights were taken away."""

    until = forms.DateField(
        label=_("Last day with these rights"), widget=DateInput, initial=timezone.localdate, validators=[_not_ahead]
    )


class HandoverForm(PersonForm):
    """Which rights go over to whom, and when."""

    rights = forms.TypedMultipleChoiceField(
        label=_("What is handed over"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    handed_on = forms.DateField(label=_("Date of the act"), widget=DateInput, initial=timezone.localdate)
    field_order = ("rights", "person", "name", "job_title", "handed_on")

    def __init__(self, *args: Any, rights: list[RightsHolder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {one.pk: one for one in rights}
        words = [(pk, f"{one.account.name}: {one.get_level_display()}") for pk, one in self.held.items()]
        self.fields["rights"].choices = words  # type: ignore[attr-defined]
        self.initial.setdefault("rights", list(self.held))
        self.fields["person"].label = _("Who takes over")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and self.chosen.name == next(iter(self.held.values())).name:
            self.add_error("person", _("Choose somebody else: nobody hands over to oneself."))
        return data

    @property
    def chosen_rights(self) -> list[RightsHolder]:
        return [self.held[pk] for pk in self.cleaned_data["rights"]]


class LossForm(NoSecretsForm):
    """What happened, in a few words."""

    note = forms.CharField(
        label=_("What happened"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the department: since when, what can be seen. No passwords and no codes."),
    )
