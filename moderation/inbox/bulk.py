"""Several messages at once: given to a person, closed, put into a case; and the pages of cases."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from moderation import rules
from moderation.inbox import actions
from moderation.inbox.back import led_back
from moderation.inbox.bulk_forms import ASSIGN, MERGE, REMOVE, BulkForm
from moderation.inbox.lines import Lines
from moderation.inbox.listing import show_list
from moderation.inbox.masking import masked
from moderation.models import Case, Message
from people.http import TooLate, UserRequest, require

MOST_IN_CASE = 200


@led_back("moderation:message_list")
@never_cache
def message_bulk(request: UserRequest) -> HttpResponse:
    """From the list, whose filters stand in the address; what was wrong is said above the same list."""
    require(rules.can_moderate(request.user))
    rows = Message.objects.visible_to(request.user).for_listing()
    form = BulkForm(request.POST, user=request.user, rows=rows)
    if not form.is_valid():
        return show_list(request, form)
    if form.cleaned_data["do"] == MERGE:
        return _merge(request, form)
    if form.cleaned_data["do"] == REMOVE:
        chosen = urlencode([("chosen", message.pk) for message in form.messages])
        return redirect(f"{reverse('moderation:message_removal')}?{chosen}")
    _tell(request, *_each(form, _act(request, form)))
    if case := request.POST.get("case", ""):
        return redirect("moderation:case_detail", int(case)) if case.isdigit() else redirect("moderation:message_list")
    return redirect(f"{reverse('moderation:message_list')}?{request.GET.urlencode()}")


def _act(request: UserRequest, form: BulkForm) -> Callable[[Message], None]:
    given, by = form.cleaned_data, request.user
    if given["do"] == ASSIGN:
        return lambda message: actions.assign(message, to=given["to"] or by, by=by)
    return lambda message: actions.close(message, reason=given["reason"], by=by)


def _each(form: BulkForm, act: Callable[[Message], None]) -> tuple[int, list[str]]:
    """Does it to each; says to how many, and the sentences about the rest."""
    done, refused = 0, []
    for message in form.messages:
        try:
            act(message)
            done += 1
        except TooLate as late:
            refused.append(late.sentence)
        except ValidationError as error:
            refused += error.messages
    return done, refused


def _tell(request: UserRequest, done: int, refused: list[str]) -> None:
    if done:
        messages.success(request, ngettext("Done: %(n)d message.", "Done: %(n)d messages.", done) % {"n": done})
    for sentence in sorted(set(refused)):
        messages.warning(request, sentence)


def _merge(request: UserRequest, form: BulkForm) -> HttpResponse:
    try:
        case = actions.merge(form.messages, title=form.cleaned_data["title"], by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return show_list(request, form)
    messages.success(request, _("The messages are in one case: one reply answers them together."))
    return redirect("moderation:case_detail", case.pk)


@require_safe
@never_cache
def case_detail(request: UserRequest, pk: int) -> HttpResponse:
    """The messages of a case, those that wait first."""
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("organization", "opened_by"), pk=pk)
    now = timezone.now()
    rows = list(Message.objects.visible_to(request.user).filter(case=case).for_queue()[:MOST_IN_CASE])
    waiting = [row for row in rows if row.is_open]
    context = {
        "case": case,
        "lines": Lines(),
        "rows": [(row, masked(row), row.is_overdue(now)) for row in rows],
        "still_open": waiting,
        "answering": next((row for row in waiting if row.assigned_to_id), None) or next(iter(waiting), None),
        "bulk": BulkForm(user=request.user, rows=Message.objects.none()),
        "history": case.steps.select_related("message", "made_by").order_by("-pk")[:MOST_IN_CASE],
    }
    return render(request, "moderation/case_detail.html", context)


@led_back("moderation:message_detail")
@never_cache
def message_merge(request: UserRequest, pk: int) -> HttpResponse:
    """From the page of a message: together with those it resembles."""
    rows = Message.objects.visible_to(request.user).for_listing()
    message = get_object_or_404(rows, pk=pk)
    chosen = [int(one) for one in request.POST.getlist("chosen") if one.isdigit() and len(one) < 19]
    others = list(rows.filter(pk__in=chosen).exclude(pk=pk)) if chosen else []
    try:
        if not others:
            raise ValidationError(_("Tick the messages that are about the same thing."))
        case = actions.merge([message, *others], title=request.POST.get("title", "")[:200], by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("moderation:message_detail", pk)
    messages.success(request, _("The messages are in one case: one reply answers them together."))
    return redirect("moderation:case_detail", case.pk)
