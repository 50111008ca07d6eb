"""What needs a second person: removals of criticism, objections; texts decided differently; the export."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from moderation import differences, export, objections, rules, second
from moderation.evidence import handed_out
from moderation.models import Decision, Evidence, Objection, PendingDecision, Verdict
from moderation.second_forms import AnswerForm, SecondForm
from people.http import UserRequest, require

PER_PAGE = 25
GROUPS = 10  # of texts that two bodies decided differently, on one page


@require_safe
def pending_list(request: UserRequest) -> HttpResponse:
    """Removals of criticism that wait for another person, and objections that wait for another moderator."""
    require(rules.can_moderate(request.user))
    pending = PendingDecision.objects.visible_to(request.user).waiting()
    filed = Objection.objects.visible_to(request.user).waiting()
    context = {
        "page": Paginator(pending.select_related("account__network", "made_by", "ground"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "objections": Paginator(filed.select_related("decision__account__network"), PER_PAGE).get_page(
            request.GET.get("objections")
        ),
    }
    return render(request, "moderation/pending_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pending_decide(request: UserRequest, pk: int) -> HttpResponse:
    """Another person confirms the removal of criticism, or refuses it."""
    rows = PendingDecision.objects.visible_to(request.user).select_related(
        "account__network", "made_by", "ground", "organization"
    )
    pending = get_object_or_404(rows, pk=pk)
    may = rules.can_decide_pending(request.user, pending)
    form = SecondForm(request.POST or None)
    if request.method == "POST":
        require(may)
    if request.method != "POST" or not form.is_valid():
        context = {"pending": pending, "form": form, "may": may, "others": second.others(pending)}
        return render(request, "moderation/pending_decide.html", context)
    if form.cleaned_data["verdict"] == Verdict.YES:
        row = second.confirm(pending, by=request.user)
        messages.success(request, _("Confirmed: decision %(number)s is in the journal.") % {"number": row.label})
    else:
        row = second.refuse(pending, form.cleaned_data["explanation"], by=request.user)
        messages.success(request, _("Refused: the comment stays. Record %(number)s says so.") % {"number": row.label})
    return redirect("moderation:decision_detail", row.number)


@require_safe
@never_cache
def pending_file(request: UserRequest, pk: int, place: int) -> FileResponse:
    """A file of evidence while it waits, for those who may decide; by its place, from 0."""
    pending = get_object_or_404(PendingDecision.objects.visible_to(request.user), pk=pk)
    if place >= len(pending.files):
        raise Http404
    return handed_out(Evidence(**pending.files[place]))


@require_http_methods(["GET", "HEAD", "POST"])
def objection_decide(request: UserRequest, pk: int) -> HttpResponse:
    """Another moderator than the one who decided takes the decision back or leaves it in force."""
    rows = Objection.objects.visible_to(request.user).select_related(
        "decision__account__network",
        "decision__made_by",
        "decision__ground",
        "decision__organization",
        "outcome",
        "decided_by",
    )
    objection = get_object_or_404(rows, pk=pk)
    may = rules.can_decide_objection(request.user, objection)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        require(may)
    if request.method != "POST" or not form.is_valid():
        context = {"objection": objection, "decision": objection.decision, "form": form, "may": may}
        return render(request, "moderation/objection_decide.html", context)
    row = objections.decide(
        objection, Verdict(form.cleaned_data["verdict"]), form.cleaned_data["answer"], by=request.user
    )
    messages.success(request, _("The outcome is record %(number)s.") % {"number": row.label})
    return redirect("moderation:decision_detail", row.number)


@require_safe
def difference_list(request: UserRequest) -> HttpResponse:
    """The same kind of text, decided differently by two bodies."""
    require(rules.can_see_differences(request.user))
    visible = Decision.objects.visible_to(request.user)
    page = Paginator(differences.fingerprints(visible), GROUPS).get_page(request.GET.get("page"))
    keys = [fingerprint for fingerprint, _newest in page]
    groups: dict[str, list[Decision]] = {key: [] for key in keys}
    for row in visible.filter(fingerprint__in=keys).for_listing()[: GROUPS * PER_PAGE]:
        groups[row.fingerprint].append(row)
    return render(request, "moderation/difference_list.html", {"page": page, "groups": list(groups.values())})


@require_safe
@never_cache
def decision_export(request: UserRequest) -> StreamingHttpResponse:
    """The whole chain; the rows in reach with what they say, and with people's words where asked for."""
    require(rules.can_read(request.user))
    lines = export.lines(request.user, with_words="words" in request.GET)
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="journal.ndjson"'
    return response
