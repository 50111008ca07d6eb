"""Legal acts in the browser: kept by the department, and files that are open once the act is published."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.audit import acting
from people.http import UserRequest, require
from people.models import Organization
from registry import own_acts, rules
from registry.acts import files
from registry.acts.forms import FileForm, LegalActForm
from registry.models import ActFile, BodyAct, LegalAct

PAGE_SIZE = 25


@require_safe
def legal_act_list(request: UserRequest) -> HttpResponse:
    """Acts that something in the portal rests on, the newest first."""
    require(rules.can_see_manage(request.user))
    acts = LegalAct.objects.visible_to(request.user).select_related("organization").annotate(n_files=Count("files"))
    page = Paginator(acts.order_by("-signed_on", "title", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "can_create": rules.can_decide_anywhere(request.user),
        "editable": {act.pk for act in page if rules.can_edit_act(request.user, act)},
    }
    return render(request, "registry/legal_act_list.html", context)


@require_http_methods(["GET", "POST"])
def legal_act_create(request: UserRequest) -> HttpResponse:
    require(rules.can_decide_anywhere(request.user))
    form = LegalActForm(request.POST or None, user=request.user)
    if form.is_valid():
        return _kept(request, form)
    return render(request, "registry/legal_act_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def legal_act_edit(request: UserRequest, pk: int) -> HttpResponse:
    """The act, and its files below."""
    act = _act(request, pk)
    form = LegalActForm(request.POST or None, instance=act, user=request.user)
    if form.is_valid():
        return _kept(request, form)
    return _page(request, act, form, FileForm())


@require_POST
def legal_act_file(request: UserRequest, pk: int) -> HttpResponse:
    """A file joins the act."""
    act = _act(request, pk)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, act, LegalActForm(instance=act, user=request.user), form)
    files.add(act, form.cleaned_data["file"], by=request.user)
    messages.success(request, _("The file is added."))
    return redirect("registry:legal_act_edit", pk=pk)


@require_POST
def own_act_file(request: UserRequest, pk: int) -> HttpResponse:
    """A file joins the own act of a body."""
    body = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    require(rules.can_edit_own_act(request.user, body, own_acts.state_of(body)))
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        with acting(request.user):
            act, _made = BodyAct.objects.get_or_create(organization=body)
        files.add(act, form.cleaned_data["file"], by=request.user)
        messages.success(request, _("The file is added."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("registry:own_act_detail", pk=pk)


@require_safe
@login_not_required
def act_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, always saved: anybody's where the act is published, else for those who see the act."""
    row = get_object_or_404(ActFile.objects.readable_by(request.user), pk=pk)
    try:
        stored = row.file.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(stored, as_attachment=True, filename=row.name, content_type=row.mime)
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def act_file_remove(request: UserRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ActFile.objects.readable_by(request.user).select_related("own_act", "legal_act"), pk=pk)
    body = row.organization
    if body is None or not Organization.objects.visible_to(request.user).filter(pk=body.pk).exists():
        raise Http404
    if row.own_act:
        require(rules.can_edit_own_act(request.user, body, own_acts.state_of(body)))
    else:
        require(rules.can_keep_for(request.user, body))
    back = ("registry:own_act_detail", body.pk) if row.own_act else ("registry:legal_act_edit", row.legal_act_id)
    files.remove(row, by=request.user)
    messages.success(request, _("The file is taken out."))
    return redirect(back[0], pk=back[1])


def _kept(request: UserRequest, form: LegalActForm) -> HttpResponse:
    with transaction.atomic(), acting(request.user):
        act = form.save()
    messages.success(request, _("Saved."))
    return redirect("registry:legal_act_edit", pk=act.pk)


def _act(request: UserRequest, pk: int) -> LegalAct:
    act: LegalAct = get_object_or_404(LegalAct.objects.visible_to(request.user), pk=pk)
    require(rules.can_edit_act(request.user, act))
    return act


def _page(request: UserRequest, act: LegalAct, form: LegalActForm, file_form: FileForm) -> HttpResponse:
    context: dict[str, Any] = {"act": act, "form": form, "file_form": file_form, "files": act.files.all()}
    wrong = bool(form.errors or file_form.errors)
    return render(request, "registry/legal_act_edit.html", context, status=400 if wrong else 200)
