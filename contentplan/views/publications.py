"""What really came out: publishing with help, pasting links one by one or a week's at once (procedure, cl. 5)."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
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
from contentplan.day_forms import PublicationForm
from contentplan.models import Placement, PlannedPost, PostMedia, Publication, Stop
from contentplan.views.back import TOP, form_of
from contentplan.views.board import Board
from contentplan.views.cards import Card
from contentplan.views.weeks import board_of, show_plan
from people.http import UserRequest, require
from people.models import Organization
from people.roles import Permission
from people.weeks import Week
from registry.models import Account, SocialNetwork

FIELD_OF = {"published_at": "time", "placement": None}


@dataclass
class Assisted:
    """A post on its way out in one account: what to copy, what to take along, where to put it."""

    placement: Placement

    @property
    def post(self) -> PlannedPost:
        return self.placement.post

    @cached_property
    def card(self) -> Card:
        return Card(self.post)

    @property
    def text(self) -> str:
        """The words for this network, else the common ones."""
        return self.placement.text.strip() or self.post.text

    @cached_property
    def files(self) -> list[PostMedia]:
        return list(self.post.post_media.select_related("media"))

    @property
    def is_ready(self) -> bool:
        """Approved and nothing stands against it."""
        return self.post.is_approved or self.post.is_missed or self.post.is_published

    @property
    def is_open(self) -> bool:
        """A prohibited network is never opened from here."""
        network = self.placement.account.network
        return network is not None and not network.is_prohibited

    @cached_property
    def stop(self) -> Stop | None:
        return self.post.held_by if self.post.is_held else None

    @property
    def planned_at(self) -> datetime:
        return self.post.planned_at


@require_http_methods(["GET", "POST"])
def publish(request: UserRequest, pk: int) -> HttpResponse:
    """Helps one planned post out in one account, and takes the link of what came out."""
    rows = Placement.objects.filter(request.user.reach(Permission.VIEW, "account__organization"))
    rows = rows.select_related("post__plan__organization", "post__held_by", "account__organization", "account__network")
    placement = get_object_or_404(rows, pk=pk)
    require(rules.can_record(request.user, placement.account))
    post = placement.post
    moment = min(post.planned_at, timezone.now())
    form = _form(request, placement.account.organization, moment, planned_at=post.planned_at)
    if form.is_valid() and _record(form, request, placement.account, placement=placement):
        messages.success(request, _("It came out: “%(topic)s”.") % {"topic": post.topic})
        return HttpResponseRedirect(_next(request, placement))
    page = {"form": form, "help": Assisted(placement), "back": _post_on_board(placement)}
    return _show(request, "contentplan/publish.html", placement.account, post.plan.week, page)


def _next(request: UserRequest, placement: Placement) -> str:
    """The same post in its next account; else what else comes out today; else the board of its week."""
    waiting = placement.post.placements.filter(publication__isnull=True).select_related("account").first()
    if waiting and rules.can_record(request.user, waiting.account):
        messages.info(request, _("Next: the same post in “%(account)s”.") % {"account": waiting.account.name})
        return reverse("contentplan:publish", args=[waiting.pk])
    organization = placement.account.organization
    if placement.post.planned_at.astimezone(organization.zone).date() == organization.today:
        return reverse("contentplan:day")
    return _post_on_board(placement)


@require_http_methods(["GET", "POST"])
def publication_add(request: UserRequest, organization: str) -> HttpResponse:
    """Records a publication that stands in no plan: one link, which tells the account by itself."""
    body = get_object_or_404(Organization.objects.visible_to(request.user), slug=organization)
    require(rules.can_record_in(request.user, body))
    form = _form(request, body, timezone.now())
    if form.is_valid():
        account = _account_of(form, body)
        if account and _record(form, request, account):
            messages.success(request, _("The publication is recorded in “%(account)s”.") % {"account": account.name})
            week = Week.at(form.cleaned_data["published_at"], body.zone)
            return redirect("contentplan:plan_detail", body.slug, week)
    week = Week.now(body.zone)
    page = {"form": form, "body": body, "back": reverse("contentplan:plan_detail", args=[body.slug, week])}
    with timezone.override(body.zone):
        return render(request, "contentplan/publication_form.html", {**page, "accounts": _accounts(body)})


def _accounts(body: Organization) -> list[Account]:
    rows = Account.objects.active().filter(organization=body, network__in=SocialNetwork.objects.allowed())
    return list(rows.select_related("organization", "network").order_by("network__position", "pk"))


def _account_of(form: PublicationForm, body: Organization) -> Account | None:
    """The account the link tells of; the form says what is wrong when it tells of none."""
    try:
        return actions.account_of(form.cleaned_data["link"], _accounts(body))
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _form(
    request: UserRequest, body: Organization, moment: datetime, planned_at: datetime | None = None
) -> PublicationForm:
    local = moment.astimezone(body.zone)
    initial = {"day": local.date(), "time": local.time().replace(second=0, microsecond=0)}
    data = request.POST if request.method == "POST" else None
    return PublicationForm(data, organization=body, planned_at=planned_at, initial=initial)


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


def _show(request: UserRequest, template: str, account: Account, week: Week, values: dict[str, Any]) -> HttpResponse:
    """A page with the account's meter of the week; hours are those of its body."""
    meters = norm.meters([account.organization], week)[account.organization_id]
    meter = next((meter for meter in meters if meter.account == account), None)
    with timezone.override(account.organization.zone):
        return render(request, template, {**values, "account": account, "week": week, "meter": meter})


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
