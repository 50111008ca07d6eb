"""Fakes: the open list, a resident's report, and what the department does with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.http import UserRequest, require
from registry import fakes, rules
from registry.fake_forms import ConfirmForm, FakeForm, RejectForm, ReportForm
from registry.kept import kept
from registry.models import FakeReport, KnownFake, ReportState

PAGE_SIZE = 25
KNOWN = "known"  # beside the states of a report: what became of those that were confirmed


@require_safe
@login_not_required
@kept
def fake_list(request: HttpRequest) -> HttpResponse:
    """Known fakes with their dates; no link to any of them can be pressed."""
    rows = KnownFake.objects.public().select_related("organization", "account__network", "network")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "registry/fake_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@login_not_required
def fake_report(request: HttpRequest) -> HttpResponse:
    """A resident tells of a fake, without an account."""
    form = ReportForm(request.POST or None, initial={"url": request.GET.get("url", "")})
    if form.is_valid():
        if form.is_spam:
            return redirect("registry:fake_thanks")  # a robot learns nothing from the answer
        if not fakes.may_report(request):
            form.add_error(None, _("Too many reports from your address. Try again in an hour."))
        else:
            fakes.report(form.answer, form.cleaned_data["words"])
            return redirect("registry:fake_thanks")
    return render(request, "registry/fake_report.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
@login_not_required
@kept
def fake_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/fake_thanks.html")


@require_safe
def report_list(request: UserRequest) -> HttpResponse:
    """What residents reported about the bodies in reach, by state; and the fakes known of these bodies."""
    require(rules.can_handle_reports(request.user))
    state = request.GET.get("state", ReportState.NEW)
    if state == KNOWN:
        rows: QuerySet[Any] = KnownFake.objects.visible_to(request.user).select_related("organization")
    else:
        state = state if state in ReportState.values else ReportState.NEW
        reports = FakeReport.objects.visible_to(request.user).filter(state=state)
        rows = reports.select_related("organization", "network", "fake", "handled_by")
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "state": state,
        "states": ReportState.choices,
    }
    return render(request, "registry/report_list.html", context)


@require_http_methods(["GET", "POST"])
def report_confirm(request: UserRequest, pk: int) -> HttpResponse:
    """The page is a fake: it joins the open list."""
    report = get_object_or_404(FakeReport.objects.visible_to(request.user).select_related("network"), pk=pk)
    require(rules.can_handle_reports(request.user))
    form = ConfirmForm(request.POST or None, report=report, user=request.user)
    if form.is_valid():
        fakes.confirm(report, by=request.user, **form.cleaned_data)
        messages.success(request, _("The page is in the list of known fakes."))
        return redirect("registry:report_list")
    context = {"form": form, "report": report, "told": fakes.history(report, report.fake)}
    return render(request, "registry/report_confirm.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def report_reject(request: UserRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(FakeReport.objects.visible_to(request.user), pk=pk)
    require(rules.can_handle_reports(request.user))
    form = RejectForm(request.POST or None)
    if form.is_valid():
        fakes.reject(report, answer=form.cleaned_data["answer"], by=request.user)
        messages.success(request, _("Noted: not a fake."))
        return redirect("registry:report_list")
    context = {"form": form, "report": report, "told": fakes.history(report, report.fake)}
    return render(request, "registry/report_reject.html", context, status=400 if form.errors else 200)


@require_POST
def report_reopen(request: UserRequest, pk: int) -> HttpResponse:
    """A report that was called no fake is looked at again."""
    report = get_object_or_404(FakeReport.objects.visible_to(request.user), pk=pk)
    require(rules.can_handle_reports(request.user))
    fakes.reopen(report, by=request.user)
    messages.success(request, _("The report waits for a decision again."))
    return redirect("registry:report_list")


@require_http_methods(["GET", "POST"])
def fake_edit(request: UserRequest, pk: int) -> HttpResponse:
    """What became of a known fake."""
    fake = get_object_or_404(KnownFake.objects.visible_to(request.user).select_related("organization"), pk=pk)
    require(rules.can_keep_for(request.user, fake.organization))
    form = FakeForm(request.POST or None, instance=fake)
    if form.is_valid():
        fakes.edit(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("registry:report_list")
    context = {"form": form, "fake": fake, "told": fakes.history(None, fake)}
    return render(request, "registry/fake_edit.html", context)
