"""Moves of one post beside its approval: hold, go on, take off, put back, say why it did not come out."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from contentplan import actions, rules
from contentplan.models import MissReason, Move, PlannedPost
from contentplan.models.posts import PostQuerySet
from contentplan.views.back import asked, back_to, form_of, seen_revision
from people.http import UserRequest, require


@form_of("contentplan:post_detail")
def post_hold(request: UserRequest, pk: int) -> HttpResponse:
    """Puts an approved post on hold, with a reason."""
    post = _post(request, pk, Move.HOLD)
    revision, reason = seen_revision(request), asked(request, "reason")
    said = _("On hold: “%(topic)s”. Nobody is reminded of it until it goes on.") % {"topic": post.topic}
    return moved(request, post, lambda: actions.hold(post, revision=revision, reason=reason, by=request.user), said)


@form_of("contentplan:post_detail")
def post_resume(request: UserRequest, pk: int) -> HttpResponse:
    """Lets a held post go on."""
    post = _post(request, pk, Move.RESUME)
    revision = seen_revision(request)
    said = _("“%(topic)s” goes on: it is approved.") % {"topic": post.topic}
    return moved(request, post, lambda: actions.resume(post, revision=revision, by=request.user), said)


@form_of("contentplan:post_detail")
def post_cancel(request: UserRequest, pk: int) -> HttpResponse:
    """Takes a post off the plan, and asks for a substitute."""
    post = _post(request, pk, Move.CANCEL)
    revision, reason, said = seen_revision(request), asked(request, "reason"), _taken_off(request, post)
    return moved(request, post, lambda: actions.cancel(post, revision=revision, reason=reason, by=request.user), said)


def _taken_off(request: UserRequest, post: PlannedPost) -> str:
    said = _("“%(topic)s” is taken off the plan, the norm is counted anew.") % {"topic": post.topic}
    day = post.planned_at.astimezone(post.plan.organization.zone).date()
    if not rules.can_write_plan(request.user, post.plan) or day < post.plan.organization.today:
        return said
    address = reverse("contentplan:plan_detail", args=[post.plan.organization.slug, post.plan.week])
    label = _("Add a substitute on %(day)s") % {"day": date_format(day, "j E")}
    return format_html('{} <a href="{}?new={}#form">{}</a>', said, address, day.isoformat(), label)


@form_of("contentplan:post_detail")
def post_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Makes a post that was taken off the plan a draft again."""
    post = _post(request, pk, Move.RESTORE)
    require(rules.can_edit(request.user, post))
    revision = seen_revision(request)
    said = _("“%(topic)s” is back in the plan, as a draft.") % {"topic": post.topic}
    return moved(request, post, lambda: actions.restore(post, revision=revision, by=request.user), said)


@form_of("contentplan:post_detail")
def post_missed(request: UserRequest, pk: int) -> HttpResponse:
    """Why a post did not come out: one tap. Then its page offers the next free time; what came out needs its link."""
    post = get_object_or_404(_rows(request), pk=pk)
    require(rules.can_say_why_missed(request.user, post))
    reason = asked(request, "reason")
    if reason not in MissReason.values:
        messages.warning(request, _("Choose one of the reasons."))
        return HttpResponseRedirect(_page(post))
    if reason == MissReason.NOT_MARKED:
        placement = post.placements.filter(publication__isnull=True).first()
        return redirect("contentplan:publish", placement.pk) if placement else redirect(_page(post))
    said = _("Noted. Now choose what becomes of the post: another time, or off the plan.")
    return moved(request, post, lambda: actions.say_why_missed(post, MissReason(reason), by=request.user), said)


def moved(request: HttpRequest, post: PlannedPost, do: Callable[[], object], said: str) -> HttpResponse:
    """Does it and leads back to where the button stood; what was refused becomes a sentence there."""
    back = came_from(request, post)
    with back_to(back):
        try:
            do()
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        else:
            messages.success(request, said)
    return HttpResponseRedirect(back)


def came_from(request: HttpRequest, post: PlannedPost) -> str:
    """The page the button stood on: the field `from` names it, "stop-12", "day" or "urgent"; else the post's own."""
    name, _dash, number = asked(request, "from").partition("-")
    if name == "stop" and number.isdecimal():
        return reverse("contentplan:stop_detail", args=[int(number)])
    if name in ("day", "urgent"):
        return reverse({"day": "contentplan:day", "urgent": "contentplan:urgent_list"}[name])
    return _page(post)


def _page(post: PlannedPost) -> str:
    return reverse("contentplan:post_detail", args=[post.pk])


def _rows(request: UserRequest) -> PostQuerySet:
    return PlannedPost.objects.visible_to(request.user).select_related("plan__organization")


def _post(request: UserRequest, pk: int, move: Move) -> PlannedPost:
    post = get_object_or_404(_rows(request), pk=pk)
    require(rules.can_move(request.user, post, move))
    return post
