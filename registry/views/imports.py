"""The registry from a table: bring it, look at what it will change, mend what is wrong, take it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.http import UserRequest, require
from people.tables.pages import MendForm, Preview
from registry import importing
from registry.imports.checking import values_of
from registry.imports.columns import Meaning
from registry.imports.forms import ImportForm, column_choices, mend_form, read_columns
from registry.models import EntryImport, EntryImportRow
from registry.models.imports import WILL_BE_TAKEN, ImportStep, RowState

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
    entry_import = _import(request, pk)
    preview = _preview(entry_import, request.GET.get("show", ""))
    rows = preview.shown.select_related("account").order_by("number", "part")
    page = Paginator(rows, ROWS_ON_PAGE).get_page(request.GET.get("page"))
    context = {"preview": preview, "entry_import": entry_import, "page": page, "choices": column_choices()}
    context["checking"] = entry_import.step == ImportStep.CHECK
    unchecked = preview.counts[RowState.UNCHECKED]
    context["done"] = preview.total - unchecked if context["checking"] else preview.counts[RowState.TAKEN]
    context["rows"] = [RowView(row, entry_import) for row in page]
    return render(request, "registry/import_detail.html", context)


@require_POST
def import_columns(request: UserRequest, pk: int) -> HttpResponse:
    """Corrects what the columns mean."""
    entry_import = _import(request, pk)
    columns = read_columns(request.POST, len(entry_import.columns))
    importing.set_columns(entry_import, columns, by=request.user)
    if not entry_import.step:
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
        return mend_form(data, values=values, wrong=self.row.findings, auto_id=f"row-{self.row.pk}-%s")

    @cached_property
    def fields(self) -> list[tuple[object, str]]:
        """Each field of the form with what is wrong with it."""
        return [(field, self.row.findings.get(field.name, "")) for field in self.form_of()]


def _preview(entry_import: EntryImport, asked: str) -> Preview:
    return Preview(entry_import, asked, states=RowState, ready=WILL_BE_TAKEN, needed=[{"body"}, {"link"}])
