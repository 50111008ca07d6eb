"""Why a week is not judged like any other: saying so, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from compliance import actions, rules
from compliance.forms import CircumstanceForm
from compliance.models import Circumstance
from people.http import UserRequest, require
from people.weeks import Week


@require_http_methods(["GET", "HEAD", "POST"])
def circumstance_create(request: UserRequest, week: Week) -> HttpResponse:
    """`?about=account-17` or `?about=body-3` chooses beforehand whom it is about."""
    require(rules.can_explain_somewhere(request.user))
    form = CircumstanceForm(request.POST or None, user=request.user, week=week, about=request.GET.get("about", ""))
    if form.is_valid():
        actions.explain(form.instance, by=request.user)
        messages.success(request, _("Recorded. The weeks it touches are being checked again."))
        return redirect("compliance:week_detail", week)
    return render(request, "compliance/circumstance_form.html", {"form": form, "week": week})


@require_POST
def circumstance_end(request: UserRequest, week: Week, pk: int) -> HttpResponse:
    """The explanation does not hold from this week on."""
    circumstance = get_object_or_404(Circumstance.objects.visible_to(request.user), pk=pk)
    require(rules.can_explain(request.user, circumstance.organization))
    actions.end(circumstance, week, by=request.user)
    messages.success(request, _("The explanation is taken back. The weeks it touches are being checked again."))
    return redirect("compliance:week_detail", week)
