"""The signs of trust of one page, for those who keep the registry."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people.http import UserRequest, require
from registry import proposing, rules, trust
from registry.models import Account, ChangeKind, ProposalKind
from registry.proposing import Entry
from registry.trust_forms import TrustForm
from registry.views.proposals import proposed_sentence

HISTORY_SHOWN = 20


@require_http_methods(["GET", "POST"])
def account_trust(request: UserRequest, pk: int) -> HttpResponse:
    """What was found of each sign, and by whom; a new look is added, the old ones stay in the history."""
    rows = Account.objects.visible_to(request.user).select_related("organization", "network")
    account = get_object_or_404(rows, pk=pk)
    require(rules.can_verify(request.user, account))
    form = TrustForm(request.POST or None, account=account)
    if form.is_valid() and form.proposes_mark:
        return _propose_mark(request, account, form)
    if form.is_valid():
        kept = trust.record(account, form.findings, on=form.cleaned_data["checked_on"], by=request.user)
        told = ngettext("%(n)d answer is kept.", "%(n)d answers are kept.", kept) % {"n": kept}
        messages.success(request, told)
        return redirect("registry:account_trust", pk)
    looks = account.changes.filter(kind=ChangeKind.TRUST).select_related("by")
    context = {
        "account": account,
        "form": form,
        "ladder": trust.ladder(account),
        "looks": looks[:HISTORY_SHOWN],
        "standing": account.proposals.pending().first() if form.lacks_mark else None,
    }
    return render(request, "registry/account_trust.html", context, status=400 if form.errors else 200)


@transaction.atomic
def _propose_mark(request: UserRequest, account: Account, form: TrustForm) -> HttpResponse:
    """The mark waits for a second person; whatever else was marked is kept at once."""
    if form.findings:
        trust.record(account, form.findings, on=form.cleaned_data["checked_on"], by=request.user)
    stored = Account.objects.select_related("organization", "network", "legal_act").get(pk=account.pk)
    stored.has_state_mark = True
    entry = Entry(stored, list(stored.responsible_people.all()))
    note = form.cleaned_data["note_state_mark"]
    proposal = proposing.propose(entry, by=request.user, kind=ProposalKind.EDIT, note=note)
    messages.success(request, proposed_sentence(request.user, proposal))
    return redirect("registry:proposal_detail", proposal.pk)
