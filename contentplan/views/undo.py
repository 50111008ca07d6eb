"""Ten seconds to take back a step on the board: a bar with one button, kept in the session, guarded by revision."""

import time
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contentplan import actions, rules
from contentplan.models import Move, PlannedPost
from contentplan.views.back import TOP, back_to
from people.http import TooLate, UserRequest, require
from people.models import Organization
from people.roles import Permission

KEY = "plan_undo"
SECONDS = 10  # so long the bar stands on the page
# A press over a slow line, or without scripts, arrives later than it was made.
GRACE = 60


def offer(request: HttpRequest, sentence: str, back: str, **step: Any) -> None:
    """Keeps the step that can be taken back: `move`, `idea` or `approved`, with what it needs; `back`: its page."""
    request.session[KEY] = {"sentence": sentence, "back": back, "at": time.time(), **step}


def offered(request: HttpRequest) -> dict[str, Any] | None:
    """What the bar shows now."""
    step: dict[str, Any] | None = request.session.get(KEY)
    if step and time.time() - step["at"] < SECONDS + 5:
        return {**step, "seconds": SECONDS}
    return None


@require_POST
def plan_undo(request: UserRequest) -> HttpResponse:
    """Takes the last step back, as long as nobody has gone on from there."""
    require(request.user.may_anywhere(Permission.VIEW))
    step = request.session.pop(KEY, None)
    back = step["back"] if step else reverse("contentplan:plan_mine")
    with back_to(back + TOP):
        if step is None or time.time() - step["at"] > GRACE:
            raise TooLate(_("There is nothing to take back any more."))
        _take_back(request, step)
    return HttpResponseRedirect(back + TOP)


def _take_back(request: UserRequest, step: dict[str, Any]) -> None:
    if "move" in step:
        _move_back(request, step)
    elif "approved" in step:
        _open_again(request, step)
    else:
        organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=step["idea"])
        require(rules.can_write(request.user, organization))
        actions.add_idea(organization, step["topic"], text=step["text"], by=request.user)
        messages.success(request, _("The idea is back in the drawer."))


def _move_back(request: UserRequest, step: dict[str, Any]) -> None:
    rows = PlannedPost.objects.visible_to(request.user).select_related("plan__organization")
    post = get_object_or_404(rows, pk=step["move"])
    require(rules.can_edit(request.user, post))
    moment = datetime.fromisoformat(step["planned_at"])
    try:
        actions.move_back(post, moment, revision=step["revision"], by=request.user)
    except ValidationError as error:
        raise TooLate(" ".join(error.messages)) from error
    if step.get("was_approved") and post.is_submitted:
        sentence = _("Moved back: “%(topic)s”. The post awaits approval again.")
    else:
        sentence = _("Moved back: “%(topic)s”.")
    messages.success(request, sentence % {"topic": post.topic})


def _open_again(request: UserRequest, step: dict[str, Any]) -> None:
    """The posts of a plan that were approved at once await a decision again."""
    rows = PlannedPost.objects.visible_to(request.user).select_related("plan__organization")
    posts = list(rows.filter(pk__in=step["approved"]).by_time())
    for post in posts:
        require(rules.can_move(request.user, post, Move.UNDO))
    actions.undo_all(posts, by=request.user)
    n = len(posts)
    sentence = ngettext("%(n)d decision is taken back.", "%(n)d decisions are taken back.", n)
    messages.success(request, sentence % {"n": n})
