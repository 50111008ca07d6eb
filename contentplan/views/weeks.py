"""The page of one week's plan, and handing it in (procedure, cl. 2.2 and 2.3)."""

from datetime import date, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from contentplan import actions, rules
from contentplan.forms import DEFAULT_TIME, PostForm, ReasonForm, initial_of
from contentplan.models import PlannedPost, PostFormat, PostTemplate, WeeklyPlan
from contentplan.views import undo
from contentplan.views.back import TOP, asked, form_of
from contentplan.views.board import Board
from contentplan.views.cards import Card
from contentplan.views.drafts import offered, restored
from contentplan.views.held import Held
from contentplan.views.shown import VIEWS, moved, remember_view, shown_as, views_of
from contentplan.views.strip import begun_by
from people.http import UserRequest, require
from people.models import Organization
from people.roles import Permission
from people.weeks import Week


def board_of(request: UserRequest, organization: str, week: Week) -> Board:
    """The board of an organization the person may see, else 404."""
    row = get_object_or_404(Organization.objects.visible_to(request.user), slug=organization)
    return Board(request.user, row, week)


def show_plan(request: HttpRequest, board: Board, **extra: object) -> HttpResponse:
    """The plan page; `extra` opens a form on it. Hours are those of the organization."""
    view = shown_as(request, form_open="form" in extra)
    values = {"board": board, "view": view, "undo": undo.offered(request), **views_of(board, view), **extra}
    with timezone.override(board.organization.zone):
        response = render(request, "contentplan/plan_detail.html", values)
    if request.GET.get("view") in VIEWS:
        remember_view(request, response)
    return response


def post_form(board: Board, card: Card | None = None, data: Any = None, **kwargs: Any) -> PostForm:
    """The form of a post on this board: it offers the active accounts, and those where the post came out already."""
    out = [row.account for row in card.placements if hasattr(row, "publication")] if card else []
    accounts = [*board.accounts, *(account for account in out if account not in board.accounts)]
    return PostForm(data, organization=board.organization, week=board.week, accounts=accounts, **kwargs)


def draft_key(board: Board, post: PlannedPost | None = None) -> str:
    """Under which name the browser keeps what is being typed."""
    what = f"post-{post.pk}" if post else f"new-{board.organization.slug}-{board.week}"
    return f"{board.user.pk}-{what}"


@require_safe
def plan_mine(request: UserRequest) -> HttpResponse:
    """A person's own body, next week: that is the plan that waits."""
    require(request.user.may_anywhere(Permission.VIEW))
    own = [row.organization for row in request.user.current_memberships]
    writes = [one for one in own if rules.can_write(request.user, one)]
    organization = (writes or own)[0]
    return redirect("contentplan:plan_detail", organization.slug, Week.now(organization.zone).next)


@require_safe
def plan_detail(request: UserRequest, organization: str, week: Week) -> HttpResponse:
    """The week board. `?new=2026-12-04&time=10:00` opens an empty form under its day, `?new=free` under the
    emptiest one, `?post=12` that post's."""
    board = board_of(request, organization, week)
    if request.GET.get("new") == "free" and board.next_free:  # chosen when it is asked for, not with each page
        return redirect(f"{board.address}?{board.next_free.query}#form")
    if "new" in request.GET:
        return show_plan(request, board, **_new(request, board))
    if "post" in request.GET:
        return show_plan(request, board, **_edited(request, board))
    return show_plan(request, board, **moved(request, board))


def _new(request: UserRequest, board: Board) -> dict[str, object]:
    """`accounts=3,4`, `rubric=5`: what a habitual time is for; `template=6`: what the post begins with."""
    if not (board.can_write and board.accounts):
        return {}
    day = _read_day(request.GET["new"], board.week)
    asked_for = set(request.GET.get("accounts", "").split(","))
    chosen = [account.pk for account in board.accounts if str(account.pk) in asked_for]
    values = {
        "day": day.isoformat(),
        "time": _read_time(request.GET.get("time", "")),
        "format": PostFormat.objects.first(),
        "accounts": chosen or [account.pk for account in board.accounts],
        "responsible_post": board.accounts[0].responsible_post,
        "about_work": True,
        **begun_by(board.organization, request.GET.get("event", "")),
        "rubric": request.GET.get("rubric") if request.GET.get("rubric", "").isdecimal() else None,
    }
    templates = list(PostTemplate.objects.offered_to(board.organization).select_related("format", "rubric"))
    begun = next((one for one in templates if str(one.pk) == request.GET.get("template")), None)
    if begun:
        values |= {name: getattr(begun, name) for name in ("topic", "text", "format", "rubric") if getattr(begun, name)}
    key = draft_key(board)
    form = post_form(board, initial=values | restored(request, key))
    return {"form": form, "form_day": day, **offered(request, key, form), "templates": templates, "begun": begun}


def _edited(request: UserRequest, board: Board) -> dict[str, object]:
    card = next((card for card in board.cards if str(card.post.pk) == request.GET["post"]), None)
    if not card or not rules.can_edit(request.user, card.post):
        return {}
    key = draft_key(board, card.post)
    form = post_form(board, card, initial=initial_of(card.post, card.placements) | restored(request, key))
    return {"form": form, "form_card": card, "form_day": card.at.date(), **offered(request, key, form)}


def _read_day(text: str, week: Week) -> date:
    """The day if it is one of the week, else its Monday."""
    return next((day for day in week.days if day.isoformat() == text), week.monday)


def _read_time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return DEFAULT_TIME


@form_of("contentplan:plan_detail")
def plan_hand_in(request: UserRequest, organization: str, week: Week) -> HttpResponse:
    """Sends everything unsent for approval; below the norm it asks for the reason on the same page."""
    board = board_of(request, organization, week)
    require(rules.can_write(request.user, board.organization))
    rows = WeeklyPlan.objects.visible_to(request.user).select_related("organization")
    plan = get_object_or_404(rows, organization=board.organization, monday=week.monday)
    require(rules.can_hand_in(request.user, plan))
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if form.is_bound and not form.is_valid():
        return show_plan(request, board, reason=form)
    note, held = asked(request, "note"), Held(board)
    if held.waits and not note:
        return show_plan(request, board, held=held)
    reason = form.cleaned_data["reason"] if form.is_bound else ""
    try:
        outcome = actions.hand_in(plan, by=request.user, reason=reason, notes=held.notes(note))
    except actions.ShortOfNorm:
        return show_plan(request, board, reason=form, note=note)
    _tell(request, outcome, first=plan.handed_in_at is None)
    return HttpResponseRedirect(reverse("contentplan:plan_detail", args=[organization, week]) + TOP)


def _tell(request: UserRequest, outcome: actions.HandIn, *, first: bool) -> None:
    n = len(outcome.submitted)
    if n:
        sentence = ngettext("%(n)d post is sent for approval.", "%(n)d posts are sent for approval.", n) % {"n": n}
        messages.success(request, sentence)
    for left in outcome.left:
        values = {"topic": left.post.topic, "why": " ".join(left.sentences)}
        messages.warning(request, _("“%(topic)s” is not sent. %(why)s") % values)
    if not n and outcome.whole and first:
        messages.success(request, _("The plan is handed in."))
    elif not n and outcome.whole:
        messages.info(request, _("Everything has been sent already."))
