"""A message of a citizen in the browser: write down, read, take, answer, close, hand over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from moderation import rules
from moderation.inbox import actions, alike, authors, looks
from moderation.inbox.back import led_back
from moderation.inbox.bulk_forms import ForwardForm, LookForm
from moderation.inbox.forms import MessageForm, StepForm
from moderation.inbox.intake import receive
from moderation.inbox.masking import masked, whole
from moderation.models import Message, MessageQuerySet, Source
from moderation.models.message_path import TRANSITIONS, Step
from moderation.replies.page import part as reply_part
from people.http import TooLate, UserRequest, require
from people.models import User
from people.roles import Permission

MOST_IN_THREAD = 30


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


@led_back("moderation:message_detail")
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
    step = Step(form.cleaned_data["step"])
    messages.success(request, _("No. %(number)s: %(step)s.") % {"number": pk, "step": step.label})
    following = _queue(request).after(message).first() if step == Step.CLOSE else None
    return redirect("moderation:message_detail", following.pk if following else pk)


@led_back("moderation:message_detail")
@never_cache
def message_look(request: UserRequest, pk: int) -> HttpResponse:
    """Shows the person what is masked, for half an hour; who looked stands on the page."""
    message = _fetch(request.user, pk)
    form = LookForm(request.POST)
    if not form.is_valid():
        return _page(request, message, StepForm(message=message, people=_people(message)), look=form)
    looks.look(message, reason=form.cleaned_data["look_reason"], by=request.user)
    return redirect("moderation:message_detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def message_forward(request: UserRequest, pk: int) -> HttpResponse:
    """Hands it over to another body with a note."""
    message = _fetch(request.user, pk)
    form = ForwardForm(request.POST or None, message=message)
    if request.method != "POST" or not form.is_valid():
        context = {"message": message, "form": form, "text": masked(message)}
        return render(request, "moderation/message_forward.html", context)
    actions.forward(message, to=form.cleaned_data["to"], note=form.cleaned_data["note"], by=request.user)
    told = {"number": pk, "body": message.organization.short_name}
    messages.success(request, _("No. %(number)s is handed over to %(body)s: its people answer it now.") % told)
    return redirect("moderation:message_list")


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
        Step.PART: lambda: actions.part(message, by=by),
    }
    steps[Step(given["step"])]()


def _fetch(user: User, pk: int) -> Message:
    return get_object_or_404(Message.objects.visible_to(user).for_listing(), pk=pk)


def _people(message: Message) -> QuerySet[User]:
    return User.objects.who_may(Permission.MODERATE, message.organization)


def _queue(request: UserRequest) -> MessageQuerySet:
    return Message.objects.visible_to(request.user).open()


def _page(
    request: UserRequest,
    message: Message,
    form: StepForm,
    reply: dict[str, Any] | None = None,
    look: LookForm | None = None,
) -> HttpResponse:
    text = looks.shown_to(request.user, message)
    context = {
        **(reply or reply_part(request, message)),
        "can_answer_unapproved": rules.can_answer_unapproved(request.user, message.organization),
        "message": message,
        "author": authors.name_of(message),
        "is_overdue": message.is_overdue(timezone.now()),
        "steps": message.steps.select_related("made_by", "to", "body", "case"),
        "form": form,
        "possible": {step.value for step, arrow in TRANSITIONS.items() if message.state in arrow.starts},
        "is_mine": message.assigned_to_id == request.user.pk,
        **_around(request, message),
        "text": text,
        "is_masked": text != message.text,
        "hides": whole(message) != message.text,
        "can_look": rules.can_look(request.user, message),
        "look_form": look or LookForm(),
        "looks": message.unmaskings.select_related("made_by"),
    }
    return render(request, "moderation/message_detail.html", context)


def _around(request: UserRequest, message: Message) -> dict[str, Any]:
    """What stands beside it: in the queue, in its conversation, in what others write."""
    thread = Message.objects.visible_to(request.user).in_thread_of(message).select_related("assigned_to")
    queue = _queue(request)
    return {
        "following": queue.after(message).first(),
        "previous": queue.before(message).first(),
        "thread": [(row, masked(row)) for row in thread[:MOST_IN_THREAD]] if message.thread else [],
        "alike": [(row, masked(row)) for row in alike.to_offer(message)],
    }
