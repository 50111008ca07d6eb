"""Templates of replies: a body keeps its own, the department those for everybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moderation import rules
from moderation.models import ReplyTemplate
from moderation.replies import templates
from moderation.replies.forms import TemplateForm
from people.audit import acting
from people.http import UserRequest, require


@require_safe
def reply_template_list(request: UserRequest) -> HttpResponse:
    require(rules.can_moderate(request.user))
    rows = ReplyTemplate.objects.visible_to(request.user).select_related("organization").order_by("name", "pk")
    mine = [(row, rules.can_keep_templates(request.user, row.organization)) for row in rows]
    return render(request, "moderation/reply_template_list.html", {"rows": mine})


@require_http_methods(["GET", "HEAD", "POST"])
def reply_template_create(request: UserRequest) -> HttpResponse:
    require(rules.can_moderate(request.user))
    return _edit(request, ReplyTemplate())


@require_http_methods(["GET", "HEAD", "POST"])
def reply_template_edit(request: UserRequest, pk: int) -> HttpResponse:
    return _edit(request, _mine(request, pk))


@require_POST
def reply_template_delete(request: UserRequest, pk: int) -> HttpResponse:
    template = _mine(request, pk)
    with acting(request.user):
        template.delete()
    messages.success(request, _("The template “%(name)s” is deleted.") % {"name": template.name})
    return redirect("moderation:reply_template_list")


def _mine(request: UserRequest, pk: int) -> ReplyTemplate:
    rows = ReplyTemplate.objects.visible_to(request.user).select_related("organization")
    template: ReplyTemplate = get_object_or_404(rows, pk=pk)
    require(rules.can_keep_templates(request.user, template.organization))
    return template


def _edit(request: UserRequest, template: ReplyTemplate) -> HttpResponse:
    form = TemplateForm(request.POST or None, instance=template, user=request.user)
    if request.method != "POST" or not form.is_valid():
        values = {"form": form, "template": template if template.pk else None, "fields": templates.names()}
        return render(request, "moderation/reply_template_edit.html", values)
    with acting(request.user):
        form.save()
    messages.success(request, _("The template is kept."))
    return redirect("moderation:reply_template_list")
