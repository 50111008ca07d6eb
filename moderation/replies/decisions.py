"""What a reviewer presses: approve, correct, return, take back, take in work; and the page they press it on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from moderation import rules
from moderation.inbox.masking import masked
from moderation.models import Message, Reply, ReplyViewing
from moderation.replies import path
from moderation.replies.forms import CorrectionForm, ReturnForm
from moderation.replies.page import key_of
from moderation.replies.story import Story
from moderation.replies.views import number
from people.http import TooLate, UserRequest, require
from review import presence, taken

SHOWN_THREAD, LONGEST = 20, 5000


@require_safe
@never_cache
def reply_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One reply: what was asked, what is answered, what changed, what happened, and the decision for whom it waits."""
    return _show(request, fetch(request, pk))


@require_POST
def reply_approve(request: UserRequest, pk: int) -> HttpResponse:
    reply = _decidable(request, pk)
    return _done(request, reply, lambda: path.approve(reply, **_seen(request), by=request.user), _("Approved."))


@require_POST
def reply_correct(request: UserRequest, pk: int) -> HttpResponse:
    """The reviewer's own wording, approved at once; what was typed stays when somebody was faster."""
    reply = _decidable(request, pk)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _show(request, reply, correction=form)
    try:
        path.correct(reply, form.cleaned_data["text"], **_seen(request), by=request.user)
    except ValidationError as error:
        form.add_error("text", error.messages[0])
        return _show(request, reply, correction=form)
    except TooLate as late:
        return _show(request, fetch(request, pk), correction=form, overtaken=late.sentence)
    messages.success(request, _("Corrected and approved. The author sees what was changed."))
    return _next(request, reply, "correct")


@require_POST
def reply_return(request: UserRequest, pk: int) -> HttpResponse:
    """Back to the author with remarks; without one the page stays and keeps what was typed."""
    reply = _decidable(request, pk)
    form = ReturnForm(request.POST, reply=reply)
    if not form.is_valid():
        return _show(request, reply, returned=form)
    try:
        path.return_for_changes(reply, revision=number(request, "revision"), remarks=form.remarks, by=request.user)
    except TooLate as late:
        return _show(request, fetch(request, pk), returned=form, overtaken=late.sentence)
    messages.success(request, _("Returned with remarks. The author is told."))
    return _next(request, reply, "return")


@require_POST
def reply_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Takes back one's own decision of a moment ago."""
    reply = _decidable(request, pk)
    path.undo(reply, by=request.user)
    messages.success(request, _("The decision is taken back: the reply awaits one again."))
    return redirect("moderation:reply_detail", pk)


@require_POST
def reply_claim(request: UserRequest, pk: int) -> HttpResponse:
    """Takes the reply in work; `take_over`: from a colleague."""
    reply = _decidable(request, pk)
    path.claim(reply, by=request.user, take_over="take_over" in request.POST)
    messages.success(request, _("You have the reply in work: its author can read it, but not change it."))
    return redirect("moderation:reply_detail", pk)


@require_POST
def reply_release(request: UserRequest, pk: int) -> HttpResponse:
    reply = _decidable(request, pk)
    path.release(reply, by=request.user)
    messages.success(request, _("The reply is free for any reviewer again."))
    return redirect("moderation:reply_detail", pk)


def _typed(correction: CorrectionForm | None, returned: ReturnForm | None) -> str:
    """What the reviewer has written, to be copied where the form itself has no place any more."""
    if correction:
        return str(correction.cleaned_data["text"])
    return "\n\n".join(remark.body for remark in returned.remarks) if returned else ""


def fetch(request: UserRequest, pk: int) -> Reply:
    reply: Reply = get_object_or_404(Reply.objects.visible_to(request.user).for_listing(), pk=pk)
    return reply


def _decidable(request: UserRequest, pk: int) -> Reply:
    reply = fetch(request, pk)
    require(rules.can_decide_reply(request.user, reply))
    return reply


def _seen(request: UserRequest) -> dict[str, int]:
    return {name: number(request, name) for name in ("revision", "thread")}


def _done(request: UserRequest, reply: Reply, act: Callable[[], None], sentence: str) -> HttpResponse:
    """Does it, and leads to what waits next; too late: back to the reply as it is now."""
    try:
        act()
    except TooLate as late:
        late.back = reverse("moderation:reply_detail", args=[reply.pk])
        raise
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("moderation:reply_detail", reply.pk)
    messages.success(request, sentence)
    return _next(request, reply)


def _next(request: UserRequest, reply: Reply, form: str = "") -> HttpResponseRedirect:
    """The reply that is due next, else the queue, which is empty now. `form`: what was typed in it is taken."""
    after = Reply.objects.decidable_by(request.user).exclude(pk=reply.pk).by_term().first()
    address = reverse("moderation:reply_detail", args=[after.pk]) if after else reverse("moderation:reply_queue")
    response = HttpResponseRedirect(address)
    if form:
        taken.forget(request, response, f"{key_of(request, reply.message)}-{form}")
    return response


def _show(
    request: UserRequest,
    reply: Reply,
    *,
    correction: CorrectionForm | None = None,
    returned: ReturnForm | None = None,
    overtaken: str = "",
) -> HttpResponse:
    if not reply.is_sent:
        presence.look(ReplyViewing(reply=reply, user=request.user, revision=reply.revision), "reply")
    story = Story(reply.message, request.user, reply)
    waiting = Reply.objects.decidable_by(request.user).exclude(pk=reply.pk).by_term()
    values: dict[str, Any] = {
        "story": story,
        "key": key_of(request, reply.message),
        "thread": [(row, masked(row, LONGEST)) for row in Message.objects.in_thread_of(reply.message)[:SHOWN_THREAD]],
        "correction": correction or CorrectionForm(initial={"text": reply.text}),
        "form": returned or ReturnForm(reply=reply),
        "overtaken": overtaken,
        "typed": _typed(correction, returned) if overtaken else "",
        "undoable": path.undoable(request.user),
        "next": waiting.first() if rules.can_decide_replies(request.user) else None,
    }
    return render(request, "moderation/reply_detail.html", values)
