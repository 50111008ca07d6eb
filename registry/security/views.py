"""The security of accounts in the browser; for whom it does not concern it does not exist."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from people.http import UserRequest, require
from registry import rules
from registry.models import FULL_RIGHTS, Account, AccountStatus, SecurityAnswer, SecurityItem
from registry.paging import LateRowsPaginator
from registry.security import checklist, loss
from registry.security.forms import AnswerForm, LossForm

PAGE_SIZE = 25
ANSWERS_SHOWN = 20


@require_safe
def security_list(request: UserRequest) -> HttpResponse:
    """The accounts of the person's bodies, with what is overdue, missing and not fulfilled."""
    require(rules.can_keep_security_anywhere(request.user))
    wanted = request.GET.get("show", "")
    page = LateRowsPaginator(checklist.listed(request.user, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    chips = [("", _("All")), *checklist.Wanted.choices]
    context = {
        "page": page,
        "rows": checklist.standings(list(page)),
        "chips": [{"label": label, "url": f"?show={code}", "current": code == wanted} for code, label in chips],
        "wanted": wanted,
    }
    return render(request, "registry/security_list.html", context)


@require_safe
def security_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One account: the checklist as it stands, who holds the rights, what was answered before."""
    account = _account(request, pk)
    holders = account.rights_holders.select_related("user")
    answers = SecurityAnswer.objects.filter(account=account).select_related("made_by")
    context = {
        "account": account,
        "standing": checklist.standings([account])[0],
        "holders": [one for one in holders if one.until is None],
        "former": [one for one in holders if one.until],
        "leavers": set(holders.of_leavers().values_list("pk", flat=True)),
        "answers": Paginator(answers, ANSWERS_SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "registry/security_detail.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def security_answer(request: UserRequest, pk: int) -> HttpResponse:
    """The checklist is gone through; only what is marked changes."""
    account = _account(request, pk)
    form = AnswerForm(request.POST or None, items=SecurityItem.objects.filter(is_active=True))
    if form.is_valid():
        kept = checklist.answer(account, form.replies, done_on=form.cleaned_data["done_on"], by=request.user)
        told = ngettext("%(n)d answer is kept.", "%(n)d answers are kept.", kept) % {"n": kept}
        messages.success(request, told)
        return redirect("registry:security_detail", pk=pk)
    context = {"account": account, "form": form}
    return render(request, "registry/security_answer.html", context, status=400 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def account_lost(request: UserRequest, pk: int) -> HttpResponse:
    """Access is lost: asked once, then the page is suspended without a second person."""
    account = _account(request, pk)
    form = LossForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if loss.lose(account, note=form.cleaned_data["note"], by=request.user):
            messages.warning(request, _("The page is suspended, the department is told. Now do this."))
        else:
            messages.warning(request, _("The department is told. Now do this."))
        return redirect("registry:lost_guide", pk=pk)
    context = {"account": account, "form": form, "is_active": account.status == AccountStatus.ACTIVE}
    return render(request, "registry/account_lost.html", context, status=400 if form.errors else 200)


@require_safe
def lost_guide(request: UserRequest, pk: int) -> HttpResponse:
    """What to do first; may be read before anything has happened."""
    account = _account(request, pk)
    holders = account.rights_holders.current().filter(level__in=FULL_RIGHTS)
    return render(request, "registry/lost_guide.html", {"account": account, "holders": holders})


def _account(request: UserRequest, pk: int) -> Account:
    accounts = Account.objects.secured_by(request.user).select_related("organization", "network")
    return get_object_or_404(accounts, pk=pk)
