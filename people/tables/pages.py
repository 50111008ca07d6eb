"""What the pages of every room's import have in common: the form that takes a table, the columns, the preview."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_TYPED = 2_000_000  # characters
_EXAMPLES_FROM = 20  # rows


class TableForm(forms.Form):
    """A file or a pasted table; a room says by what they are read. Both raise ValidationError with a sentence."""

    file = forms.FileField(
        label=gettext_lazy("Choose a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.docx,.csv,.txt,.tsv"}),
        help_text=gettext_lazy("Excel (XLSX), Word (DOCX) or CSV, up to 5,000 rows."),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )
    table = forms.CharField(
        label=gettext_lazy("or paste the table here"),
        required=False,
        max_length=MOST_TYPED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-paste-table": "", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Select the whole table in Word, Excel or a message together with its header, copy and paste it."
        ),
    )
    read_file: Callable[[Any], Any]
    read_text: Callable[[str], Any]
    read: Any

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        file, text = values.get("file"), values.get("table") or ""
        if self.errors:
            return values
        if not file and not text.strip():
            raise forms.ValidationError(_("Paste a table or choose a file."))
        kind = type(self)
        try:
            self.read = kind.read_file(file) if file else kind.read_text(text)
        except forms.ValidationError as error:
            self.add_error("file" if file else "table", error)
        return values

    @property
    def name(self) -> str:
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return (file.name or "").replace("\0", "") if file else ""


def column_choices(names: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """What a column may mean, to be chosen from; `names`: meaning → its name."""
    return [("", _("not taken")), *((meaning.value, str(name)) for meaning, name in names.items())]


def read_columns(data: Any, width: int, meanings: Collection[Any]) -> list[Any]:
    """The chosen meanings of all columns; what is no meaning is not taken."""
    known = {meaning.value: meaning for meaning in meanings}
    return [known.get(data.get(f"column_{n}", "")) for n in range(width)]


class MendForm(forms.Form):
    """The cells of one row, as words: what is wrong is said by the check, not here.

    Shown are the meanings every row needs, those that are wrong, and those that say something.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        names: Mapping[Any, Any],
        values: Mapping[Any, str],
        wrong: Collection[str],
        needed: Collection[Any],
        long: Mapping[Any, int] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self._meanings = {meaning.value: meaning for meaning in names}
        for meaning, name in names.items():
            if meaning in needed or meaning.value in wrong or values.get(meaning):
                most = (long or {}).get(meaning)
                self.fields[meaning.value] = forms.CharField(
                    label=str(name).capitalize(),
                    required=False,
                    max_length=most or 2_000,
                    initial=values.get(meaning, ""),
                    widget=forms.Textarea(attrs={"rows": 3}) if most else forms.TextInput,
                )

    @property
    def mended(self) -> dict[Any, str]:
        """What was typed and differs from what stood there, by meaning."""
        return {self._meanings[name]: self.cleaned_data[name] for name in self.changed_data}


class Preview:
    """The counts beside the filters, and what was asked for; else what needs the person first.

    `states`: the states of rows in the order of the filters; `ready`: those that will be taken; `needed`: meanings
    without which nothing can be taken, any one of each set.
    """

    def __init__(
        self, table: Any, asked: str, *, states: Any, ready: Collection[str], needed: Sequence[set[str]]
    ) -> None:
        self.table = table
        self.asked = asked
        self.states = states
        self._ready = ready
        self._needed = needed

    @cached_property
    def counts(self) -> dict[str, int]:
        found = dict(self.table.rows.order_by().values_list("state").annotate(Count("pk")))
        return {state.value: found.get(state.value, 0) for state in self.states}

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def ready(self) -> int:
        return sum(self.counts[state] for state in self._ready)

    @property
    def show(self) -> str:
        if self.asked in self.counts:
            return self.asked
        return next((state for state, count in self.counts.items() if count), next(iter(self.counts)))

    @property
    def shown(self) -> "QuerySet[Any]":
        rows: QuerySet[Any] = self.table.rows.filter(state=self.show).order_by("number")
        return rows

    @property
    def chips(self) -> list[dict[str, object]]:
        return [
            {"label": self.states(state).label, "url": f"?show={state}", "count": count, "current": state == self.show}
            for state, count in self.counts.items()
            if count or state == self.show
        ]

    @cached_property
    def columns(self) -> list[tuple[int, str, str, str]]:
        """Each column: its number, its name, what it means, and an example of what stands in it."""
        header = self.table.header
        cells = [row.cells for row in self.table.rows.order_by("number")[:_EXAMPLES_FROM]]
        return [
            (
                n,
                (header[n : n + 1] or [""])[0] or _("Column %(n)d") % {"n": n + 1},
                meaning,
                next((row[n] for row in cells if n < len(row) and row[n]), ""),
            )
            for n, meaning in enumerate(self.table.columns)
        ]

    @property
    def is_unrecognised(self) -> bool:
        """The person looks at the columns first."""
        named = set(self.table.columns)
        return not all(named & one for one in self._needed)
