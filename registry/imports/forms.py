"""What people bring and what they mend."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from registry.imports.checking import Values
from registry.imports.columns import MEANING_NAMES, Columns, Meaning
from registry.imports.reading import Table, read_file, read_text

MOST_TYPED = 2_000_000  # characters
NEEDED = (Meaning.BODY, Meaning.LINK, Meaning.NAME)


class ImportForm(forms.Form):
    """A file or a pasted table."""

    file = forms.FileField(
        label=_("Choose a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.docx,.csv,.txt,.tsv"}),
        help_text=_("Excel (XLSX), Word (DOCX) or CSV, up to 5,000 rows."),
        error_messages={"empty": _("The file is empty.")},
    )
    table = forms.CharField(
        label=_("or paste the table here"),
        required=False,
        max_length=MOST_TYPED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-paste-table": "", "spellcheck": "false"}),
        help_text=_("Select the whole table in Word, Excel or a message together with its header, copy and paste it."),
    )
    read: Table

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        file, text = values.get("file"), values.get("table") or ""
        if self.errors:
            return values
        if not file and not text.strip():
            raise forms.ValidationError(_("Paste a table or choose a file."))
        try:
            self.read = read_file(file) if file else read_text(text)
        except forms.ValidationError as error:
            self.add_error("file" if file else "table", error)
        return values

    @property
    def name(self) -> str:
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return (file.name or "").replace("\0", "") if file else ""


def column_choices() -> list[tuple[str, str]]:
    """What a column may mean, to be chosen from."""
    return [("", str(_("not taken"))), *((meaning.value, str(MEANING_NAMES[meaning])) for meaning in Meaning)]


def read_columns(data: Any, width: int) -> Columns:
    """The chosen meanings of all columns; what is no meaning is not taken."""
    known = {meaning.value: meaning for meaning in Meaning}
    return [known.get(data.get(f"column_{n}", "")) for n in range(width)]


class MendForm(forms.Form):
    """The cells of one row, as words: what is wrong is said by the check, not here."""

    def __init__(self, data: Any = None, *, values: Values, wrong: Collection[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for meaning in Meaning:
            if meaning in NEEDED or meaning.value in wrong or values.get(meaning):
                self.fields[meaning.value] = forms.CharField(
                    label=str(MEANING_NAMES[meaning]).capitalize(),
                    required=False,
                    max_length=2_000,
                    initial=values.get(meaning, ""),
                )

    @property
    def mended(self) -> Values:
        """What was typed and differs from what stood there."""
        return {Meaning(name): self.cleaned_data[name] for name in self.changed_data}
