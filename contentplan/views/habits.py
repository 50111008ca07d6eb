"""Habitual times of a body's accounts: where its week board offers a dashed cell."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from contentplan import actions, habits, rules
from contentplan.board_forms import SlotForm
from contentplan.habits import Habit
from contentplan.models import Slot
from contentplan.views.board import Board
from people.http import UserRequest, require
from people.models import Organization
from people.weeks import Week
from registry.models import Account


@dataclass(frozen=True)
class Row:
    """One account: its habitual times, and those its last posts suggest."""

    account: Account
    slots: list[Slot]
    suggested: list[Habit]


@require_http_methods(["GET", "POST"])
def slot_list(request: UserRequest, organization: str) -> HttpResponse:
    """Lists the times by account and adds one on several days at once."""
    body = get_object_or_404(Organization.objects.visible_to(request.user), slug=organization)
    require(rules.can_write(request.user, body))
    board = Board(request.user, body, Week.now(body.zone))
    everywhere = [account.pk for account in board.accounts]
    form = SlotForm(request.POST or None, accounts=board.accounts, initial={"accounts": everywhere})
    if form.is_valid():
        values = form.cleaned_data
        made = actions.keep_slots(
            values["accounts"], values["weekdays"], values["at"], rubric=values["rubric"], by=request.user
        )
        _tell(request, made)
        return redirect("contentplan:slot_list", organization)
    suggested = habits.suggestions(body)
    rows = [
        Row(account, [slot for slot in board.slots if slot.account_id == account.pk], suggested.get(account.pk, []))
        for account in board.accounts
    ]
    values = {"organization": body, "rows": rows, "form": form, "week": Week.now(body.zone).next}
    return render(request, "contentplan/slot_list.html", values)


@require_POST
def slot_take(request: UserRequest, pk: int) -> HttpResponse:
    """Makes the suggested times of one account the habitual ones."""
    account = get_object_or_404(Account.objects.visible_to(request.user).active().select_related("organization"), pk=pk)
    require(rules.can_write(request.user, account.organization))
    _tell(request, actions.take_suggestion(account, by=request.user))
    return redirect("contentplan:slot_list", account.organization.slug)


@require_POST
def slot_delete(request: UserRequest, pk: int) -> HttpResponse:
    accounts = Account.objects.visible_to(request.user)
    slot = get_object_or_404(Slot.objects.filter(account__in=accounts).select_related("account__organization"), pk=pk)
    require(rules.can_write(request.user, slot.account.organization))
    actions.delete_slot(slot, by=request.user)
    messages.success(request, _("The time is no longer offered."))
    return redirect("contentplan:slot_list", slot.account.organization.slug)


def _tell(request: UserRequest, made: int) -> None:
    if made:
        sentence = ngettext("%(n)d habitual time is added.", "%(n)d habitual times are added.", made)
        messages.success(request, sentence % {"n": made})
    else:
        messages.info(request, _("These times stand here already."))
