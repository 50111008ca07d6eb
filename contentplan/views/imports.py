"""A plan from a table: bring it, look at what it will make, mend what is wrong, take it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contentplan import rules
from contentplan.actions import imports as actions
from contentplan.imports.checking import values_of
from contentplan.imports.forms import ImportForm, MendForm, column_names, read_columns
from contentplan.models import ImportRow, PlanImport
from contentplan.views.back import asked, back_to
from contentplan.views.import_rows import Preview
from people.http import UserRequest, require
from people.models import Organization
from people.weeks import Week

ROWS_ON_PAGE = 20
IMPORTS_ON_PAGE = 10


@require_http_methods(["GET", "POST"])
def import_create(request: UserRequest, organization: str) -> HttpResponse:
    """Bring a table; below stand the ones brought before."""
    body = get_object_or_404(Organization.objects.visible_to(request.user), slug=organization)
    require(rules.can_write(request.user, body))
    form = ImportForm(request.POST or None, request.FILES or None)
    week = _week(request, body)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_import(body, form.rows, week=week, name=form.name, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("contentplan:import_detail", made.pk)
    rows = PlanImport.objects.filter(organization=body).with_counts().select_related("made_by").order_by("-pk")
    page = Paginator(rows, IMPORTS_ON_PAGE).get_page(request.GET.get("page"))
    values = {"form": form, "organization": body, "week": week, "page": page}
    return render(request, "contentplan/import_create.html", values)


@require_safe
def import_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What each row will become, or why it cannot; `?show=bad|good|repeated|taken`."""
    plan_import = _import(request, pk)
    preview = Preview(plan_import, asked(request, "show"))
    page = Paginator(preview.shown, ROWS_ON_PAGE).get_page(request.GET.get("page"))
    values = {"plan_import": plan_import, "preview": preview, "page": page}
    with timezone.override(plan_import.organization.zone):
        return render(request, "contentplan/import_detail.html", values)


@require_POST
def import_columns(request: UserRequest, pk: int) -> HttpResponse:
    """Corrects what the columns mean."""
    plan_import = _import(request, pk)
    with back_to(_address(plan_import)):
        columns = read_columns(request.POST, len(plan_import.columns))
        actions.set_columns(plan_import, columns, by=request.user)
    messages.success(request, _("The columns are set anew, every row was checked again."))
    return redirect(_address(plan_import))


@require_POST
def import_take(request: UserRequest, pk: int) -> HttpResponse:
    """Takes every good row into the plans of its week."""
    plan_import = _import(request, pk)
    with back_to(_address(plan_import)):
        actions.take_import(plan_import, by=request.user)
    return redirect(_address(plan_import))


@require_POST
def import_row_mend(request: UserRequest, pk: int) -> HttpResponse:
    """Types over the cells of a row; good now, it is taken at once."""
    rows = ImportRow.objects.visible_to(request.user).select_related("plan_import__organization")
    row = get_object_or_404(rows, pk=pk)
    back = f"{_address(row.plan_import)}?show=bad#row-{row.pk}"
    columns = row.plan_import.columns
    form = MendForm(request.POST, values=values_of(row, columns), columns=columns, names=column_names())
    if not form.is_valid():
        messages.error(request, _("Row %(number)d: one of the fields is too long.") % {"number": row.number})
        return redirect(back)
    with back_to(back):
        verdict = actions.mend_row(row, form.mended, by=request.user)
    _tell(request, row, verdict)
    return redirect(back)


def _tell(request: UserRequest, row: ImportRow, verdict: Any) -> None:
    values = {"number": row.number, "topic": verdict.content.topic if verdict.content else ""}
    if verdict.is_good:
        messages.success(request, _("Row %(number)d is in the plan: “%(topic)s”.") % values)
    elif verdict.is_repeated:
        messages.info(request, _("Row %(number)d is in the plan already: “%(topic)s”.") % values)
    else:
        why = " ".join(verdict.errors.values())
        messages.warning(
            request, _("Row %(number)d is kept, but cannot be taken yet. %(why)s") % {**values, "why": why}
        )


def _import(request: UserRequest, pk: int) -> PlanImport:
    rows = PlanImport.objects.visible_to(request.user).select_related("organization", "made_by")
    return get_object_or_404(rows, pk=pk)


def _address(plan_import: PlanImport) -> str:
    return reverse("contentplan:import_detail", args=[plan_import.pk])


def _week(request: UserRequest, body: Organization) -> Week:
    """The week the person came from, else the next one."""
    try:
        return Week.parse(asked(request, "week"))
    except ValueError:
        return Week.now(body.zone).next
