"""What a reviewer types when a text is returned: remarks, each to the words it quotes."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RemarkRows(forms.Form):
    """Up to `ROWS` remarks in one's own words; `field_of` says what of the text a quote stands in."""

    ROWS = 5
    PARTS: tuple[str, ...] = ("remark", "quote")
    not_there = _("These words do not stand in the text. Copy them exactly, or leave the field empty.")

    def add_rows(self) -> None:
        for number in range(1, self.ROWS + 1):
            self.fields[f"remark_{number}"] = forms.CharField(
                label=_("What has to be changed") if number == 1 else _("One more remark"),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.add_parts(number)
            self.fields[f"quote_{number}"] = forms.CharField(
                label=_("Words it is about"),
                required=False,
                max_length=500,
                help_text=_("Select them in the text, or copy them here."),
            )

    def add_parts(self, number: int) -> None:
        """Fields of a room's own beside the words and the quote."""

    def field_of(self, quote: str) -> str | None:
        """The part of the text that says these words; None: no part does."""
        raise NotImplementedError

    def rows(self) -> Iterator[dict[str, object]]:
        """The fields of each remark; `open`: something is typed there."""
        for number in range(1, self.ROWS + 1):
            fields = {name: self[f"{name}_{number}"] for name in self.PARTS}
            typed = any(field.value() or field.errors for field in fields.values())
            yield {"number": number, **fields, "open": number == 1 or typed}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in range(1, self.ROWS + 1):
            self._check_quote(number, values)
        written = [values.get(f"remark_{number}") for number in range(1, self.ROWS + 1)]
        if not any(written) and not values.get("phrases") and not self.errors:
            self.add_error("remark_1", _("Write at least one remark: the author must know what to change."))
        return values

    def _check_quote(self, number: int, values: dict[str, Any]) -> None:
        quote = values.get(f"quote_{number}") or ""
        if not quote:
            return
        where = self.field_of(quote)
        if where is None:
            self.add_error(f"quote_{number}", self.not_there)
        elif not values.get(f"remark_{number}"):
            self.add_error(f"remark_{number}", _("Say what is wrong with these words."))
        else:
            values[f"field_{number}"] = where

    def written(self) -> Iterator[tuple[int, str, str]]:
        """Number, words and quote of each remark that has words."""
        for number in range(1, self.ROWS + 1):
            if body := self.cleaned_data[f"remark_{number}"].strip():
                yield number, body, self.cleaned_data[f"quote_{number}"]
