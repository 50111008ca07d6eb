"""What is typed about a proposal: why, how a page is closed, the checklist, and why not."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User
from registry.actions import ANSWERS
from registry.entry_values import NEW_ACT, PEOPLE, applied, overtaken
from registry.forms import AccountForm, DateInput
from registry.models import Account, CheckItem, ClosingKind, NameFinding, Proposal, ProposalKind
from registry.models.changes import label_of
from registry.proposing import Entry, version_of
from registry.verifying import items_for

REASON_LENGTH = 500


class ReasonForm(forms.Form):
    """Beside a new entry or a change: why, for whoever verifies it."""

    reason = forms.CharField(
        label=pgettext_lazy("proposal", "What the department should know"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stays inside the portal. For instance: why it changes, where it can be seen."),
    )


class MoveForm(forms.Form):
    """Suspending and resuming: why."""

    reason = forms.CharField(label=_("Why"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))


class ArchiveForm(MoveForm):
    """Closing: what became of the page, and how one can see it."""

    kind = forms.ChoiceField(
        label=_("What became of the page"), choices=ClosingKind.choices, widget=forms.RadioSelect, required=True
    )
    closed_on = forms.DateField(label=_("Closed on"), widget=DateInput)
    proof = forms.URLField(
        label=_("Link to the proof"),
        required=False,
        assume_scheme="https",
        help_text=_("A picture of the screen, the new address, an act: or say it in words below."),
    )
    reason = forms.CharField(
        label=_("In words"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("kind", "closed_on", "proof", "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("proof") and not data.get("reason") and "proof" not in self.errors:
            self.add_error("reason", _("Give a link to the proof, or say in words how you know."))
        if data.get("closed_on") and data["closed_on"] > timezone.localdate():
            self.add_error("closed_on", _("This day has not come yet."))
        return data

    @property
    def closing(self) -> dict[str, str]:
        data = self.cleaned_data
        return {"kind": data["kind"], "proof": data["proof"], "note": data["reason"]}


class ChecklistForm(forms.Form):
    """The questions by which a page is verified: each answered yes, no or does not apply, with a note."""

    def __init__(self, *args: Any, items: Iterable[CheckItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"item_{item.pk}"] = forms.ChoiceField(
                label=item.text,
                help_text=item.hint,
                choices=list(ANSWERS.items()),
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer this one too.")},
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
            answer, note = data.get(f"item_{item.pk}"), data.get(f"note_{item.pk}")
            if item.is_must and answer in ("no", "na"):
                self.add_error(f"item_{item.pk}", _("Without a yes here nothing is accepted. Reject it with a reason."))
            elif answer == "no" and not note:
                self.add_error(f"note_{item.pk}", _("Say what is wrong."))
        return data

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each question with the field of its note."""
        return [(self[f"item_{item.pk}"], self[f"note_{item.pk}"]) for item in self.items]

    @property
    def answers(self) -> list[dict[str, str]]:
        """In words that outlive the list."""
        data = self.cleaned_data
        return [
            {"text": item.text, "answer": data[f"item_{item.pk}"], "note": data[f"note_{item.pk}"]}
            for item in self.items
        ]


class DecisionForm(forms.Form):
    """What goes with accepting."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label=_("I have opened the address and seen it: it is as written here"),
        error_messages={"required": _("Open the old address and look first.")},
    )
    comment = forms.CharField(
        label=_("Comment for whoever proposed it"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, closes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not closes:
            del self.fields["confirmed"]


class RejectProposalForm(forms.Form):
    """Why it is not accepted; the proposer reads it."""

    reason = forms.CharField(
        label=_("Why it is not accepted"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )


class NameForm(forms.Form):
    """What stands at the address of a closed page now."""

    finding = forms.ChoiceField(label=_("What stands there now"), choices=NameFinding.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class Decision:
    """Everything on the page of a proposal by which it is accepted: corrections, the checklist, the comment."""

    def __init__(self, proposal: Proposal, user: User, data: Any = None) -> None:
        self.proposal = proposal
        self.account = applied(proposal)
        changes = proposal.kind in (ProposalKind.NEW, ProposalKind.EDIT)
        self.entry_form = _correcting(data, proposal, self.account, user) if changes else None
        # Asked before the questions are chosen: a corrected address is verified by the whole list.
        if self.entry_form:
            self.entry_form.is_valid()
        self.checklist = ChecklistForm(data, items=items_for(proposal, self.account), prefix="check")
        closes = proposal.kind == ProposalKind.ARCHIVE
        seen = {"seen": version_of(proposal.account)}
        self.form = DecisionForm(data, closes=closes, initial=seen, prefix="decision")

    def is_valid(self) -> bool:
        """Each of the forms is asked, so that each says what is wrong with it."""
        parts = [self.entry_form, self.checklist, self.form]
        return not [form for form in parts if form and not form.is_valid()]

    @property
    def entry(self) -> Entry:
        """What is accepted."""
        if form := self.entry_form:
            return Entry(form.instance, list(form.cleaned_data["responsible_people"]), form.new_act)
        return Entry(self.account, list(self.account.responsible_people.all()), None, self.proposal.closing)

    @property
    def overtaken(self) -> list[str]:
        """What somebody has changed in the entry since it was proposed, in words."""
        return [label_of(name) for name in overtaken(self.proposal)]


def begun(proposal: Proposal) -> dict[str, Any]:
    """What the form of an entry begins with where it is to say what the proposal says."""
    act = proposal.values.get(NEW_ACT) or {}
    initial = {f"act_{name}": value for name, value in act.items()}
    if PEOPLE in proposal.values:
        initial[PEOPLE] = proposal.values[PEOPLE]
    return {"instance": applied(proposal), "initial": initial}


def _correcting(data: Any, proposal: Proposal, account: Account, user: User) -> AccountForm:
    was = proposal.account.status if proposal.account else ""
    return AccountForm(data, **(begun(proposal) | {"instance": account}), user=user, was=was)
