"""The registry in the browser: open to everybody, and kept by those who may."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.http import UserRequest, require
from people.models import User
from registry import actions, former, reviewing, rules, trust
from registry.catalogue import Catalogue
from registry.filters import AccountFilter, ManageFilter
from registry.forms import AccountForm
from registry.heads import of_card, of_list
from registry.kept import kept
from registry.models import Account, ActFile, EntryChange, LegalAct, Proposal, ProposalState, SocialNetwork
from registry.paging import LateRowsPaginator
from registry.proposal_forms import ReasonForm, begun
from registry.proposing import Entry
from registry.views.proposals import propose_or_say

MANAGE_PAGE = 50
OTHERS = 20  # pages of the same body beside a card
CHANGES = 20  # the newest changes of the entry beside a card


@require_safe
@login_not_required
@kept
def account_list(request: HttpRequest) -> HttpResponse:
    chosen = AccountFilter(request.GET, queryset=Account.objects.public(), request=request)
    if not chosen.is_valid():
        return render(request, "registry/account_list.html", {"filter": chosen}, status=400)
    catalogue = Catalogue(chosen, after=request.GET.get("after", ""))
    context = {
        "filter": chosen,
        "catalogue": catalogue,
        "head": of_list(catalogue),
        "the_order": LegalAct.objects.filter(founds_registry=True).first(),
        "verification_days": settings.VERIFICATION_DAYS,
        "networks_of_order": list(SocialNetwork.objects.with_status().filter(named_in_order=True)),
    }
    return render(request, "registry/account_list.html", context)


@require_safe
@login_not_required
@kept
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account.objects.readable_by(request.user).with_relations(), pk=pk)
    user = request.user if isinstance(request.user, User) else None
    others = Account.objects.public().filter(organization=account.organization).exclude(pk=pk).for_listing()[:OTHERS]
    inside = bool(user and rules.can_see_people(user, account))
    changes = EntryChange.objects.select_related("by") if inside else EntryChange.objects.public()
    context = {
        "account": account,
        "others": others,
        # An entry that only the portal sees introduces itself to nobody.
        "head": of_card(account, others) if account.is_public else None,
        "former_names": former.names_of(account),
        "act_files": ActFile.objects.beside(account),
        "trust": trust.public_ladder(account),
        "can_edit": bool(user and rules.can_edit_account(user, account)),
        "can_verify": bool(user and rules.can_verify(user, account)),
        "can_keep_security": bool(user and rules.can_keep_security(user, account)),
        "can_see_people": inside,
        "changed_at": EntryChange.objects.public().filter(account=account).values_list("made_at", flat=True).first(),
        "changes": changes.filter(account=account)[:CHANGES],
    }
    return render(request, "registry/account_detail.html", context)


@require_safe
def account_manage(request: UserRequest) -> HttpResponse:
    require(rules.can_see_manage(request.user))
    rows = Account.objects.visible_to(request.user)
    chosen = ManageFilter(request.GET, queryset=rows, request=request)
    found = chosen.qs if chosen.is_valid() else rows.none()
    page = LateRowsPaginator(found.in_order(), MANAGE_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "editable": {account.pk for account in page if rules.can_edit_account(request.user, account)},
        "verifiable": {account.pk for account in page if rules.can_verify(request.user, account)},
        # Prohibited networks stand in the filter and in archive entries: never without their notice.
        "notices": SocialNetwork.objects.exclude(notice="").order_by().values_list("notice", flat=True).distinct(),
        "can_create": rules.can_create(request.user),
        "can_keep": rules.can_decide_anywhere(request.user),
        "can_keep_security": rules.can_keep_security_anywhere(request.user),
        "names_due": reviewing.kept_by(request.user).names_due(timezone.localdate()).count(),
    }
    return render(request, "registry/account_manage.html", context)


@require_http_methods(["GET", "POST"])
def account_create(request: UserRequest) -> HttpResponse:
    """A new entry is proposed; a second person verifies it."""
    require(rules.can_create(request.user))
    again = _again(request, None)
    form = AccountForm(request.POST or None, **(begun(again) if again else {}), user=request.user)
    why = ReasonForm(request.POST or None)
    if form.is_valid() and why.is_valid() and (done := _propose(request, form, why)):
        return done
    return render(request, "registry/account_create.html", {"form": form, "why": why}, status=_status(form, why))


@require_http_methods(["GET", "POST"])
def account_edit(request: UserRequest, pk: int) -> HttpResponse:
    """A change is proposed; until a second person accepts it the entry stays as it is."""
    account = get_object_or_404(Account.objects.visible_to(request.user).select_related("organization"), pk=pk)
    require(rules.can_edit_account(request.user, account))
    waiting = account.proposals.pending().first()
    if waiting and request.method == "GET":
        messages.info(request, _("A change of this entry is already waiting for a decision: here it is."))
        return redirect("registry:proposal_detail", waiting.pk)
    again = _again(request, account)
    start = begun(again) if again else {"instance": account}
    form = AccountForm(request.POST or None, **start, user=request.user, was=account.status)
    why = ReasonForm(request.POST or None)
    if form.is_valid() and why.is_valid() and (done := _propose(request, form, why)):
        return done
    context = {"form": form, "why": why, "pk": pk}
    return render(request, "registry/account_edit.html", context, status=_status(form, why))


def _again(request: UserRequest, account: Account | None) -> Proposal | None:
    """The person's own proposal that was rejected: to be corrected and proposed again."""
    number = request.GET.get("again", "")
    if request.method != "GET" or not (number.isascii() and number.isdigit()):
        return None
    rows = Proposal.objects.filter(account=account, proposed_by=request.user, state=ProposalState.REJECTED)
    return rows.select_related("organization").filter(pk=int(number)).first()


def _propose(request: UserRequest, form: AccountForm, why: ReasonForm) -> HttpResponse | None:
    entry = Entry(form.instance, list(form.cleaned_data["responsible_people"]), form.new_act)
    return propose_or_say(request, form, entry, note=why.cleaned_data["reason"])


def _status(*forms: BaseForm) -> int:
    return 400 if any(form.errors for form in forms) else 200


@require_POST
def account_verify(request: UserRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account.objects.visible_to(request.user), pk=pk)
    require(rules.can_verify(request.user, account))
    actions.verify(account, by=request.user)
    messages.success(request, _("Noted: verified today."))
    if "list" in request.POST:
        filters = QueryDict(request.POST["list"])
        return redirect(f"{reverse('registry:account_manage')}?{filters.urlencode()}")
    return redirect("registry:account_detail", pk)
