"""The journal in the browser: read it, add to it, take a decision back by a new record."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from moderation import actions, lifting, proof, rules, second
from moderation.evidence import handed_out
from moderation.forms import DecisionForm, FilterForm
from moderation.inbox import removal
from moderation.models import Decision, Evidence, Message, PendingDecision
from moderation.second_forms import LiftForm, ReversalForm
from people.http import UserRequest, require

PER_PAGE = 25
LAST_ACCOUNT = "moderation_account"  # in the session: the next entry is mostly about the same page


@require_safe
def decision_list(request: UserRequest) -> HttpResponse:
    require(rules.can_read(request.user))
    filters = FilterForm(request.GET, user=request.user)
    rows = filters.apply(Decision.objects.visible_to(request.user)).for_listing()
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "is_filtered": bool(filters.changed_data),
        "is_narrowed": bool(set(filters.changed_data) - {"q"}),
        "proof": proof.last(),
        "can_moderate": rules.can_moderate(request.user),
        "can_see_differences": rules.can_see_differences(request.user),
        "can_see_triage": rules.can_see_triage(request.user),
    }
    return render(request, "moderation/decision_list.html", context)


@require_safe
def decision_detail(request: UserRequest, number: int) -> HttpResponse:
    rows = Decision.objects.visible_to(request.user).for_listing().prefetch_related("evidence")
    decision = get_object_or_404(rows, number=number)
    may = rules.can_moderate_for(request.user, decision.organization)
    check_url = f"{settings.SITE_URL}{reverse('moderation:decision_check')}?number={number}"
    context = {
        "decision": decision,
        "can_reverse": may and decision.stands,
        "lifted": lifting.lifted(decision) if decision.has_term else None,
        "is_over": lifting.is_over(decision, timezone.now()),
        "check_url": check_url,
    }
    return render(request, "moderation/decision_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_create(request: UserRequest) -> HttpResponse:
    require(rules.can_moderate(request.user))
    remembered = request.session.get(LAST_ACCOUNT)
    message = _message(request)
    beginning = removal.beginning(message, request.user) if message else {}
    form = DecisionForm(
        request.POST or None, request.FILES or None, user=request.user, account=remembered, beginning=beginning
    )
    is_sent = request.method == "POST" and form.is_valid()
    if message and (sentence := removal.refusal(message, form.entry() if is_sent else None)):
        messages.warning(request, sentence)
        return redirect("moderation:message_detail", message.pk)
    if not is_sent:
        return render(request, "moderation/decision_create.html", {"form": form, "of_message": message})
    entry = removal.with_words(form.entry(), message, request.user) if message else form.entry()
    request.session[LAST_ACCOUNT] = entry.account.pk
    if entry.is_criticism:
        pending = second.propose(entry, by=request.user)
        if message:
            removal.wait(message, pending, by=request.user)
        _say_who_confirms(request, pending)
        return redirect("moderation:pending_list")
    decision = actions.enter(entry, form.cleaned_data["others"], by=request.user)
    messages.success(request, _("Decision %(number)s is in the journal.") % {"number": decision.label})
    if message:
        removal.close(message, decision, by=request.user)
        following = Message.objects.visible_to(request.user).open().after(message).first()
        if following:
            return redirect("moderation:message_detail", following.pk)
        return redirect("moderation:message_list")
    if "more" in request.POST:
        return redirect("moderation:decision_create")
    return redirect("moderation:decision_detail", decision.number)


def _say_who_confirms(request: UserRequest, pending: PendingDecision) -> None:
    if second.others(pending):
        messages.success(request, _("The removal waits for another person; until then it does not count."))
    else:
        sentence = _("Nobody else here may confirm it: the administrator is asked to name a second person.")
        still = _("Until then the comment stays.")
        messages.warning(request, f"{sentence} {still}")


def _message(request: UserRequest) -> Message | None:
    """The message of the inbox that is removed, named by the address or by the form; None: another comment."""
    number = request.POST.get("message") or request.GET.get("message", "")
    if not (number.isdecimal() and len(number) < 19):
        return None
    return get_object_or_404(Message.objects.visible_to(request.user).for_listing(), pk=int(number))


@require_http_methods(["GET", "HEAD", "POST"])
def decision_reverse(request: UserRequest, number: int) -> HttpResponse:
    rows = Decision.objects.visible_to(request.user).for_listing()
    decision = get_object_or_404(rows, number=number)
    require(rules.can_moderate_for(request.user, decision.organization))
    form = ReversalForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "moderation/decision_reverse.html", {"decision": decision, "form": form})
    row = actions.reverse(decision, form.cleaned_data["explanation"], by=request.user)
    messages.success(
        request,
        _("Decision %(old)s is taken back by record %(new)s.") % {"old": decision.label, "new": row.label},
    )
    return redirect("moderation:decision_detail", row.number)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_lift(request: UserRequest, number: int) -> HttpResponse:
    """Notes that a measure with a term ended: its term is over, or it is lifted before."""
    rows = Decision.objects.visible_to(request.user).for_listing()
    decision = get_object_or_404(rows, number=number)
    require(rules.can_moderate_for(request.user, decision.organization))
    given = request.POST if request.method == "POST" else None  # an empty note is an answer, too
    form = LiftForm(given, is_early=not lifting.is_over(decision, timezone.now()))
    if request.method != "POST" or not form.is_valid():
        context = {"decision": decision, "form": form, "lifted": lifting.lifted(decision)}
        return render(request, "moderation/decision_lift.html", context)
    row = lifting.lift(decision, form.cleaned_data["explanation"], by=request.user)
    messages.success(request, _("Noted: record %(number)s.") % {"number": row.label})
    return redirect("moderation:decision_detail", row.number)


@require_safe
@never_cache
def evidence_file(request: UserRequest, pk: int) -> FileResponse:
    """A file of evidence, for those who read the journal of the body."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    return handed_out(evidence)
