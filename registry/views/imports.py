"""The registry from a table: bring it, look at what it will change, mend what is wrong, take it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.http import UserRequest, require
from registry import importing
from registry.imports.checking import values_of
from registry.imports.columns import Meaning
from registry.imports.forms import ImportForm, MendForm, column_choices, read_columns
from registry.models import EntryImport, EntryImportRow
from registry.models.imports import WILL_BE_TAKEN, RowState

ROWS_ON_PAGE = 20
IMPORTS_ON_PAGE = 10


@require_http_methods(["GET", "POST"])
def import_create(request: UserRequest) -> HttpResponse:
    """Bring a table; below stand the ones brought before."""
    body = importing.registry_of(request.user)
    require(body is not None)
    form = ImportForm(request.POST or None, request.FILES or None)
    if body and request.method == "POST" and form.is_valid():
        made = importing.start_import(body, form.read, name=form.name, by=request.user)
        return redirect("registry:import_detail", made.pk)
    rows = EntryImport.objects.visible_to(request.user).with_counts().select_related("made_by").order_by("-pk")
    page = Paginator(rows, IMPORTS_ON_PAGE).get_page(request.GET.get("page"))
    return render(request, "registry/import_create.html", {"form": form, "page": page})


@require_safe
def import_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What each row will become, or why it cannot; `?show=bad|new|changed|same|taken`."""
    preview = Preview(_import(request, pk), request.GET.get("show", ""))
    page = Paginator(preview.shown, ROWS_ON_PAGE).get_page(request.GET.get("page"))
    context = {"preview": preview, "entry_import": preview.entry_import, "page": page, "choices": column_choices()}
    context["rows"] = [RowView(row, preview.entry_import) for row in page]
    return render(request, "registry/import_detail.html", context)


@require_POST
def import_columns(request: UserRequest, pk: int) -> HttpResponse:
    """Corrects what the columns mean."""
    entry_import = _import(request, pk)
    columns = read_columns(request.POST, len(entry_import.columns))
    importing.set_columns(entry_import, columns, by=request.user)
    messages.success(request, _("The columns are set anew, every row was checked again."))
    return redirect("registry:import_detail", pk)


@require_POST
def import_take(request: UserRequest, pk: int) -> HttpResponse:
    """Takes every good row in the background."""
    importing.take_import(_import(request, pk), by=request.user)
    return redirect("registry:import_detail", pk)


@require_POST
def import_row_mend(request: UserRequest, pk: int) -> HttpResponse:
    """Types over the cells of a row."""
    row = get_object_or_404(EntryImportRow.objects.visible_to(request.user).select_related("entry_import"), pk=pk)
    back = f"{reverse('registry:import_detail', args=[row.entry_import_id])}?show=bad#row-{pk}"
    form = RowView(row, row.entry_import).form_of(request.POST)
    if form.is_valid():
        body = form.mended.get(Meaning.BODY)
        if body and "everywhere" in request.POST:
            count = importing.mend_body(row, body, by=request.user)
            told = ngettext("The body is named in %(n)d row.", "The body is named in %(n)d rows.", count)
            messages.info(request, told % {"n": count})
            row.refresh_from_db()
        importing.mend_row(row, form.mended, by=request.user)
    if form.is_valid() and row.state != RowState.BAD:
        messages.success(request, _("Row %(number)d is in order now.") % {"number": row.number})
    else:
        messages.warning(request, _("Row %(number)d still cannot be taken.") % {"number": row.number})
    return redirect(back)


def _import(request: UserRequest, pk: int) -> EntryImport:
    rows = EntryImport.objects.visible_to(request.user).select_related("organization", "made_by")
    return get_object_or_404(rows, pk=pk)


@dataclass
class RowView:
    """A row with the form to mend it."""

    row: EntryImportRow
    entry_import: EntryImport

    def form_of(self, data: Any = None) -> MendForm:
        values = values_of(self.row, self.entry_import.columns, self.entry_import.header)
        return MendForm(data, values=values, wrong=self.row.findings, auto_id=f"row-{self.row.pk}-%s")

    @cached_property
    def fields(self) -> list[tuple[object, str]]:
        """Each field of the form with what is wrong with it."""
        return [(field, self.row.findings.get(field.name, "")) for field in self.form_of()]


@dataclass
class Preview:
    """The counts beside the filters, and what was asked for; else what needs the person first."""

    entry_import: EntryImport
    asked: str

    @cached_property
    def counts(self) -> dict[str, int]:
        rows = self.entry_import.rows.order_by().values_list("state").annotate(Count("pk"))
        found = dict(rows)
        return {state.value: found.get(state.value, 0) for state in RowState}

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def ready(self) -> int:
        return sum(self.counts[state] for state in WILL_BE_TAKEN)

    @property
    def show(self) -> str:
        if self.asked in self.counts:
            return self.asked
        return next((state for state, count in self.counts.items() if count), RowState.BAD.value)

    @property
    def shown(self) -> Any:
        rows = self.entry_import.rows.filter(state=self.show)
        return rows.select_related("account").order_by("number", "part")

    @property
    def chips(self) -> list[dict[str, object]]:
        return [
            {"label": RowState(state).label, "url": f"?show={state}", "count": count, "current": state == self.show}
            for state, count in self.counts.items()
            if count or state == self.show
        ]

    @property
    def columns(self) -> list[tuple[int, str, str, str]]:
        """Each column: its number, its name, what it means, and an example of what stands in it."""
        header = self.entry_import.header
        cells = [row.cells for row in self.entry_import.rows.order_by("number")[:20]]
        return [
            (
                n,
                (header[n : n + 1] or [""])[0] or _("Column %(n)d") % {"n": n + 1},
                meaning,
                next((row[n] for row in cells if n < len(row) and row[n]), ""),
            )
            for n, meaning in enumerate(self.entry_import.columns)
        ]

    @property
    def is_unrecognised(self) -> bool:
        """Without these nothing can be taken: the person looks at the columns first."""
        return not {"body", "link"} <= set(self.entry_import.columns)
