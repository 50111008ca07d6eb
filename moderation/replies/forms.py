"""What is typed about a reply: its text, remarks, a correction, the link under which it came out."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.models import Message, Reply, ReplyRemark, ReplyTemplate
from moderation.replies.path import NOTE_LENGTH
from moderation.replies.wordings import LONGEST
from people.models import Organization, User
from people.roles import Permission
from review import quotes
from review.forms import RemarkRows


class TextField(forms.CharField):
    """Line ends as the database keeps them: else every save would be another wording."""

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).replace("\r\n", "\n")


def _text(**kwargs: Any) -> TextField:
    widget = forms.Textarea(attrs={"rows": 8})
    return TextField(label=_("Text of the reply"), max_length=LONGEST, widget=widget, **kwargs)


class ReplyForm(forms.Form):
    """The text of a reply. `confirm`: what the checks found has been read."""

    text = _text(required=False)
    is_interim = forms.BooleanField(
        label=_("This reply is interim: the final one will follow"),
        required=False,
        help_text=_("The final reply has a term of its own, in working days."),
    )
    note = forms.CharField(
        label=_("A note to the department"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("Optional. Only colleagues see it."),
    )
    confirm = forms.BooleanField(label=_("I have looked at this: send it as it is"), required=False)


class CorrectionForm(forms.Form):
    """The reviewer's own wording."""

    text = _text()


class ReturnForm(RemarkRows):
    """What has to be changed: at least one remark."""

    ROWS = 3

    def __init__(self, data: Any = None, *, reply: Reply, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.reply = reply
        self.add_rows()

    def field_of(self, quote: str) -> str | None:
        return "text" if quotes.find(quote, self.reply.text) else None

    @property
    def remarks(self) -> list[ReplyRemark]:
        """Not saved yet."""
        return [ReplyRemark(body=body, quote=quote) for _number, body, quote in self.written()]


class SendForm(forms.Form):
    """Where the reply stands now."""

    link = forms.URLField(
        label=_("Link to the reply"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_("Open the reply in the network and copy its address: the portal checks that it is on your page."),
    )
    with_case = forms.BooleanField(
        label=_("The other messages of the case are answered by it too"), required=False, initial=True
    )

    def __init__(self, *args: Any, others: Iterable[Message] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = list(others)
        for other in self.others:
            self.fields[f"link_{other.pk}"] = forms.URLField(
                label=_("Link to the reply under No. %(number)s") % {"number": other.pk},
                required=False,
                max_length=400,
                assume_scheme="https",
            )

    def rows(self) -> Iterator[tuple[Message, forms.BoundField]]:
        """The other messages of the case, each with the field for its own link."""
        for other in self.others:
            yield other, self[f"link_{other.pk}"]

    @property
    def links(self) -> dict[int, str]:
        return {other.pk: self.cleaned_data[f"link_{other.pk}"] for other in self.others}


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # at run time it takes no arguments
    """A template of a body, or for everybody."""

    class Meta:
        model = ReplyTemplate
        fields = ("organization", "name", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Organization.objects.where_may(user, Permission.MODERATE)
        field: Any = self.fields["organization"]
        field.queryset = bodies
        field.required = not user.may_anywhere(Permission.DECIDE_REPLY)
        if field.required:
            field.empty_label, field.help_text = None, ""
            self.initial.setdefault("organization", bodies.first())
        else:
            field.empty_label = _("for every body")
