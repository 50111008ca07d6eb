"""The results of the weekly check: all weeks, one week, its workbook, and having it checked again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from compliance import actions, rules
from compliance.export import workbook
from compliance.models import Finding
from compliance.results import Results, finished_checks
from compliance.totals import Totals, totals_by_week
from people.http import UserRequest, require
from people.roles import Permission
from people.weeks import Week

WEEKS_ON_PAGE = 20
LINES_ON_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def week_list(request: UserRequest) -> HttpResponse:
    """Checked weeks, the newest first."""
    require(request.user.may_anywhere(Permission.VIEW))
    mondays = finished_checks(request.user).order_by("-monday").values_list("monday", flat=True).distinct()
    page = Paginator(mondays, WEEKS_ON_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    sums = totals_by_week(Finding.objects.visible_to(request.user).filter(monday__in=shown))
    weeks = [(Week(monday), sums.get(monday, Totals())) for monday in shown]
    last = Week.now(request.user.current_memberships[0].organization.zone).previous
    values = {
        "weeks": weeks,
        "page": page,
        "last": last,
        "last_is_checked": mondays.filter(monday=last.monday).exists(),
        "can_check": rules.can_check(request.user),
    }
    return render(request, "compliance/week_list.html", values)


@require_safe
def week_detail(request: UserRequest, week: Week) -> HttpResponse:
    """Results of the week by body and account; `?result=not_kept&body=urtam&page=2`."""
    require(request.user.may_anywhere(Permission.VIEW))
    results = Results(request.user, week, request.GET)
    found = results.findings.prefetch_related("changes")
    zone = request.user.current_memberships[0].organization.zone
    can_check = rules.can_check(request.user)
    values = {
        "week": week,
        "results": results,
        "chips": results.chips,
        "bodies": results.bodies,
        "page": Paginator(found, LINES_ON_PAGE).get_page(request.GET.get("page")),
        "circumstances": [(row, rules.can_explain(request.user, row.organization)) for row in results.circumstances],
        "now": Week.now(zone),
        "can_check": can_check,
        "can_explain": rules.can_explain_somewhere(request.user),
        "recorded_since": results.recorded_since() if can_check else 0,
    }
    return render(request, "compliance/week_detail.html", values)


@require_safe
def week_export(request: UserRequest, week: Week) -> HttpResponse:
    """The same results with the same filters as a workbook."""
    require(request.user.may_anywhere(Permission.VIEW))
    zone = request.user.current_memberships[0].organization.zone
    content = workbook(Results(request.user, week, request.GET).findings, week, zone)
    name = f"glashatay-{week}.xlsx"
    return HttpResponse(content, XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
def week_check(request: UserRequest, week: Week) -> HttpResponse:
    """Has the week checked, again if need be; it runs in the background."""
    require(rules.can_check(request.user))
    actions.run_check(week, by=request.user)
    messages.success(request, _("The check is started. The results will be here in a moment."))
    return redirect("compliance:week_detail", week)
