"""Forms of people: invitation, one more role, filters, the first password."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import absences, audit
from people.actions import Invitation
from people.models import Absence, MailChoice, Organization, User
from people.roles import ROLE_DESCRIPTIONS, Permission, Role

if TYPE_CHECKING:
    BaseChoice = forms.ModelChoiceField[Organization]
else:
    BaseChoice = forms.ModelChoiceField


class OrganizationChoice(BaseChoice):
    """The tree as a list: what lies below stands further in."""

    def label_from_instance(self, obj: Organization) -> str:
        return f"{'  ' * (obj.depth - 1)}{obj.short_name}"


def _described_roles() -> list[tuple[str, SafeString]]:
    sample = "<b>{}</b><small>{}</small>"
    return [(role.value, format_html(sample, role.label.capitalize(), ROLE_DESCRIPTIONS[role])) for role in Role]


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget)


class RoleForm(forms.Form):
    """What somebody becomes, and where."""

    organization = OrganizationChoice(
        Organization.objects.none(), label=_("Organization"), empty_label=_("choose a body")
    )
    role = forms.ChoiceField(label=_("Role"), choices=_described_roles, widget=forms.RadioSelect)
    starts_on = _day(_("From"), _("Empty: from today."))
    ends_on = _day(_("Last day"), _("Empty: without an end."))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organization"]
        field.queryset = Organization.objects.where_may(by, Permission.MANAGE_PEOPLE).filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot come before the first."))
        return data


class InvitationForm(RoleForm):
    """A letter with a link goes to the person, who sets the password; nobody else ever types it."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The invitation goes there."))
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    first_name = forms.CharField(label=_("First name"), max_length=150)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=150, required=False)
    job_title = forms.CharField(
        label=pgettext_lazy("in an office", "Post"),
        max_length=200,
        required=False,
        help_text=_("For example: specialist of the first category."),
    )
    field_order = ["last_name", "first_name", "patronymic", "email", "job_title", "organization", "role"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        del self.fields["starts_on"], self.fields["ends_on"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email, is_active=False).exists():
            raise ValidationError(_("This person is switched off. Switch them on first."))
        return email

    @property
    def invitation(self) -> Invitation:
        data = self.cleaned_data
        return Invitation(**{**data, "role": Role(data["role"])})


def _mail_choices() -> list[tuple[str, SafeString]]:
    sample = "<b>{}</b><small>{}</small>"
    meaning = {
        MailChoice.AT_ONCE: _("What happens within a few minutes comes as one letter, in working hours."),
        MailChoice.DAILY: _("In the morning of a working day: what you have not read yet. No news, no letter."),
        MailChoice.PORTAL: _("No letters: only the bell at the top of the page."),
    }
    return [(one.value, format_html(sample, one.label.capitalize(), meaning[one])) for one in MailChoice]


class PeopleFilter(forms.Form):
    q = forms.CharField(label=_("Name, e-mail or post"), required=False)
    organization = OrganizationChoice(
        Organization.objects.none(), label=_("Organization"), required=False, empty_label=_("any")
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("any")), *Role.choices], required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("any")), ("invited", _("invited")), ("off", _("switched off"))],
        required=False,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organization"]
        field.queryset = Organization.objects.where_may(by, Permission.MANAGE_PEOPLE)


def _kind_choices() -> list[tuple[str, str]]:
    kinds = [(f"{kind.app_label}.{kind.model}", str(kind.name).capitalize()) for kind in audit.kinds()]
    return [("", str(_("any"))), *kinds]


class AuditFilter(forms.Form):
    person = forms.ModelChoiceField(User.objects.none(), label=_("Who did it"), required=False, empty_label=_("any"))
    kind = forms.ChoiceField(label=_("What was changed"), choices=_kind_choices, required=False)
    since = _day(_("From"))
    until = _day(_("To"))
    object = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = User.objects.visible_to(by)

    def clean_kind(self) -> ContentType | None:
        app, _dot, model = self.cleaned_data["kind"].partition(".")
        return ContentType.objects.get_by_natural_key(app, model) if model else None


class FirstPasswordForm(forms.Form):
    """The password of somebody who was invited."""

    password = forms.CharField(
        label=_("Think of a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(map(str, password_validators_help_texts()))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ."))
        elif password:
            self._check(password)
        return data

    def _check(self, password: str) -> None:
        try:
            validate_password(password, self.user)
        except ValidationError as error:
            self.add_error("password", error)


class MailChoiceForm(forms.Form):
    """How letters about what happens come."""

    mail_choice = forms.ChoiceField(label=_("Letters"), choices=_mail_choices, widget=forms.RadioSelect)


if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[User]
else:
    PersonChoice = forms.ModelChoiceField


class DeputyChoice(PersonChoice):
    """A colleague, with the post the person holds."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj}, {obj.job_title}" if obj.job_title else str(obj)


class AbsenceForm(forms.Form):
    """From when to when somebody is away, and who stands in."""

    starts_on = _day(_("First day away"))
    ends_on = _day(_("Last day away"))
    deputy = DeputyChoice(User.objects.none(), label=_("Who stands in"), empty_label=_("choose a colleague"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["starts_on"].required = self.fields["ends_on"].required = True
        field: Any = self.fields["deputy"]
        field.queryset = absences.candidates(person)
        field.error_messages["invalid_choice"] = _("Choose a colleague of the same body or of the department.")

    def clean_ends_on(self) -> date:
        last: date = self.cleaned_data["ends_on"]
        if last < timezone.localdate():
            raise ValidationError(_("These days are over already."))
        return last

    def clean(self) -> dict[str, Any]:
        """The days are looked at together, as the absence itself does."""
        data = super().clean() or {}
        if not self.errors:
            absence = Absence(user=self.person, made_by=self.person, **data)
            absence.full_clean()
        return data
