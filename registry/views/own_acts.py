"""Own acts of bodies (order, cl. 4): how far each is, its steps, and a draft to edit and adopt."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.http import UserRequest, require
from people.models import Organization
from registry import own_act_docx, own_acts, rules, word_files
from registry.acts.forms import FileForm
from registry.models import ActFile
from registry.models.own_acts import TONES, BodyActStep, OwnActState
from registry.own_act_forms import MoveForm

PAGE_SIZE = 25


@require_safe
def own_act_list(request: UserRequest) -> HttpResponse:
    """All bodies in reach, with the state of the act of each."""
    require(rules.can_see_manage(request.user))
    state = request.GET.get("state", "")
    page = Paginator(own_acts.listed(request.user, state), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(body, OwnActState(body.own_act.state if hasattr(body, "own_act") else "none")) for body in page]
    context = {
        "page": page,
        "rows": [(body, now.label, TONES[now]) for body, now in rows],
        "chips": _chips(state, own_acts.counts(request.user)),
    }
    return render(request, "registry/own_act_list.html", context)


def _chips(state: str, counts: dict[str, int]) -> list[dict[str, object]]:
    choices = [("", _("All")), *OwnActState.choices]
    return [
        {"label": label, "url": f"?state={code}", "count": counts[code], "current": code == state}
        for code, label in choices
    ]


@require_http_methods(["GET", "POST"])
def own_act_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One body: the state of its act, the next step, the steps before."""
    body = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    state = own_acts.state_of(body)
    states = own_acts.next_states(request.user, body, state)
    require(request.method == "GET" or bool(states))
    steps = BodyActStep.objects.filter(act__organization=body).select_related("made_by")
    form = MoveForm(request.POST or None, states=states, initial=_known(state, steps.first()))
    if form.is_valid():
        data = form.cleaned_data
        own_acts.move(body, to=data.pop("state"), by=request.user, **data)
        messages.success(request, _("Saved."))
        return redirect("registry:own_act_detail", pk=body.pk)
    can_bring = rules.can_edit_own_act(request.user, body, state)
    context = {
        "body": body,
        "label": state.label,
        "tone": TONES[state],
        "form": states and form,
        "steps": steps,
        "files": ActFile.objects.filter(own_act__organization=body),
        "file_form": FileForm() if can_bring else None,
    }
    return render(request, "registry/own_act_detail.html", context, status=400 if form.errors else 200)


def _known(state: OwnActState, last: BodyActStep | None) -> dict[str, object]:
    if last is None:
        return {"seen": state.value}
    return {"seen": state.value, "number": last.number, "signed_on": last.signed_on, "url": last.url}


@require_safe
def own_act_draft(request: UserRequest, pk: int) -> HttpResponse:
    """The draft as a Word document."""
    body = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    response = HttpResponse(own_act_docx.make(body), content_type=word_files.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="act-{body.slug}.docx"'
    return response
