"""Moderation for everybody, without an account: figures, a decision by its number, an objection and its outcome."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from moderation import keys, lifting, objections
from moderation.models import Decision, Ground, SignedHead
from moderation.openness import figures, files
from moderation.openness.forms import CodeForm, NumberForm, ObjectionForm
from people.http import TooLate
from people.unsigned import may_send
from registry import editions
from registry.kept import kept, of_areas, tagged

OBJECTIONS_AN_HOUR = 5
CODES_AN_HOUR = 20
NUMBERS_AN_HOUR = 300  # a whole village may stand behind one address of a mobile operator
TOO_MANY = "too-many"
HEADS = 7
BODIES = 50  # on one page
SCRIPT = Path(__file__).resolve().parent.parent / "standalone" / "verify_export.py"


@require_safe
@login_not_required
@kept
@of_areas(editions.REGISTRY, editions.MODERATION)
def openness(request: HttpRequest) -> HttpResponse:
    """What may be removed, how to object, figures; no texts and no people."""
    context = {
        "figures": figures.summary(),
        "grounds": Ground.objects.all(),
        "by_month": figures.by_month(),
        "by_body": Paginator(figures.by_body(), BODIES).get_page(request.GET.get("page")),
        "by_network": figures.by_network(),
        "by_ground": figures.by_ground(),
        "weeks": figures.weeks(),
        "key_fingerprint": keys.fingerprint(),
        "heads": SignedHead.objects.all()[:HEADS],
        "object_days": settings.OBJECT_DAYS,
        "answer_days": settings.OBJECTION_DAYS,
        "form": NumberForm(),
    }
    return render(request, "moderation/openness/openness.html", context)


@require_safe
@login_not_required
@tagged
@of_areas(editions.REGISTRY, editions.MODERATION)
def openness_csv(request: HttpRequest) -> StreamingHttpResponse:
    response = StreamingHttpResponse(files.csv_pieces(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    return response


@require_safe
@login_not_required
@tagged
@of_areas(editions.REGISTRY, editions.MODERATION)
def openness_json(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(files.json_pieces(), content_type="application/json; charset=utf-8")


@require_safe
@login_not_required
def verify_script(request: HttpRequest) -> HttpResponse:
    """The program that checks an export of the journal without the portal."""
    response = HttpResponse(SCRIPT.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_export.py"'
    return response


@require_safe
@login_not_required
@never_cache
def decision_check(request: HttpRequest) -> HttpResponse:
    """What was decided under a number: ground, norm, date, how to object; no text and no person."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    row, is_asked = None, form.is_valid()
    if is_asked and not may_send(request, "decision-number", NUMBERS_AN_HOUR):
        is_asked = False
        too_many = _("Too many numbers from your address. Try again in an hour.")
        form.add_error("number", ValidationError(too_many, code=TOO_MANY))
    if is_asked:
        row = Decision.objects.for_listing().filter(number=form.cleaned_data["number"]).first()
    decision = row and (row.reverses or row.about or row)
    context = {
        "form": form,
        "is_asked": is_asked,
        "row": row,  # what was typed may be the number of a later row about the decision
        "decision": decision,
        "objection": decision.objections.last() if decision else None,
        "lifted": lifting.lifted(decision) if decision and decision.has_term else None,
        "may_object": decision is not None and objections.may_object(decision),
        "answer_days": settings.OBJECTION_DAYS,
    }
    status = 429 if form.has_error("number", TOO_MANY) else 200
    return render(request, "moderation/openness/decision_check.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def objection_create(request: HttpRequest, number: int) -> HttpResponse:
    """An objection without an account; the secret code is shown on the answer to it, this once."""
    decision = get_object_or_404(Decision.objects.against().for_listing(), number=number)
    form = ObjectionForm(request.POST or None)
    context = {"form": form, "decision": decision, "may_object": objections.may_object(decision)}
    context["objection"] = decision.objections.last()
    if form.is_valid():
        if form.is_spam:  # a robot learns nothing from the answer
            return render(request, "moderation/openness/objection_thanks.html", context)
        if may_send(request, "objection", OBJECTIONS_AN_HOUR):
            return _file(request, form, decision, context)
        form.add_error(None, _("Too many objections from your address. Try again in an hour."))
    status = 400 if form.errors else 200
    return render(request, "moderation/openness/objection_create.html", context, status=status)


def _file(request: HttpRequest, form: ObjectionForm, decision: Decision, context: dict[str, object]) -> HttpResponse:
    try:
        given = form.cleaned_data
        context["objection"], context["code"] = objections.file(decision, given["words"], given["author_id"])
    except TooLate as late:
        form.add_error(None, str(late))
        return render(request, "moderation/openness/objection_create.html", context, status=400)
    return render(request, "moderation/openness/objection_thanks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def objection_outcome(request: HttpRequest) -> HttpResponse:
    """The answer, to whoever has the secret code."""
    form = CodeForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    objection = None
    if form.is_valid():
        if may_send(request, "objection-code", CODES_AN_HOUR):
            objection = objections.found_by_code(form.cleaned_data["number"], form.cleaned_data["code"])
            if objection is None:
                form.add_error(None, _("There is no objection with this number and code. Check both."))
        else:
            form.add_error(None, _("Too many attempts from your address. Try again in an hour."))
    context = {"form": form, "objection": objection}
    return render(request, "moderation/openness/objection_outcome.html", context, status=400 if form.errors else 200)
