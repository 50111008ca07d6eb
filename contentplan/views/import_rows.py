"""The rows of an import as the page shows them: what each will make, what is wrong, what it has become."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from contentplan.imports.checking import Checker, Verdict, values_of
from contentplan.imports.columns import Meaning
from contentplan.imports.forms import MendForm, column_names
from contentplan.models import ImportRow, PlanImport


@dataclass(frozen=True)
class RowView:
    """A row with its verdict; a taken one has a post instead, as long as it stands."""

    row: ImportRow
    verdict: Verdict
    columns: list[str]
    names: dict[str, str]  # of the columns, in words

    @property
    def state(self) -> str:
        if self.row.taken_at:
            return "taken"
        if self.verdict.is_repeated:
            return "repeated"
        return "good" if self.verdict.is_good else "bad"

    @property
    def words(self) -> str:
        """What the row says, to be recognised by."""
        values = values_of(self.row, self.columns)
        parts = [values.get(meaning, "") for meaning in (Meaning.WHEN, Meaning.HOUR, Meaning.TOPIC)]
        return " · ".join(" ".join(part.split()) for part in parts if part) or " · ".join(filter(None, self.row.cells))

    @cached_property
    def form(self) -> MendForm:
        """The cells to be mended, each with what is wrong with it."""
        values = values_of(self.row, self.columns)
        return MendForm(values=values, columns=self.columns, names=self.names, auto_id=f"row-{self.row.pk}-%s")

    @property
    def fields(self) -> list[tuple[object, str]]:
        """Each field of the form with its sentence."""
        return [(field, self.verdict.errors.get(field.name, "")) for field in self.form]


@dataclass
class Preview:
    """All rows of an import judged at once: two queries for the rows, a fixed number for the judging."""

    plan_import: PlanImport
    asked: str

    @cached_property
    def rows(self) -> list[RowView]:
        rows = self.plan_import.rows.select_related("post__plan__organization").order_by("number")
        columns = self.plan_import.columns
        if self.plan_import.is_running:
            return [RowView(row, Verdict(), columns, self.names) for row in rows]
        checker = Checker(self.plan_import)
        verdicts = (Verdict() if row.taken_at else checker.check(row) for row in rows)
        return [RowView(row, verdict, columns, self.names) for row, verdict in zip(rows, verdicts, strict=True)]

    @cached_property
    def names(self) -> dict[str, str]:
        return column_names()

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What a column may mean, to be chosen from."""
        return [("", _("not taken")), *self.names.items()]

    @cached_property
    def counts(self) -> dict[str, int]:
        counts = dict.fromkeys(("bad", "good", "repeated", "taken"), 0)
        for row in self.rows:
            counts[row.state] += 1
        return counts

    @property
    def show(self) -> str:
        """What was asked for, else what needs the person first."""
        if self.asked in self.counts:
            return self.asked
        return next((state for state, count in self.counts.items() if count), "bad")

    @property
    def shown(self) -> list[RowView]:
        return [row for row in self.rows if row.state == self.show]

    @property
    def chips(self) -> list[dict[str, object]]:
        names = {
            "bad": _("To be mended"),
            "good": _("Will be taken"),
            "repeated": _("In the plan already"),
            "taken": _("Taken"),
        }
        return [
            {"label": names[state], "url": f"?show={state}", "count": count, "current": state == self.show}
            for state, count in self.counts.items()
            if count or state == self.show
        ]

    @property
    def columns(self) -> list[tuple[int, str, str, str]]:
        """Each column: its number, its name, what it means, and an example of what stands in it."""
        header = self.plan_import.header
        return [
            (n, (header[n : n + 1] or [""])[0] or _("Column %(n)d") % {"n": n + 1}, meaning, self._example(n))
            for n, meaning in enumerate(self.plan_import.columns)
        ]

    @property
    def is_unrecognised(self) -> bool:
        """Without a column of days nothing can be taken: the person looks at the columns first."""
        return Meaning.WHEN.value not in self.plan_import.columns

    def _example(self, column: int) -> str:
        cells = (view.row.cells[column : column + 1] for view in self.rows[:20])
        return next((cell[0] for cell in cells if cell and cell[0]), "")
