"""Holders of rights and handovers in the browser; for whom they do not concern they do not exist."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.http import UserRequest
from registry import word_files
from registry.models import Account, Handover, RightsHolder
from registry.security import handover_docx, holders
from registry.security.forms import EndForm, HandoverForm, HolderForm


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def holder_create(request: UserRequest, pk: int) -> HttpResponse:
    accounts = Account.objects.secured_by(request.user).select_related("organization", "network")
    account = get_object_or_404(accounts, pk=pk)
    form = HolderForm(request.POST or None, organization=account.organization)
    if form.is_valid():
        data = form.cleaned_data
        holders.add(account, form.chosen, level=data["level"], since=data["since"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("registry:security_detail", pk=pk)
    context = {"account": account, "form": form}
    return render(request, "registry/holder_create.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def holder_end(request: UserRequest, pk: int) -> HttpResponse:
    """The rights were taken away in the network."""
    holder = _holder(request, pk)
    form = EndForm(request.POST or None)
    if form.is_valid():
        holders.end(holder, on=form.cleaned_data["until"], by=request.user)
        messages.success(request, _("Written down: the rights have ended."))
        return redirect("registry:security_detail", pk=holder.account_id)
    context = {"holder": holder, "form": form}
    return render(request, "registry/holder_end.html", context, status=400 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def handover_create(request: UserRequest, pk: int) -> HttpResponse:
    """Somebody leaves: all rights of that person at the pages of the same body, in one act."""
    holder = _holder(request, pk)
    organization, rights = holder.account.organization, holders.rights_of(holder)
    if not rights:
        return redirect("registry:security_detail", pk=holder.account_id)
    form = HandoverForm(request.POST or None, organization=organization, rights=rights)
    if form.is_valid():
        handed_on = form.cleaned_data["handed_on"]
        handover = holders.draw_up(
            organization, form.chosen_rights, taker=form.chosen, handed_on=handed_on, by=request.user
        )
        return redirect("registry:handover_detail", pk=handover.pk)
    context = {"holder": holder, "form": form}
    return render(request, "registry/handover_create.html", context, status=400 if form.errors else 200)


@require_safe
def handover_detail(request: UserRequest, pk: int) -> HttpResponse:
    return render(request, "registry/handover_detail.html", {"handover": _handover(request, pk)})


@require_safe
def handover_act(request: UserRequest, pk: int) -> HttpResponse:
    """The act as a Word document, to be printed and signed."""
    handover = _handover(request, pk)
    response = HttpResponse(handover_docx.make(handover), content_type=word_files.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="handover-{handover.organization.slug}-{pk}.docx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def handover_done(request: UserRequest, pk: int) -> HttpResponse:
    """The rights were passed on in the networks: they end with the one and begin with the other."""
    holders.hand_over(_handover(request, pk), by=request.user)
    messages.success(request, _("The rights are handed over."))
    return redirect("registry:handover_detail", pk=pk)


def _holder(request: UserRequest, pk: int) -> RightsHolder:
    rows = RightsHolder.objects.visible_to(request.user).select_related("account__organization", "account__network")
    return get_object_or_404(rows, pk=pk)


def _handover(request: UserRequest, pk: int) -> Handover:
    rows = Handover.objects.visible_to(request.user).select_related("organization", "made_by", "done_by")
    return get_object_or_404(rows, pk=pk)
