"""Posts to begin from: the body's own and those of the bodies above it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contentplan import actions, rules
from contentplan.board_forms import TemplateForm
from contentplan.models import PlannedPost, PostTemplate
from contentplan.views.back import asked
from people.http import UserRequest, require
from people.models import Organization
from people.weeks import Week


@require_safe
def template_list(request: UserRequest, organization: str) -> HttpResponse:
    body = _body(request, organization)
    rows = PostTemplate.objects.offered_to(body).select_related("organization", "format", "rubric")
    values = {"organization": body, "templates": rows, "week": Week.now(body.zone).next}
    return render(request, "contentplan/template_list.html", values)


@require_http_methods(["GET", "POST"])
def template_create(request: UserRequest, organization: str) -> HttpResponse:
    """`?post=12`: begins with the words of that post."""
    body = _body(request, organization)
    form = TemplateForm(request.POST or None, initial=_initial(request, body))
    if form.is_valid():
        try:
            actions.add_template(body, form.content, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The template is kept: new posts can begin with it."))
            return redirect("contentplan:template_list", organization)
    return render(request, "contentplan/template_edit.html", {"organization": body, "form": form})


@require_http_methods(["GET", "POST"])
def template_edit(request: UserRequest, pk: int) -> HttpResponse:
    template, body = _template(request, pk)
    names = ("name", "topic", "text", "format", "rubric")
    form = TemplateForm(request.POST or None, initial={name: getattr(template, name) for name in names})
    if form.is_valid():
        try:
            actions.edit_template(template, form.content, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The template is changed."))
            return redirect("contentplan:template_list", body.slug)
    values = {"organization": body, "form": form, "template": template}
    return render(request, "contentplan/template_edit.html", values)


@require_POST
def template_delete(request: UserRequest, pk: int) -> HttpResponse:
    template, body = _template(request, pk)
    actions.delete_template(template, by=request.user)
    messages.success(request, _("The template “%(name)s” is deleted.") % {"name": template.name})
    return redirect("contentplan:template_list", body.slug)


def _body(request: UserRequest, organization: str) -> Organization:
    body: Organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=organization)
    require(rules.can_write(request.user, body))
    return body


def _template(request: UserRequest, pk: int) -> tuple[PostTemplate, Organization]:
    """A template and its body, which the person sees; those offered to everybody are kept in the admin."""
    rows = PostTemplate.objects.visible_to(request.user).exclude(organization=None)
    template = get_object_or_404(rows.select_related("format", "rubric"), pk=pk)
    body: Organization = get_object_or_404(Organization, pk=template.organization_id)
    require(rules.can_write(request.user, body))
    return template, body


def _initial(request: UserRequest, body: Organization) -> dict[str, object]:
    pk = asked(request, "post")
    if not pk.isdecimal():
        return {}
    rows = PlannedPost.objects.visible_to(request.user).filter(plan__organization=body)
    post = get_object_or_404(rows, pk=pk)
    values = {name: getattr(post, name) for name in ("topic", "text", "format", "rubric")}
    return {"name": post.topic[:100], **values}
