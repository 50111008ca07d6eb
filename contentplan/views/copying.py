"""Last week once more, by one button."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contentplan import actions
from contentplan.views.back import form_of
from contentplan.views.weeks import board_of
from people.http import UserRequest, require
from people.weeks import Week


@form_of("contentplan:plan_detail")
def plan_copy(request: UserRequest, organization: str, week: Week) -> HttpResponse:
    """Adds the times, rubrics and accounts of the week before as drafts to be filled in."""
    board = board_of(request, organization, week)
    require(board.can_write)
    _tell(request, actions.copy_last_week(board.organization, week, by=request.user))
    return redirect("contentplan:plan_detail", organization, week)


def _tell(request: UserRequest, copied: actions.Copied) -> None:
    n = len(copied.made)
    if not n:
        messages.info(request, _("Nothing to take over: everything of the last week stands here already."))
        return
    sentence = ngettext("%(n)d draft is taken from the last week.", "%(n)d drafts are taken from the last week.", n)
    words = [sentence % {"n": n}, _("The times are there: write the topics and the texts.")]
    if m := len(copied.moved):
        words.append(
            ngettext("%(n)d of them was moved away from a day off.", "%(n)d of them were moved away from days off.", m)
            % {"n": m}
        )
    if p := copied.passed:
        words.append(
            ngettext("%(n)d is left out: its time has passed.", "%(n)d are left out: their time has passed.", p)
            % {"n": p}
        )
    messages.success(request, " ".join(words))
