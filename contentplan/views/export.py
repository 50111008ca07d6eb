"""Plans on their way out: a page that asks what, a file at once or made in the background, a print view."""

from datetime import date
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contentplan.actions.exports import start_export, table_of
from contentplan.export import AT_ONCE, FORMATS, Period, Table, headings, words
from contentplan.export.forms import ExportForm
from contentplan.models import ExportJob
from contentplan.views.back import asked
from people.http import UserRequest, require
from people.models import Organization
from people.roles import Permission
from people.weeks import Week


@require_safe
def plan_export(request: UserRequest) -> HttpResponse:
    """`?body=urtam&first=2026-11-30&last=2026-12-06`: what is exported, with the ways it can leave."""
    form = _form(request)
    return _page(request, form)


@require_safe
def plan_export_file(request: UserRequest) -> HttpResponse:
    """The file, `?format=docx|pdf|xlsx|csv`; a plan too large for one request leads to the page that has it made."""
    form = _form(request)
    made = FORMATS.get(asked(request, "format"))
    table = _table(request, form)
    if table is None or made is None or table.count > AT_ONCE:
        return _page(request, form, table=table, kind=made.ending if made else "")
    name = f"{table.file_name}.{made.ending}"
    content = made.make(table, lambda done: None)
    return HttpResponse(content, made.content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def plan_print(request: UserRequest) -> HttpResponse:
    """The same paper as a page for the printer."""
    form = _form(request)
    table = _table(request, form)
    if table is None or table.count > AT_ONCE:
        return _page(request, form, table=table, kind="pdf" if table else "")
    values = {
        "table": table,
        "headings": headings(),
        "stamps": words.stamps(table),
        "signature": words.signature(table),
        "nothing": words.nothing(),
    }
    return render(request, "contentplan/plan_print.html", values)


@require_POST
def export_create(request: UserRequest) -> HttpResponse:
    """Has a large file made."""
    form = _form(request)
    kind = asked(request, "format")
    if not form.is_valid() or kind not in FORMATS:
        return _page(request, form)
    job = start_export(form.organization, form.period, kind=kind, only_approved=form.only_approved, by=request.user)
    return redirect("contentplan:export_detail", job.pk)


@require_safe
def export_detail(request: UserRequest, pk: int) -> HttpResponse:
    """How far the file is; only its maker sees it."""
    job = get_object_or_404(ExportJob.objects.select_related("organization"), pk=pk, made_by=request.user)
    query = {"first": job.first, "last": job.last, "body": job.organization.slug if job.organization else ""}
    values = {"job": job, "period": Period(job.first, job.last), "query": urlencode(query)}
    return render(request, "contentplan/export_detail.html", values)


@require_safe
def export_file(request: UserRequest, pk: int) -> FileResponse:
    """The finished file, while its maker still sees every body in it."""
    job = get_object_or_404(ExportJob.objects.exclude(file=""), pk=pk, made_by=request.user)
    seen = Organization.objects.visible_to(request.user).filter(pk__in=job.bodies).count()
    if not job.bodies or seen < len(job.bodies):
        raise Http404
    name = str(job.file.name).rsplit("/", 1)[-1]
    return FileResponse(job.file.open(), as_attachment=True, filename=name)


def _form(request: UserRequest) -> ExportForm:
    """Bound to what was asked; next week where nothing was. A body out of reach is 404."""
    require(request.user.may_anywhere(Permission.VIEW))
    bodies = Organization.objects.visible_to(request.user)
    if slug := asked(request, "body"):
        get_object_or_404(bodies, slug=slug)
    data = request.POST if request.method == "POST" else request.GET
    return ExportForm(data if "first" in data else None, bodies=bodies, initial=_next_week(request))


def _next_week(request: UserRequest) -> dict[str, object]:
    body = request.user.current_memberships[0].organization
    week = Week.now(body.zone).next
    return {"first": week.monday, "last": week.sunday, "body": asked(request, "body")}


def _table(request: UserRequest, form: ExportForm) -> Table | None:
    if not (form.is_bound and form.is_valid()):
        return None
    return table_of(request.user, form.organization, form.period, only_approved=form.only_approved)


def _page(request: UserRequest, form: ExportForm, *, table: Table | None = None, kind: str = "") -> HttpResponse:
    """The form with its shortcuts; `table` and `kind`: what is too large for one request."""
    today = request.user.current_memberships[0].organization.today
    too_large = table if table and table.count > AT_ONCE else None
    values = {"form": form, "shortcuts": _shortcuts(request, today), "too_large": too_large, "kind": kind}
    return render(request, "contentplan/plan_export.html", values)


def _shortcuts(request: UserRequest, today: date) -> list[dict[str, object]]:
    """This week and the next, this month and the next, as links that fill the form in."""
    week = Week.of(today)
    month = Period.of_month(today)
    periods = [
        (_("This week"), Period.of_week(week)),
        (_("Next week"), Period.of_week(week.next)),
        (_("This month"), month),
        (_("Next month"), Period.of_month(date.fromordinal(month.last.toordinal() + 1))),
    ]
    now = asked(request, "first"), asked(request, "last")
    rows: list[dict[str, object]] = []
    for label, period in periods:
        query = {"first": period.first.isoformat(), "last": period.last.isoformat(), "body": asked(request, "body")}
        rows.append({"label": label, "url": f"?{urlencode(query)}", "current": now == (query["first"], query["last"])})
    return rows
