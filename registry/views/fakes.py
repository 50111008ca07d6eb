"""Fakes: the open list, a resident's report, and what the department does with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.http import UserRequest, require
from registry import fakes, rules
from registry.fake_forms import ConfirmForm, FakeForm, RejectForm, ReportForm
from registry.kept import kept
from registry.models import FakeReport, KnownFake, ReportState

PAGE_SIZE = 25


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
    """What residents reported about the bodies in reach: the new ones first."""
    require(rules.can_handle_reports(request.user))
    rows = FakeReport.objects.visible_to(request.user)
    state = request.GET.get("state", ReportState.NEW)
    rows = rows.filter(state=state if state in ReportState.values else ReportState.NEW)
    rows = rows.select_related("organization", "network", "fake", "handled_by")
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "state": state,
        "states": ReportState.choices,
        "fakes": KnownFake.objects.visible_to(request.user).select_related("organization")[:PAGE_SIZE],
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
    return render(request, "registry/report_confirm.html", {"form": form, "report": report})


@require_http_methods(["GET", "POST"])
def report_reject(request: UserRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(FakeReport.objects.visible_to(request.user), pk=pk)
    require(rules.can_handle_reports(request.user))
    form = RejectForm(request.POST or None)
    if form.is_valid():
        fakes.reject(report, answer=form.cleaned_data["answer"], by=request.user)
        messages.success(request, _("Noted: not a fake."))
        return redirect("registry:report_list")
    return render(request, "registry/report_reject.html", {"form": form, "report": report})


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
    return render(request, "registry/fake_edit.html", {"form": form, "fake": fake})
