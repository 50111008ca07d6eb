"""Forms of what is done to several messages at once, of cases, of handing over, of a look at personal data."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from moderation.forms import MAX_WAVE
from moderation.inbox.actions import REASON_LENGTH
from moderation.inbox.looks import REASON_LENGTH as LOOK_LENGTH
from moderation.models import Message
from people.forms import OrganizationChoice
from people.models import Organization, User
from people.roles import Permission

ASSIGN, CLOSE, MERGE, REMOVE = "assign", "close", "merge", "remove"


class BulkForm(forms.Form):
    """What is done to the chosen messages."""

    do = forms.ChoiceField(
        choices=[
            (ASSIGN, _("give")),
            (CLOSE, _("no reply is needed")),
            (MERGE, _("into one case")),
            (REMOVE, _("remove with one decision")),
        ]
    )
    to = forms.ModelChoiceField(User.objects.none(), label=_("Who answers"), required=False, empty_label=_("I do"))
    reason = forms.CharField(
        label=_("Why no reply is needed"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"list": "reasons"}),
    )
    title = forms.CharField(label=_("What they are about"), required=False, max_length=200)

    def __init__(
        self, *args: Any, user: User, rows: "QuerySet[Message]", body: Organization | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._rows = rows
        self.messages: list[Message] = []
        self.fields["to"].queryset = colleagues_of(user, body)  # type: ignore[attr-defined] # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        chosen = {int(pk) for pk in self.data.getlist("chosen") if pk.isdigit() and len(pk) < 19}  # type: ignore[attr-defined]
        self.messages = list(self._rows.filter(pk__in=chosen)) if chosen else []
        if not self.messages:
            self.add_error(None, _("Choose messages: tick them in the list."))
        if values.get("do") == CLOSE and not values.get("reason", "").strip():
            self.add_error("reason", _("Say why in a few words."))
        named = any(message.case_id for message in self.messages)
        if values.get("do") == MERGE and not (values.get("title", "").strip() or named):
            self.add_error("title", _("Say in a few words what these messages are about."))
        if values.get("do") == REMOVE and len(self.messages) > MAX_WAVE:
            self.add_error(None, _("At most %(limit)s comments at once.") % {"limit": MAX_WAVE})
        return values

    @property
    def chosen(self) -> set[int]:
        return {message.pk for message in self.messages}


def colleagues_of(user: User, body: Organization | None = None) -> "QuerySet[User]":
    """Those who answer for the body the person answers for, the highest of several; without the person.

    `body`: that highest one, where it is known already.
    """
    body = body or Organization.objects.where_may(user, Permission.MODERATE).first()
    people = User.objects.who_may(Permission.MODERATE, body) if body else User.objects.none()
    return people.exclude(pk=user.pk)


class ForwardForm(forms.Form):
    """To which body, and what to tell it."""

    to = OrganizationChoice(Organization.objects.none(), label=_("To which body"), empty_label=_("Choose the body"))
    note = forms.CharField(
        label=_("Note for the colleagues"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why it is theirs, what was found out already."),
    )

    def __init__(self, *args: Any, message: Message, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Organization.objects.filter(is_active=True).exclude(pk=message.organization_id).order_by("path")
        self.fields["to"].queryset = bodies  # type: ignore[attr-defined] # a ModelChoiceField


class LookForm(forms.Form):
    """What the personal data is needed for."""

    look_reason = forms.CharField(
        label=_("What do you need it for?"), max_length=LOOK_LENGTH, help_text=_("For example: to ring the person up.")
    )
