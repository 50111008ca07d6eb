"""The form of an explanation."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from compliance.models import Circumstance, CircumstanceKind
from people.models import Organization, User
from people.roles import Permission
from people.weeks import Week
from registry.models import Account

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[Circumstance]
else:
    BaseForm = forms.ModelForm


class CircumstanceForm(BaseForm):
    """Whom it is about, what, from when to when, and why."""

    about = forms.ChoiceField(label=_("Whom it is about"))

    class Meta:
        model = Circumstance
        fields = ("kind", "starts_on", "ends_on", "reason")
        labels: ClassVar[dict[str, Any]] = {
            "kind": _("What is it"),
            "starts_on": _("From"),
            "ends_on": _("To, inclusive"),
            "reason": _("Reason"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "reason": _(
                "Stands beside the result, in the export and in the letter. Example: the settlement had no internet."
            ),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "kind": forms.RadioSelect,
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "reason": forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        }

    field_order = ("about", "kind", "starts_on", "ends_on", "reason")

    def __init__(self, *args: Any, user: User, week: Week, about: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": week.monday, "ends_on": week.sunday, "about": about}
        super().__init__(*args, **kwargs)
        self._bodies = {
            body.pk: body
            for body in Organization.objects.where_may(user, Permission.EXPLAIN_WEEK).filter(is_active=True)
        }
        accounts = Account.objects.active().filter(organization__in=self._bodies.keys()).for_listing()
        self._accounts = {account.pk: account for account in accounts}
        cast("forms.ChoiceField", self.fields["kind"]).choices = CircumstanceKind.choices  # no empty button
        self._choices()

    def _choices(self) -> None:
        kept: dict[int, list[tuple[str, str]]] = {}
        for account in self._accounts.values():
            words = (f"account-{account.pk}", f"{account.network}: {account.name}")
            kept.setdefault(account.organization_id, []).append(words)
        groups = [
            (body.short_name, [(f"body-{body.pk}", _("all accounts of the body")), *kept[body.pk]])
            for body in self._bodies.values()
            if body.pk in kept
        ]
        cast("forms.ChoiceField", self.fields["about"]).choices = [("", _("choose")), *groups]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", ValidationError(_("The last day cannot come before the first.")))
        kind, _dash, pk = str(data.get("about", "")).partition("-")
        if kind == "account":
            self.instance.account = self._accounts[int(pk)]
            self.instance.organization = self.instance.account.organization
        elif kind == "body":
            self.instance.organization = self._bodies[int(pk)]
        return data
