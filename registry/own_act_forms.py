"""What is asked when the own act of a body takes a step."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.addresses import check_linkable
from registry.models.own_acts import OwnActState


class MoveForm(forms.Form):
    """The next state; an adopted act has a number and a date, a published one a link as well."""

    state = forms.ChoiceField(label=gettext_lazy("New state"))
    number = forms.CharField(label=gettext_lazy("Number of the act"), max_length=60, required=False)
    signed_on = forms.DateField(
        label=gettext_lazy("Signed on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    url = forms.URLField(
        label=gettext_lazy("Link to the published act"),
        max_length=200,
        required=False,
        assume_scheme="https",
        validators=[check_linkable],
    )
    seen = forms.ChoiceField(choices=OwnActState.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, states: list[OwnActState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(one.value, one.label) for one in states]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        state = data.get("state")
        if state in (OwnActState.ADOPTED, OwnActState.PUBLISHED):
            for name in ("number", "signed_on"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("An adopted act has a number and a date."))
        if state == OwnActState.PUBLISHED and not data.get("url") and "url" not in self.errors:
            self.add_error("url", _("Give the link under which the act can be read."))
        return data
