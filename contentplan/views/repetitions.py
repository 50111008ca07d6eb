"""Repeating posts of a body: which there are, a new one, a day left out, the end."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contentplan import actions, rules
from contentplan.actions.repeating import coming_days
from contentplan.board_forms import RepetitionForm
from contentplan.models import PlannedPost, PostFormat, Repetition
from contentplan.views.back import asked
from contentplan.views.board import Board
from people.http import UserRequest, require
from people.models import Organization
from people.weeks import Week


@dataclass(frozen=True)
class Row:
    """A repeating post with its next days; `skipped` of them are left out."""

    repetition: Repetition
    days: list[tuple[date, bool]]


@require_safe
def repetition_list(request: UserRequest, organization: str) -> HttpResponse:
    body = _body(request, organization)
    rows = Repetition.objects.filter(organization=body).select_related("organization", "rubric")
    shown = [_row(repetition) for repetition in rows.prefetch_related("accounts__network")]
    values = {"organization": body, "rows": shown, "week": Week.now(body.zone).next}
    return render(request, "contentplan/repetition_list.html", values)


def _row(repetition: Repetition) -> Row:
    days = coming_days(repetition)
    return Row(repetition, [(day, day.isoformat() in repetition.skipped) for day in days])


@require_http_methods(["GET", "POST"])
def repetition_create(request: UserRequest, organization: str) -> HttpResponse:
    """`?post=12`: begins with that post, which is the first of its days."""
    body = _body(request, organization)
    board = Board(request.user, body, Week.now(body.zone))
    post = _post(request, body)
    initial = _initial(post) if post else _usual(board)
    form = RepetitionForm(request.POST or None, accounts=board.accounts, initial=initial)
    if form.is_valid():
        actions.repeat(body, form.content, post=post, by=request.user)
        messages.success(request, _("The post repeats. Its drafts for this and the next week are in the plan."))
        return redirect("contentplan:repetition_list", organization)
    return render(request, "contentplan/repetition_create.html", {"organization": body, "form": form, "post": post})


@require_POST
def repetition_skip(request: UserRequest, pk: int) -> HttpResponse:
    """Leaves the day `on` out."""
    repetition = _repetition(request, pk)
    try:
        actions.skip(repetition, date.fromisoformat(asked(request, "on")), by=request.user)
    except (ValueError, ValidationError):
        messages.error(request, _("The post does not repeat on this day."))
    else:
        messages.success(request, _("The day is left out."))
    return redirect("contentplan:repetition_list", repetition.organization.slug)


@require_POST
def repetition_end(request: UserRequest, pk: int) -> HttpResponse:
    repetition = _repetition(request, pk)
    gone = actions.end(repetition, by=request.user)
    words = [_("“%(topic)s” repeats no more.") % {"topic": repetition.topic}]
    if gone:
        n = ngettext("%(n)d untouched draft is gone.", "%(n)d untouched drafts are gone.", gone)
        words.append(n % {"n": gone})
    messages.success(request, " ".join(words))
    return redirect("contentplan:repetition_list", repetition.organization.slug)


def _body(request: UserRequest, organization: str) -> Organization:
    body: Organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=organization)
    require(rules.can_write(request.user, body))
    return body


def _repetition(request: UserRequest, pk: int) -> Repetition:
    rows = Repetition.objects.visible_to(request.user).select_related("organization")
    repetition = get_object_or_404(rows, pk=pk)
    require(rules.can_write(request.user, repetition.organization))
    return repetition


def _post(request: UserRequest, body: Organization) -> PlannedPost | None:
    pk = asked(request, "post")
    if not pk.isdecimal():
        return None
    rows = PlannedPost.objects.visible_to(request.user).select_related("plan__organization")
    return get_object_or_404(rows, pk=pk, plan__organization=body)


def _initial(post: PlannedPost) -> dict[str, object]:
    local = post.planned_at.astimezone(post.plan.organization.zone)
    return {
        "topic": post.topic,
        "text": post.text,
        "weekday": local.isoweekday(),
        "at": local.time(),
        "accounts": [row.account_id for row in post.placements.all()],
        "format": post.format_id,
        "rubric": post.rubric_id,
        "starts_on": local.date(),
    }


def _usual(board: Board) -> dict[str, object]:
    return {
        "accounts": [account.pk for account in board.accounts],
        "format": PostFormat.objects.first(),
        "starts_on": board.organization.today,
    }
