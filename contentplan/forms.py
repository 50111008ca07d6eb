"""What people type into a plan: a post, its remarks, the links of what came out."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from contentplan.actions import PostContent
from contentplan.actions.publications import FIRST_DAY
from contentplan.models import Placement, PlannedPost, PostFormat
from people.models import Organization
from people.weeks import Week
from registry.models import Account

DEFAULT_TIME = time(10, 0)
TIME_INPUT = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class TextField(forms.CharField):
    """A text of several lines. A browser ends each with CR LF: without this a mere "save" would look like an edit."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class PostForm(forms.Form):
    """A post of one week: the day is one of its seven, the accounts are those of the organization."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    time = forms.TimeField(label=_("Time"), widget=TIME_INPUT)
    topic = forms.CharField(
        label=_("Topic"),
        max_length=200,
        help_text=_("In a few words: what the post is about."),
        error_messages={"required": _("Write what the post is about.")},
    )
    text = TextField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 6, "data-counter": _("Characters:")})
    )
    format = forms.ModelChoiceField(PostFormat.objects.all(), label=_("Format"), empty_label=None)
    occasion = forms.CharField(
        label=_("News occasion"), max_length=200, required=False, help_text=_("A holiday, an event, a decision.")
    )
    responsible_post = forms.CharField(
        label=_("Who is responsible"), max_length=200, required=False, help_text=_("The post, not a name.")
    )
    about_work = forms.BooleanField(
        label=_("About the work of the Administration"),
        required=False,
        initial=True,
        help_text=_("Only such publications count for the norm."),
    )
    accounts = forms.ModelMultipleChoiceField(
        Account.objects.none(),
        label=_("Where it comes out"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one account.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # In which state the person saw the post: an approval that came meanwhile is not undone unawares.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, organization: Organization, week: Week, accounts: Iterable[Account], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.organization = organization
        self.offered = list(accounts)
        days = [(day.isoformat(), date_format(day, "D, j E")) for day in week.days]
        self.fields["day"].choices = days  # type: ignore[attr-defined]  # the stubs know only the base Field
        field = self.fields["accounts"]
        field.queryset = Account.objects.filter(pk__in=[a.pk for a in self.offered])  # type: ignore[attr-defined]
        for account in self.offered:
            label = _("Text of its own for “%(account)s”") % {"account": account.name}
            self.fields[f"text_{account.pk}"] = TextField(
                label=label,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "data-counter": _("Characters:")}),
                help_text=_("Leave it empty to publish the common text."),
            )

    def account_cards(self) -> Iterator[dict[str, object]]:
        """Each account with whether it is ticked and the field of its own text."""
        ticked = {str(getattr(value, "pk", value)) for value in self["accounts"].value() or []}
        for account in self.offered:
            own = self[f"text_{account.pk}"]
            yield {
                "account": account,
                "ticked": str(account.pk) in ticked,
                "own": own,
                "open": bool(own.value() or own.errors),
            }

    @property
    def content(self) -> PostContent:
        """What was typed, as the actions take it."""
        values = self.cleaned_data
        return PostContent(
            planned_at=datetime.combine(values["day"], values["time"], tzinfo=self.organization.zone),
            topic=values["topic"],
            text=values["text"],
            format=values["format"],
            occasion=values["occasion"],
            responsible_post=values["responsible_post"],
            about_work=values["about_work"],
            placements={account.pk: values[f"text_{account.pk}"] for account in values["accounts"]},
        )


def initial_of(post: PlannedPost, placements: Iterable[Placement]) -> dict[str, object]:
    """The form's first values for a post that already stands."""
    local = post.planned_at.astimezone(post.plan.organization.zone)
    rows = list(placements)
    return {
        "day": local.date().isoformat(),
        "time": local.time(),
        "topic": post.topic,
        "text": post.text,
        "format": post.format_id,
        "occasion": post.occasion,
        "responsible_post": post.responsible_post,
        "about_work": post.about_work,
        "accounts": [row.account_id for row in rows],
        "revision": post.revision,
        "seen": post.status,
        **{f"text_{row.account_id}": row.text for row in rows},
    }


class ReturnForm(forms.Form):
    """What has to be changed: one remark to a field, at least one."""

    ROWS = 3

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for number in range(1, self.ROWS + 1):
            self.fields[f"remark_{number}"] = forms.CharField(
                label=_("What has to be changed") if number == 1 else _("One more remark"),
                required=number == 1,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3 if number == 1 else 2}),
                error_messages={"required": _("Write at least one remark: the author must know what to change.")},
            )

    @property
    def remarks(self) -> list[str]:
        return [text for text in self.cleaned_data.values() if text]


class ReasonForm(forms.Form):
    """Why a plan is handed in with fewer posts than the norm."""

    reason = forms.CharField(
        label=_("Why fewer than the norm"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why there are fewer posts than the norm asks.")},
    )


class PublicationForm(forms.Form):
    """The link of what came out and when."""

    link = forms.CharField(
        label=_("Link to the publication"),
        max_length=400,
        widget=forms.TextInput(attrs={"type": "url", "inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": _("Paste the link to the publication.")},
    )
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(FIRST_DAY, _("Check the year: nothing can have come out so long ago."))],
    )
    time = forms.TimeField(label=_("Time"), widget=TIME_INPUT)
    counts = forms.BooleanField(
        label=_("About the work of the Administration"),
        required=False,
        initial=True,
        help_text=_("Only such publications count for the norm."),
    )

    def __init__(self, data: Any = None, *, organization: Organization, planned: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.organization = organization
        if planned:
            del self.fields["counts"]  # the plan says it already

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "day" in values and "time" in values:
            moment = datetime.combine(values["day"], values["time"], tzinfo=self.organization.zone)
            if moment > timezone.now():
                self.add_error("time", _("This time has not come yet."))
            values["published_at"] = moment
        return values
