"""What people type about fakes: a resident's report, the department's decision."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from people.roles import Permission
from people.unsigned import UnsignedForm
from registry.fakes import WORDS_LENGTH
from registry.links import MAX_LENGTH
from registry.models import Account, AccountStatus, FakeReport, KnownFake
from registry.verification import Answer, Verdict, verify

if TYPE_CHECKING:
    FakeModelForm = forms.ModelForm[KnownFake]
else:
    FakeModelForm = forms.ModelForm


class ReportForm(UnsignedForm):
    """A report without an account."""

    url = forms.CharField(
        label=_("Link of the page"),
        max_length=MAX_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": _("Paste the link of the page.")},
    )
    words = forms.CharField(
        label=_("Whom it imitates and what is wrong with it"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Please no names, phone numbers or addresses: yours or of others."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer = Answer(Verdict.UNREADABLE)

    def clean_url(self) -> str:
        text: str = self.cleaned_data["url"]
        self.answer = verify(text)
        if self.answer.verdict == Verdict.OFFICIAL:
            raise forms.ValidationError(_("This page is official: it is in the registry."))
        if self.answer.verdict == Verdict.PROHIBITED:
            raise forms.ValidationError(
                _("This network is prohibited in Russia: no page there is official. There is nothing to report.")
            )
        if not self.answer.url:
            raise forms.ValidationError(
                self.answer.sentence or _("Paste the whole link of the page, as it stands in the address bar.")
            )
        return text


class ConfirmForm(forms.Form):
    """Whom the page imitates, since when it is known."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("Whom it imitates"))
    account = forms.ModelChoiceField(
        Account.objects.none(), label=_("The real page"), required=False, empty_label=_("there is none")
    )
    name = forms.CharField(label=_("How it calls itself"), max_length=200, required=False)
    seen_on = forms.DateField(label=_("Known since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(
        label=_("What people should know"),
        max_length=300,
        required=False,
        help_text=_("Is published. For example: “collects money in the name of the Administration”."),
    )

    def __init__(self, data: Any = None, *, report: FakeReport, user: User) -> None:
        self.answer = verify(report.url)
        likes = self.answer.lookalikes
        real = likes[0].account if likes else None
        start = {
            "account": real and real.pk,
            "organization": report.organization_id,
            "seen_on": timezone.localdate(report.received_at),
        }
        super().__init__(data, initial=start)
        bodies = Organization.objects.where_may(user, Permission.EDIT_REGISTRY)
        self.fields["organization"].queryset = bodies  # type: ignore[attr-defined]  # stubs know the base Field
        pages = Account.objects.public().filter(organization__in=bodies, status=AccountStatus.ACTIVE).in_order()
        self.fields["account"].queryset = pages.select_related("network")  # type: ignore[attr-defined]

    def clean_seen_on(self) -> Any:
        day = self.cleaned_data["seen_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        if self.answer.verdict == Verdict.OFFICIAL:
            raise forms.ValidationError(
                _("This page is in the registry as official by now. Say “Not a fake”, or close its entry first.")
            )
        return super().clean() or self.cleaned_data


class RejectForm(forms.Form):
    """Why a reported page is no fake."""

    answer = forms.CharField(
        label=_("Why it is not a fake"),
        max_length=300,
        error_messages={"required": _("Write in a few words why: colleagues will read it.")},
    )


class FakeForm(FakeModelForm):
    """What became of a known fake."""

    class Meta:
        model = KnownFake
        fields = ("state", "name", "note")
