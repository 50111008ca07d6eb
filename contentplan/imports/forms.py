"""What people bring and what they mend."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from contentplan.imports.checking import Values
from contentplan.imports.columns import MEANING_NAMES, Meaning
from contentplan.imports.marks import PREFIX, network_columns
from contentplan.imports.reading import Rows, read_file, read_text
from registry.models import SocialNetwork

MOST_TYPED = 600_000  # characters: 500 rows of long posts
# A post needs these, whether the table has a column for them or not.
NEEDED = (Meaning.WHEN, Meaning.ACCOUNTS, Meaning.TOPIC)


class ImportForm(forms.Form):
    """A pasted table or a file."""

    table = forms.CharField(
        label=_("Paste the table here"),
        required=False,
        max_length=MOST_TYPED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-paste-table": "", "spellcheck": "false"}),
        help_text=_("Select the whole table in Word, Excel or a message together with its header, copy and paste it."),
        error_messages={"max_length": _("This is too much for one plan. Paste it in parts.")},
    )
    file = forms.FileField(
        label=_("or choose a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.docx,.csv,.txt,.tsv"}),
        help_text=_("Excel (XLSX), Word (DOCX) or CSV, up to 500 rows."),
        error_messages={"empty": _("The file is empty.")},
    )
    rows: Rows

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        file: UploadedFile[Any] | None = values.get("file")
        text: str = values.get("table") or ""
        if not file and not text.strip():
            raise forms.ValidationError(_("Paste a table or choose a file."))
        try:
            self.rows = read_file(file) if file else read_text(text)
        except forms.ValidationError as error:
            self.add_error("file" if file else "table", error)
        return values

    @property
    def name(self) -> str:
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return (file.name or "").replace("\0", "") if file else ""


def column_names() -> dict[str, str]:
    """What a column may mean, in words; one query."""
    networks = SocialNetwork.objects.allowed()
    return {
        **{meaning.value: str(MEANING_NAMES[meaning]) for meaning in Meaning},
        **{PREFIX + row.slug: str(_("in %(network)s: + or its text") % {"network": row.name}) for row in networks},
    }


def read_columns(data: Any, width: int) -> list[str | None]:
    """The chosen meanings of all columns; what is no meaning is not taken."""
    known = column_names()
    chosen = [data.get(f"column_{n}", "") for n in range(width)]
    return [name if name in known else None for name in chosen]


class MendForm(forms.Form):
    """The cells of one row, as words: what is wrong is said by the check, not here. `names` as in `column_names`."""

    def __init__(
        self, data: Any = None, *, values: Values, columns: Collection[str], names: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        networks = network_columns(columns)
        for name, label in names.items():
            # Where a post goes is mended in the columns of networks, where the table has them.
            needed = name in NEEDED and not (networks and name == Meaning.ACCOUNTS)
            if needed or name in columns or values.get(name):
                long = name == Meaning.TEXT or name in networks
                self.fields[name] = forms.CharField(
                    label=label[:1].upper() + label[1:],
                    required=False,
                    max_length=20_000 if long else 1_000,
                    initial=values.get(name, ""),
                    widget=forms.Textarea(attrs={"rows": 1 if name in networks else 3}) if long else forms.TextInput(),
                )

    @property
    def mended(self) -> Values:
        """What was typed and differs from what stood there."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
