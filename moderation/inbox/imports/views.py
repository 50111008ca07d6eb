"""Messages from a table: bring it, look at what each row will become, mend what is wrong, take the rest."""

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
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moderation import rules
from moderation.inbox.imports import taking
from moderation.inbox.imports.forms import ImportForm, column_choices, mend_form, read_columns
from moderation.inbox.imports.table import values_of
from moderation.models import MessageImport, MessageImportRow
from moderation.models.intake import RowState
from people.http import UserRequest, require
from people.tables.pages import MendForm, Preview

ROWS_ON_PAGE = 20
IMPORTS_ON_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def import_create(request: UserRequest) -> HttpResponse:
    """Bring a table; below stand the ones this person brought before."""
    require(rules.can_moderate(request.user))
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = taking.start_import(form.read, name=form.name, by=request.user)
        return redirect("moderation:import_detail", made.pk)
    rows = MessageImport.objects.visible_to(request.user).with_counts().select_related("made_by").order_by("-pk")
    page = Paginator(rows, IMPORTS_ON_PAGE).get_page(request.GET.get("page"))
    return render(request, "moderation/import_create.html", {"form": form, "page": page})


@require_safe
@never_cache
def import_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What each row will become, or why it cannot; `?show=bad|new|known|taken`."""
    table = _import(request, pk)
    preview = Preview(
        table,
        request.GET.get("show", ""),
        states=RowState,
        ready=[RowState.NEW],
        needed=[{"text"}, {"when"}, {"page", "link"}],
    )
    page = Paginator(preview.shown, ROWS_ON_PAGE).get_page(request.GET.get("page"))
    context = {"table": table, "preview": preview, "page": page, "choices": column_choices()}
    context["rows"] = [RowView(row, table) for row in page]
    return render(request, "moderation/import_detail.html", context)


@require_POST
def import_columns(request: UserRequest, pk: int) -> HttpResponse:
    """Corrects what the columns mean."""
    table = _import(request, pk)
    taking.set_columns(table, read_columns(request.POST, len(table.columns)), by=request.user)
    messages.success(request, _("The columns are set anew, every row was checked again."))
    return redirect("moderation:import_detail", pk)


@require_POST
def import_take(request: UserRequest, pk: int) -> HttpResponse:
    """Takes every good row, many of them in the background."""
    table = _import(request, pk)
    taken = table.rows.filter(state=RowState.TAKEN)
    before = taken.count()
    taking.take_import(table, by=request.user)
    if made := taken.count() - before:  # many are taken in the background, the page shows how far it is
        said = ngettext("%(n)d message is in the queue now.", "%(n)d messages are in the queue now.", made)
        messages.success(request, said % {"n": made})
    return redirect("moderation:import_detail", pk)


@require_POST
def import_row_mend(request: UserRequest, pk: int) -> HttpResponse:
    """Types over the cells of a row."""
    rows = MessageImportRow.objects.visible_to(request.user).select_related("message_import")
    row = get_object_or_404(rows, pk=pk)
    require(rules.can_moderate(request.user))
    form = RowView(row, row.message_import).form_of(request.POST)
    if form.is_valid():
        taking.mend_row(row, form.mended, by=request.user)
    if form.is_valid() and row.state != RowState.BAD:
        messages.success(request, _("Row %(number)d is in order now.") % {"number": row.number})
    else:
        messages.warning(request, _("Row %(number)d still cannot be taken.") % {"number": row.number})
    return redirect(f"{reverse('moderation:import_detail', args=[row.message_import_id])}?show=bad#row-{pk}")


def _import(request: UserRequest, pk: int) -> MessageImport:
    table: MessageImport = get_object_or_404(
        MessageImport.objects.visible_to(request.user).select_related("made_by"), pk=pk
    )
    require(rules.can_moderate(request.user))
    return table


@dataclass
class RowView:
    """A row with the form to mend it."""

    row: MessageImportRow
    table: MessageImport

    def form_of(self, data: Any = None) -> MendForm:
        values = values_of(self.row, self.table.columns)
        return mend_form(data, values=values, wrong=self.row.findings, auto_id=f"row-{self.row.pk}-%s")

    @cached_property
    def fields(self) -> list[tuple[object, str]]:
        """Each field of the form with what is wrong with it."""
        return [(field, self.row.findings.get(field.name, "")) for field in self.form_of()]
