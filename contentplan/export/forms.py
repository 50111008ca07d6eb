"""What to export: whose plan, from which day to which, all posts or only the approved ones."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contentplan.export.table import LONGEST, Period
from people.models import Organization, OrganizationQuerySet

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ExportForm(forms.Form):
    """`bodies`: what the person may see. Whoever sees several may leave the body open and gets them all."""

    body = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Whose plan"),
        to_field_name="slug",
        required=False,
        empty_label=pgettext_lazy("bodies", "all"),
    )
    first = forms.DateField(label=pgettext_lazy("period", "From"), widget=_DATE)
    last = forms.DateField(label=pgettext_lazy("period", "To"), widget=_DATE)
    approved = forms.BooleanField(label=_("Only what is approved"), required=False)

    def __init__(self, data: Any = None, *, bodies: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["body"]
        field.queryset = bodies  # type: ignore[attr-defined]  # the stubs know only the base Field
        if len(bodies[:2]) < 2:
            del self.fields["body"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("The last day comes before the first."))
            elif last - first > LONGEST:
                self.add_error("last", _("At most three months at once."))
            elif not 2000 <= first.year < 2100:
                self.add_error("first", _("Check the year."))
        return values

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])

    @property
    def organization(self) -> Organization | None:
        body: Organization | None = self.cleaned_data.get("body")
        return body

    @property
    def only_approved(self) -> bool:
        return bool(self.cleaned_data["approved"])
