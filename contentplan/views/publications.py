"""What really came out: pasting links, one by one or a week's at once (procedure, cl. 5)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from contentplan import actions, norm, rules
from contentplan.forms import PublicationForm
from contentplan.models import Placement, Publication
from contentplan.views.back import TOP, form_of
from contentplan.views.board import Board
from contentplan.views.weeks import board_of, show_plan
from people.http import UserRequest, require
from people.roles import Permission
from people.weeks import Week
from registry.models import Account

FIELD_OF = {"published_at": "time", "placement": None}


@require_http_methods(["GET", "POST"])
def publication_create(request: UserRequest, pk: int) -> HttpResponse:
    """Marks one planned post as come out in one account."""
    rows = Placement.objects.filter(request.user.reach(Permission.VIEW, "account__organization"))
    rows = rows.select_related("post__plan__organization", "account__organization", "account__network")
    placement = get_object_or_404(rows, pk=pk)
    require(rules.can_record(request.user, placement.account))
    post, back = placement.post, _post_on_board(placement)
    form = _form(request, placement.account, planned=True, moment=min(post.planned_at, timezone.now()))
    if form.is_valid() and _record(form, request, placement.account, placement=placement):
        messages.success(request, _("It came out: “%(topic)s”.") % {"topic": post.topic})
        return HttpResponseRedirect(back)
    return _show(request, form, placement.account, back, placement=placement)


@require_http_methods(["GET", "POST"])
def publication_add(request: UserRequest, pk: int) -> HttpResponse:
    """Records a publication that stands in no plan."""
    rows = Account.objects.visible_to(request.user).select_related("organization", "network")
    account = get_object_or_404(rows, pk=pk)
    require(rules.can_record(request.user, account))
    form = _form(request, account, moment=timezone.now())
    if form.is_valid() and _record(form, request, account):
        messages.success(request, _("The publication is recorded."))
        week = Week.at(form.cleaned_data["published_at"], account.organization.zone)
        return redirect("contentplan:plan_detail", account.organization.slug, week)
    back = reverse("contentplan:plan_detail", args=[account.organization.slug, Week.now(account.organization.zone)])
    return _show(request, form, account, back)


def _form(request: UserRequest, account: Account, *, moment: Any, planned: bool = False) -> PublicationForm:
    local = moment.astimezone(account.organization.zone)
    initial = {"day": local.date(), "time": local.time().replace(second=0, microsecond=0)}
    data = request.POST if request.method == "POST" else None
    return PublicationForm(data, organization=account.organization, planned=planned, initial=initial)


def _record(
    form: PublicationForm, request: UserRequest, account: Account, *, placement: Placement | None = None
) -> bool:
    """Whether it was recorded; what was wrong stands in the form."""
    values = form.cleaned_data
    try:
        actions.record_publication(
            account,
            link=values["link"],
            published_at=values["published_at"],
            by=request.user,
            placement=placement,
            counts=values.get("counts", True),
        )
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            form.add_error(FIELD_OF.get(name, name), errors)
        return False
    return True


def _show(
    request: UserRequest, form: PublicationForm, account: Account, back: str, placement: Placement | None = None
) -> HttpResponse:
    week = placement.post.plan.week if placement else Week.now(account.organization.zone)
    meters = norm.meters([account.organization], week)[account.organization_id]
    meter = next((meter for meter in meters if meter.account == account), None)
    values = {"form": form, "account": account, "back": back, "placement": placement, "week": week, "meter": meter}
    with timezone.override(account.organization.zone):
        return render(request, "contentplan/publication_form.html", values)


@form_of("contentplan:plan_detail")
def plan_publications(request: UserRequest, organization: str, week: Week) -> HttpResponse:
    """All links of a week at once: the good ones are taken, the others stay with a sentence each."""
    board = board_of(request, organization, week)
    require(board.can_record)
    saved, rows = 0, []
    for row in board.link_rows:
        row.typed = request.POST.get(f"link-{row.placement.pk}", "").strip()
        row.error = _take(request, row.placement, row.typed) if row.typed else ""
        if row.typed and not row.error:
            saved += 1
        else:
            rows.append(row)
    if saved:
        sentence = ngettext("%(n)d publication is recorded.", "%(n)d publications are recorded.", saved)
        messages.success(request, sentence % {"n": saved})
    if any(row.error for row in rows):
        fresh = Board(request.user, board.organization, week)
        return show_plan(request, fresh, link_rows=rows, link_errors=True)
    return HttpResponseRedirect(reverse("contentplan:plan_detail", args=[organization, week]) + TOP)


def _take(request: UserRequest, placement: Placement, link: str) -> str:
    """Records one link at its planned time; the sentence when it cannot be."""
    try:
        actions.record_publication(
            placement.account,
            link=link,
            published_at=placement.post.planned_at,
            by=request.user,
            placement=placement,
        )
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@require_POST
def publication_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Takes back a mark made by mistake."""
    rows = Publication.objects.visible_to(request.user)
    rows = rows.select_related("account__organization", "placement__post__plan__organization")
    publication = get_object_or_404(rows, pk=pk)
    require(rules.can_remove(request.user, publication))
    organization = publication.account.organization
    week = Week.at(publication.published_at, organization.zone)
    placement = publication.placement
    actions.remove_publication(publication, by=request.user)
    messages.success(request, _("The mark is removed."))
    if placement:
        return HttpResponseRedirect(_post_on_board(placement))
    return redirect("contentplan:plan_detail", organization.slug, week)


def _post_on_board(placement: Placement) -> str:
    plan = placement.post.plan
    address = reverse("contentplan:plan_detail", args=[plan.organization.slug, plan.week])
    return f"{address}#post-{placement.post_id}"
