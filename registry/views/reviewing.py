"""The pages that are to be looked at again, and several of them noted at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people.http import UserRequest, require
from registry import reviewing, rules
from registry.filters import DueFilter
from registry.paging import LateRowsPaginator
from registry.proposal_forms import ChecklistForm

PAGE_SIZE = 25


@require_http_methods(["GET", "POST"])
def verification_list(request: UserRequest) -> HttpResponse:
    """The longest unseen first is not the order: by body, so that a person goes through one site after another."""
    require(rules.can_decide_anywhere(request.user))
    chosen = [int(text) for text in request.POST.getlist("account") if text.isascii() and text.isdigit()]
    checklist = ChecklistForm(request.POST or None, items=reviewing.items(), prefix="check")
    refusal = ""
    if request.method == "POST":
        if chosen and checklist.is_valid():
            return _note(request, chosen, checklist)
        refusal = "" if chosen else _("Mark at least one page.")
    context = _page(request) | {"checklist": checklist, "chosen": chosen, "refusal": refusal}
    return render(request, "registry/verification_list.html", context, status=400 if request.method == "POST" else 200)


def _page(request: UserRequest) -> dict[str, object]:
    overdue = reviewing.kept_by(request.user).due_for_verification(timezone.localdate())
    narrowed = DueFilter(request.GET, queryset=overdue, request=request)
    found = narrowed.qs if narrowed.is_valid() else overdue.none()
    page = LateRowsPaginator(found.in_order(), PAGE_SIZE).get_page(request.GET.get("page"))
    return {"filter": narrowed, "page": page}


def _note(request: UserRequest, chosen: list[int], checklist: ChecklistForm) -> HttpResponse:
    noted = reviewing.note(chosen, answers=checklist.answers, by=request.user)
    told = ngettext("Noted: %(n)d page verified today.", "Noted: %(n)d pages verified today.", noted) % {"n": noted}
    messages.success(request, told)
    return redirect(request.get_full_path())
