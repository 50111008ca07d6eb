"""Forms about a decision that is there or is proposed: taken back, confirmed by a second person, objected to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.models import Verdict


class ReversalForm(forms.Form):
    """Why a decision is taken back."""

    explanation = forms.CharField(
        label=_("Why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text=_("For example: it was criticism, and criticism stays."),
    )


class LiftForm(forms.Form):
    """That a measure ended; before its day with a reason."""

    explanation = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it is lifted before its day: why."),
    )

    def __init__(self, *args: Any, is_early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["explanation"].required = is_early


class SecondForm(forms.Form):
    """Whether criticism may be removed all the same: a second person's word."""

    verdict = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            (Verdict.YES, _("Confirm: clause 7 is clearly broken")),
            (Verdict.NO, _("Refuse: the criticism stays")),
        ],
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you refuse."),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if given.get("verdict") == Verdict.NO and not given.get("explanation"):
            self.add_error("explanation", _("Write why the comment stays."))
        return given


class AnswerForm(forms.Form):
    """The outcome of an objection, with words for the person who objected."""

    verdict = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(Verdict.YES, _("Take the decision back")), (Verdict.NO, _("Leave it in force"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer to the person"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who objected reads it by the secret code. It also stands in the journal."),
    )
