"""What a citizen types: the number of a decision, an objection, the secret code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation import numbers
from people.unsigned import UnsignedForm


class NumberField(forms.CharField):
    """«М-2026-000123» in any spelling; gives the number."""

    default_error_messages = {"unread": _("This is no number of a decision. It looks like this: М-2026-000123.")}

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        number = numbers.read(text)
        if text and (number is None or number >= 2**62):
            raise forms.ValidationError(self.error_messages["unread"], code="unread")
        return number


class NumberForm(forms.Form):
    """Which decision."""

    number = NumberField(
        label=_("Number of the decision"),
        max_length=60,
        help_text=_("It stands in the note that was left under the removed comment."),
        error_messages={"required": _("Type the number of the decision.")},
    )


class ObjectionForm(UnsignedForm):
    """An objection without an account."""

    words = forms.CharField(
        label=_("Why the decision is wrong"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Please no names, phone numbers or addresses: yours or of others."),
        error_messages={"required": _("Write in a few words why the decision is wrong.")},
    )
    author_id = forms.CharField(
        label=_("Your number in the network"),
        max_length=60,
        required=False,
        help_text=_("Optional. It proves that the comment was yours; it is compared and not kept."),
    )


class CodeForm(NumberForm):
    """Who objected reads the answer by the code that was shown once."""

    code = forms.CharField(
        label=_("Secret code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
