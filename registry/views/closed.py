"""Names of closed pages: what stands at the old addresses now."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.http import UserRequest, require
from registry import closing, reviewing, rules
from registry.filters import ClosedFilter
from registry.models import FormerName, NameFinding
from registry.paging import LateRowsPaginator
from registry.proposal_forms import NameForm

PAGE_SIZE = 25


@require_safe
def closed_list(request: UserRequest) -> HttpResponse:
    """Every closed name in reach: how the page was closed, who looked last and when the next look is due."""
    require(rules.can_decide_anywhere(request.user))
    return render(request, "registry/closed_list.html", _page(request))


@require_POST
def closed_look(request: UserRequest, pk: int) -> HttpResponse:
    """One press: the person has opened the address and says what they saw."""
    account = get_object_or_404(reviewing.kept_by(request.user).closed_names(), pk=pk)
    form = NameForm(request.POST)
    if not form.is_valid():
        return render(request, "registry/closed_list.html", _page(request) | {"form": form, "at": pk}, status=400)
    finding = NameFinding(form.cleaned_data["finding"])
    report = closing.look(account, finding=finding, note=form.cleaned_data["note"], by=request.user)
    if report:
        messages.success(request, _("Noted, and reported as a fake. Say whom it imitates, and people will be warned."))
        return redirect("registry:report_confirm", report.pk)
    messages.success(request, _("Noted: you have looked today."))
    return redirect(f"{reverse('registry:closed_list')}?{request.GET.urlencode()}")


def _page(request: UserRequest) -> dict[str, Any]:
    today = timezone.localdate()
    kept = reviewing.kept_by(request.user)
    names = kept.closed_names()
    chosen = ClosedFilter(request.GET, queryset=names, request=request)
    found = chosen.qs if chosen.is_valid() else names.none()
    due = chosen.without("due").names_due(today) if chosen.is_valid() else names.none()
    let_go = chosen.let_go(kept) if chosen.is_valid() else FormerName.objects.none()
    told = {"filter": chosen, "tabs": _tabs(chosen, due.count(), let_go.count()), "today": today}
    if chosen.data.get("renamed"):
        rows = let_go.select_related("network", "account__organization", "account__network")
        return told | {"renamed": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))}
    page = LateRowsPaginator(found.in_order(), PAGE_SIZE).get_page(request.GET.get("page"))
    prefetch_related_objects(list(page), "closing__looked_by")
    listed = [(account, closing.next_look(account)) for account in page]
    return told | {"page": page, "rows": listed, "findings": NameFinding.choices}


def _tabs(chosen: ClosedFilter, due: int, let_go: int) -> list[dict[str, Any]]:
    open_one = next((name for name in ("renamed", "due") if chosen.data.get(name)), "")
    other = chosen.address(due="", kind="", finding="", renamed="1")
    tabs = [
        ("", _("All closed names"), chosen.address(due="", renamed=""), None),
        ("due", _("To be looked at"), chosen.address(due="1", renamed=""), due),
        ("renamed", _("Old names of renamed pages"), other, let_go),
    ]
    return [{"label": label, "url": url, "count": n, "current": name == open_one} for name, label, url, n in tabs]
