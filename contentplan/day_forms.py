"""What people type on the day of publishing: links of what came out, reasons, a stop."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from contentplan.actions.publications import FIRST_DAY, NEAR_THE_PLAN
from contentplan.models import Placement, StopKind
from people.models import Organization

EM_SPACE = "\u2003"
REASON_LENGTH = 300  # of a stop; as long as Stop.reason


def link_field(**values: Any) -> forms.CharField:
    """The address of a publication, pasted as the network gives it."""
    options: dict[str, Any] = {
        "label": _("Link to the publication"),
        "max_length": 400,
        "widget": forms.TextInput(attrs={"type": "url", "inputmode": "url", "autocomplete": "off"}),
        "error_messages": {"required": _("Paste the link to the publication.")},
    }
    return forms.CharField(**{**options, **values})


class PublicationForm(forms.Form):
    """The link of what came out and when. `planned_at`: what the plan says, none for what stands in no plan."""

    link = link_field()
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(FIRST_DAY, _("Check the year: nothing can have come out so long ago."))],
    )
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    counts = forms.BooleanField(
        label=_("About the work of the Administration"),
        required=False,
        initial=True,
        help_text=_("Only such publications count for the norm."),
    )
    far = forms.BooleanField(label=_("Yes, it came out at this very time"), required=False)

    def __init__(
        self, data: Any = None, *, organization: Organization, planned_at: datetime | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.organization = organization
        self.planned_at = planned_at
        if planned_at:
            del self.fields["counts"]  # the plan says it already

    @property
    def asks_about_time(self) -> bool:
        """The time was far from the plan: whoever means it confirms it."""
        return bool(self.errors.get("far")) or bool(self["far"].value())

    @property
    def time_is_wrong(self) -> bool:
        return bool({"day", "time", "far"} & self.errors.keys())

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "day" in values and "time" in values:
            moment = datetime.combine(values["day"], values["time"], tzinfo=self.organization.zone)
            if moment > timezone.now():
                self.add_error("time", _("This time has not come yet."))
            elif not values.get("far"):
                self._ask_when_far(moment)
            values["published_at"] = moment
        return values

    def _ask_when_far(self, moment: datetime) -> None:
        if self.planned_at is None or abs(moment - self.planned_at) <= NEAR_THE_PLAN:
            return
        planned = date_format(self.planned_at.astimezone(self.organization.zone), "j E, H:i")
        earlier = moment < self.planned_at
        sentence = (
            _("This is more than a day before the planned time (%(planned)s). Check the day, or confirm it.")
            if earlier
            else _("This is more than a day after the planned time (%(planned)s). Check the day, or confirm it.")
        )
        self.add_error("far", sentence % {"planned": planned})


class UrgentForm(forms.Form):
    """Why a post came out without approval, and the link in each of its accounts: at least one."""

    reason = forms.CharField(
        label=_("Why it could not wait for approval"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why it could not wait: the department reads this.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, placements: Iterable[Placement], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.placements = list(placements)
        for row in self.placements:
            self.fields[f"link_{row.account_id}"] = link_field(label=row.account.name, required=False)

    def link_fields(self) -> Iterator[tuple[Placement, forms.BoundField]]:
        for row in self.placements:
            yield row, self[f"link_{row.account_id}"]

    @property
    def links(self) -> dict[int, str]:
        return {row.account_id: self.cleaned_data[f"link_{row.account_id}"] for row in self.placements}


class StopForm(forms.Form):
    """Where publishing stops and why."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Where"),
        empty_label=None,
        help_text=_("The body and every body below it."),
    )
    kind = forms.ChoiceField(label=_("What happened"), choices=StopKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("In a few words, for everybody"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody concerned reads this above every page: “Mourning in the region until 3 December”."),
        error_messages={"required": _("Write why publishing stops: people have to understand it.")},
    )

    def __init__(self, data: Any = None, *, organizations: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]  # the stubs know only Field
        self.fields["organization"].label_from_instance = indented  # type: ignore[attr-defined]
        self.fields["kind"].error_messages["required"] = _("Choose what happened.")


def indented(organization: Organization) -> str:
    """The name, moved to the right by how deep the body stands in the tree."""
    return f"{EM_SPACE * (organization.depth - 1)}{organization.short_name}"


class RemarkForm(forms.Form):
    """What the department says to the authors of a post that came out without approval."""

    remark = forms.CharField(
        label=_("Remark to the author"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
