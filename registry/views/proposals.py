"""Proposals in the browser: what waits, what is proposed, and the decision about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.http import TooLate, UserRequest, require
from people.models import User
from registry import proposing, rules
from registry.entry_values import lay
from registry.models import Account, Proposal, ProposalKind, ProposalState
from registry.models.proposals import STATUS_BY_KIND
from registry.proposal_forms import ArchiveForm, Decision, MoveForm, RejectProposalForm
from registry.proposing import Entry

PAGE_SIZE = 25


def proposed_sentence(user: User, proposal: Proposal) -> str:
    """What happens next, for whoever proposed it."""
    if rules.can_decide(user, proposal):
        return _("Proposed. One person keeps the registry here: look it through and accept it yourself.")
    return _("Proposed. The entry changes when a second person has verified it; you will be told.")


def propose_or_say(
    request: UserRequest, form: BaseForm, entry: Entry, *, note: str, kind: ProposalKind | None = None
) -> HttpResponse | None:
    """Leads to what waits now; None where it cannot wait: then the form says why, and keeps what was typed."""
    try:
        proposal = proposing.propose(entry, by=request.user, note=note, kind=kind)
    except TooLate as late:
        form.add_error(None, late.sentence)
        return None
    messages.success(request, proposed_sentence(request.user, proposal))
    return redirect("registry:proposal_detail", proposal.pk)


@require_safe
def proposal_list(request: UserRequest) -> HttpResponse:
    """What waits for a decision, the oldest first; and what was decided, the newest first."""
    require(rules.can_see_manage(request.user))
    rows = Proposal.objects.visible_to(request.user).with_relations()
    decided = request.GET.get("state") == "decided"
    rows = rows.exclude(state=ProposalState.PENDING).order_by("-decided_at", "-pk") if decided else rows.pending()
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "decided": decided,
        "tabs": [
            {"label": _("Waiting"), "url": "?", "count": None, "current": not decided},
            {"label": _("Decided"), "url": "?state=decided", "count": None, "current": decided},
        ],
        "can_create": rules.can_create(request.user),
    }
    return render(request, "registry/proposal_list.html", context)


@require_safe
def proposal_detail(request: UserRequest, pk: int) -> HttpResponse:
    proposal = _proposal(request, pk)
    return _page(request, proposal, None)


@require_POST
def proposal_accept(request: UserRequest, pk: int) -> HttpResponse:
    proposal = _proposal(request, pk)
    require(rules.can_decide(request.user, proposal))
    if not proposal.is_pending:
        # A second tab, or a colleague: said aloud, what became of it stands on the page.
        messages.error(request, _("This proposal is decided already: nothing was done again."))
        return redirect("registry:proposal_detail", pk)
    decision = Decision(proposal, request.user, request.POST)
    if not decision.is_valid():
        return _page(request, proposal, decision)
    account = proposing.accept(
        proposal,
        decision.entry,
        seen=decision.form.cleaned_data["seen"],
        answers=decision.checklist.answers,
        seen_closed=decision.form.cleaned_data.get("confirmed", False),
        comment=decision.form.cleaned_data["comment"],
        by=request.user,
    )
    messages.success(request, _("Accepted: this is the entry now, on the open pages too if it is public."))
    return redirect("registry:account_detail", account.pk)


@require_http_methods(["GET", "POST"])
def proposal_reject(request: UserRequest, pk: int) -> HttpResponse:
    proposal = _proposal(request, pk)
    require(rules.can_decide(request.user, proposal))
    form = RejectProposalForm(request.POST or None)
    if form.is_valid():
        proposing.reject(proposal, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Rejected. Whoever proposed it is told why."))
        return redirect("registry:proposal_list")
    return render(request, "registry/proposal_reject.html", {"form": form, "proposal": proposal})


@require_POST
def proposal_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    proposal = _proposal(request, pk)
    require(rules.can_withdraw(request.user, proposal))
    proposing.withdraw(proposal, by=request.user)
    messages.success(request, _("Withdrawn: nobody needs to look at it any more."))
    return redirect("registry:proposal_list")


@require_http_methods(["GET", "POST"])
def account_move(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Proposes to suspend, to resume or to close a page."""
    rows = Account.objects.visible_to(request.user).select_related("organization", "network", "legal_act")
    account = get_object_or_404(rows, pk=pk)
    require(rules.can_edit_account(request.user, account))
    closes = kind == ProposalKind.ARCHIVE
    form = (ArchiveForm if closes else MoveForm)(request.POST or None)
    if not rules.may_become(account, STATUS_BY_KIND[ProposalKind(kind)]):
        messages.error(request, _("The entry is in another state by now."))
        return redirect("registry:account_detail", pk)
    if form.is_valid():
        lay(account, "status", STATUS_BY_KIND[ProposalKind(kind)])
        if closes:
            account.closed_on = form.cleaned_data["closed_on"]
        entry = Entry(account, list(account.responsible_people.all()), None, getattr(form, "closing", {}))
        note = form.cleaned_data["reason"]
        if done := propose_or_say(request, form, entry, note=note, kind=ProposalKind(kind)):
            return done
    context = {"form": form, "account": account, "kind": kind}
    return render(request, "registry/account_move.html", context, status=400 if form.errors else 200)


def _proposal(request: UserRequest, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.visible_to(request.user).with_relations(), pk=pk)


def _page(request: UserRequest, proposal: Proposal, decision: Decision | None) -> HttpResponse:
    can_decide = proposal.is_pending and rules.can_decide(request.user, proposal)
    if can_decide and decision is None:
        decision = Decision(proposal, request.user)
    context = {
        "proposal": proposal,
        "decision": decision,
        "can_decide": can_decide,
        "can_withdraw": proposal.is_pending and rules.can_withdraw(request.user, proposal),
        "is_alone": rules.is_alone(proposal.organization),
        "address": _address(proposal),
        "again_url": _again(request.user, proposal),
    }
    refused = bool(decision and decision.form.is_bound)
    return render(request, "registry/proposal_detail.html", context, status=400 if refused else 200)


def _again(user: User, proposal: Proposal) -> str:
    """Where whoever proposed it proposes it anew; "" for anybody else, or when something else waits already."""
    if proposal.state != ProposalState.REJECTED or proposal.proposed_by_id != user.pk:
        return ""
    account = proposal.account
    if account is None:
        return f"{reverse('registry:account_create')}?again={proposal.pk}"
    if not rules.can_edit_account(user, account) or account.proposals.pending().exists():
        return ""
    if proposal.kind == ProposalKind.EDIT:
        return f"{reverse('registry:account_edit', args=[account.pk])}?again={proposal.pk}"
    if not rules.may_become(account, STATUS_BY_KIND[ProposalKind(proposal.kind)]):
        return ""
    return reverse(f"registry:account_{proposal.kind}", args=[account.pk])


def _address(proposal: Proposal) -> str:
    """The page itself, to be opened and looked at; never of a prohibited network."""
    account = proposal.account
    if account and account.network and account.network.is_prohibited:
        return ""
    return proposal.values.get("url") or proposal.url or (account.url if account else "")
