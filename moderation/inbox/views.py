"""The queue of citizens' messages in the browser: find, read, take, answer, close."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moderation import rules
from moderation.inbox import actions, authors
from moderation.inbox.forms import MessageForm, QueueFilter, StepForm, end_of_today
from moderation.inbox.intake import receive
from moderation.inbox.masking import masked
from moderation.models import Message, Source
from moderation.models.messages import TRANSITIONS, Step
from moderation.replies.page import part as reply_part
from people.http import TooLate, UserRequest, require
from people.models import User
from people.roles import Permission

PER_PAGE = 25


@require_safe
@never_cache
def message_list(request: UserRequest) -> HttpResponse:
    require(rules.can_moderate(request.user))
    now = timezone.now()
    mine = Message.objects.visible_to(request.user)
    filters = QueueFilter(request.GET, user=request.user)
    page = Paginator(filters.apply(mine, now).for_queue(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, masked(row), row.is_overdue(now)) for row in page],
        "filters": filters,
        "is_filtered": bool(filters.changed_data),
        "is_narrowed": bool(set(filters.changed_data) - {"q"}),
        "counts": mine.counts(now, end_of_today(now), request.user),
    }
    return render(request, "moderation/message_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def message_create(request: UserRequest) -> HttpResponse:
    require(rules.can_moderate(request.user))
    form = MessageForm(request.POST or None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "moderation/message_create.html", {"form": form})
    [(message, is_new)] = receive([form.arrival()], by=request.user, source=Source.FORM)
    if is_new:
        messages.success(request, _("The message is in the queue."))
    else:
        messages.info(request, _("This message is in the portal already."))
    return redirect("moderation:message_detail", message.pk)


@require_safe
@never_cache
def message_detail(request: UserRequest, pk: int) -> HttpResponse:
    message = _fetch(request.user, pk)
    return _page(request, message, StepForm(message=message, people=_people(message)))


def show_message(request: UserRequest, message: Message, reply: dict[str, Any]) -> HttpResponse:
    """The page with a form of its reply that was not taken."""
    return _page(request, message, StepForm(message=message, people=_people(message)), reply)


@require_POST
@never_cache
def message_step(request: UserRequest, pk: int) -> HttpResponse:
    message = _fetch(request.user, pk)
    form = StepForm(request.POST, message=message, people=_people(message))
    if not form.is_valid():
        return _page(request, message, form)
    try:
        _do(message, form, by=request.user)
    except TooLate as late:  # shown anew with what was typed
        messages.warning(request, late.sentence)
        return _page(request, _fetch(request.user, pk), form)
    except ValidationError as error:
        form.add_error("to", error.messages[0])
        return _page(request, message, form)
    messages.success(request, _("Done: %(step)s.") % {"step": Step(form.cleaned_data["step"]).label})
    return redirect("moderation:message_detail", pk)


def _do(message: Message, form: StepForm, *, by: User) -> None:
    given = form.cleaned_data
    steps = {
        Step.ASSIGN: lambda: actions.assign(message, to=given["to"] or by, by=by),
        Step.RELEASE: lambda: actions.release(message, by=by),
        Step.PAUSE: lambda: actions.pause(message, reason=given["reason"], by=by),
        Step.RESUME: lambda: actions.resume(message, by=by),
        Step.ANSWER: lambda: actions.answer(message, link=given["link"], by=by),
        Step.CLOSE: lambda: actions.close(message, reason=given["reason"], by=by),
        Step.REOPEN: lambda: actions.reopen(message, by=by),
    }
    steps[Step(given["step"])]()


def _fetch(user: User, pk: int) -> Message:
    return get_object_or_404(Message.objects.visible_to(user).for_listing(), pk=pk)


def _people(message: Message) -> QuerySet[User]:
    return User.objects.who_may(Permission.MODERATE, message.organization)


def _page(request: UserRequest, message: Message, form: StepForm, reply: dict[str, Any] | None = None) -> HttpResponse:
    context = {
        **(reply or reply_part(request, message)),
        "can_answer_unapproved": rules.can_answer_unapproved(request.user, message.organization),
        "message": message,
        "author": authors.name_of(message),
        "is_overdue": message.is_overdue(timezone.now()),
        "steps": message.steps.select_related("made_by", "to"),
        "form": form,
        "possible": {step.value for step, arrow in TRANSITIONS.items() if message.state in arrow.starts},
        "is_mine": message.assigned_to_id == request.user.pk,
        "neighbour": Message.objects.visible_to(request.user).open().exclude(pk=message.pk).for_queue().first(),
    }
    return render(request, "moderation/message_detail.html", context)
