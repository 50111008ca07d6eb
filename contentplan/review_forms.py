"""What reviewers type about a post: remarks, a correction."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contentplan import quotes
from contentplan.content import PostContent
from contentplan.forms import TIME_INPUT, TextField
from contentplan.models import PlannedPost, Remark, RemarkField, RemarkPhrase
from review.forms import RemarkRows


class ReturnForm(RemarkRows):
    """What has to be changed: at least one remark, of one's own or from the library."""

    PARTS = ("remark", "field", "quote")
    not_there = _("These words do not stand in the post. Copy them exactly, or leave the field empty.")

    phrases = forms.ModelMultipleChoiceField(
        RemarkPhrase.objects.filter(is_active=True),
        label=_("Frequent remarks"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, post: PlannedPost, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.post = post
        self.add_rows()

    def add_parts(self, number: int) -> None:
        field = forms.ChoiceField(
            label=pgettext_lazy("of a remark", "About"), choices=RemarkField.choices, required=False
        )
        self.fields[f"field_{number}"] = field

    def field_of(self, quote: str) -> str | None:
        return quotes.field_of(quote, self.post)

    @property
    def remarks(self) -> list[Remark]:
        """Not saved yet."""
        values = self.cleaned_data
        own = [Remark(body=body, field=values[f"field_{n}"], quote=quote) for n, body, quote in self.written()]
        library = [Remark(body=row.text, field=row.field, phrase=row) for row in values["phrases"]]
        return [*own, *library]

    @property
    def in_words(self) -> str:
        """All of them as one text, to be copied."""
        return "\n\n".join(remark.body for remark in self.remarks)


class CorrectionForm(forms.Form):
    """What a reviewer puts right at once: the time within the week, the topic, the texts."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    time = forms.TimeField(label=_("Time"), widget=TIME_INPUT)
    topic = forms.CharField(
        label=_("Topic"), max_length=200, error_messages={"required": _("Write what the post is about.")}
    )
    text = TextField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "data-counter": _("Characters:"), "autofocus": True}),
    )

    def __init__(self, data: Any = None, *, post: PlannedPost, **kwargs: Any) -> None:
        self.post = post
        self.before = PostContent.of(post)
        local = post.planned_at.astimezone(post.plan.organization.zone)
        rows = list(post.placements.all())
        initial = {"day": local.date().isoformat(), "time": local.time(), "topic": post.topic, "text": post.text}
        own = {f"text_{row.account_id}": row.text for row in rows}
        super().__init__(data, initial={**initial, **own}, **kwargs)
        days = [(day.isoformat(), date_format(day, "D, j E")) for day in post.plan.week.days]
        self.fields["day"].choices = days  # type: ignore[attr-defined]  # the stubs know only the base Field
        for row in rows:
            self.fields[f"text_{row.account_id}"] = TextField(
                label=_("Text of its own for “%(account)s”") % {"account": row.account.name},
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "data-counter": _("Characters:")}),
                help_text=_("Leave it empty to publish the common text."),
            )

    def own_texts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("text_")]

    @property
    def content(self) -> PostContent:
        """The wording with what was put right; the files and everything else stay."""
        values = self.cleaned_data
        zone = self.post.plan.organization.zone
        return replace(
            self.before,
            planned_at=datetime.combine(values["day"], values["time"], tzinfo=zone),
            topic=values["topic"],
            text=values["text"],
            placements={pk: values[f"text_{pk}"] for pk in self.before.placements},
        )
