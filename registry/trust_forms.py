"""What is typed about the signs of trust of a page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.forms import DateInput
from registry.models import Account, TrustSign, TrustState
from registry.trust import Finding, lacking

_HINTS = {
    TrustSign.SITE_LINKS: _("Open the official site and follow its link: it must lead to this very page."),
    TrustSign.LINKS_SITE: _("The description of the page leads to the official site."),
    TrustSign.STATE_MARK: _("A network that gives no such mark: does not apply."),
    TrustSign.A_PLUS: _("For channels of more than 10,000 subscribers, by the number of the entry."),
    TrustSign.TWO_PEOPLE: _("A matter of security: never shown outside the portal."),
}


class TrustForm(forms.Form):
    """What was found of each sign; what is not marked stays as it was."""

    checked_on = forms.DateField(
        label=_("When you looked"),
        widget=DateInput,
        initial=timezone.localdate,
        help_text=_("Holds for everything marked below. For another day send the form again."),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.lacks_mark = False  # the mark was seen, and the entry does not say so yet
        for sign in TrustSign:
            self.fields[f"state_{sign}"] = forms.ChoiceField(
                label=sign.label,
                help_text=_HINTS[sign],
                choices=TrustState.choices,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"note_{sign}"] = forms.CharField(
                label=_("Note"),
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("Note")}),
            )

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for sign in TrustSign:
            if data.get(f"state_{sign}") == TrustState.YES and (sentence := lacking(self.account, sign)):
                self.lacks_mark = self.lacks_mark or sign == TrustSign.STATE_MARK
                if not (sign == TrustSign.STATE_MARK and self._proposes):
                    self.add_error(f"state_{sign}", sentence)
        if not self.errors and not self.findings and not self.proposes_mark:
            raise ValidationError(_("Mark at least one item."))
        return data

    @property
    def _proposes(self) -> bool:
        return "propose" in self.data

    @property
    def proposes_mark(self) -> bool:
        """The person has seen the mark and proposes that the entry say so."""
        return self.lacks_mark and self._proposes

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each sign with the field of its note."""
        return [(self[f"state_{sign}"], self[f"note_{sign}"]) for sign in TrustSign]

    @property
    def findings(self) -> list[Finding]:
        data = self.cleaned_data
        signs = [sign for sign in TrustSign if not (sign == TrustSign.STATE_MARK and self.proposes_mark)]
        given = [(sign, data.get(f"state_{sign}"), data.get(f"note_{sign}", "")) for sign in signs]
        return [Finding(sign, TrustState(state), note) for sign, state, note in given if state]
