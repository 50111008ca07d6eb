"""What a reviewer presses on the conveyor: approve, correct, return, take back, take in work (procedure, cl. 2.3)."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contentplan import actions, rules
from contentplan.models import Move, PlannedPost
from contentplan.review_forms import CorrectionForm, ReturnForm
from contentplan.views.back import TOP, back_to, forget_draft, form_of, seen_revision
from contentplan.views.cards import Card
from contentplan.views.pile import Pile
from contentplan.views.review import show_post, visible_post
from contentplan.views.story import Story
from people.http import TooLate, UserRequest, require
from people.unsent import keeps_typed

# The form's field for what an action found wrong with a part of the content.
FIELD_OF = {"planned_at": "day"}


@form_of("contentplan:post_detail")
def post_approve(request: UserRequest, pk: int) -> HttpResponse:
    post = visible_post(request, pk)
    require(rules.can_decide(request.user, post))
    planned_at = post.planned_at
    with back_to(_address(request, post)):
        actions.approve(post, revision=seen_revision(request), by=request.user)
    messages.success(request, _("Approved: “%(topic)s”.") % {"topic": post.topic})
    return _next(request, post, planned_at)


@keeps_typed
@require_http_methods(["GET", "POST"])
def post_correct(request: UserRequest, pk: int) -> HttpResponse:
    """The reviewer's own wording, approved at once; what was typed stays when somebody was faster."""
    post = visible_post(request, pk)
    require(rules.can_decide(request.user, post))
    if request.method == "GET":
        return show_post(request, post, correction=CorrectionForm(post=post))
    form, planned_at = CorrectionForm(request.POST, post=post), post.planned_at
    if not form.is_valid():
        return show_post(request, post, correction=form)
    try:
        actions.correct(post, form.content, revision=seen_revision(request), by=request.user)
    except TooLate as error:
        return show_post(request, visible_post(request, pk), correction=form, overtaken=error.sentence)
    except ValidationError as error:
        _blame(form, error)
        return show_post(request, post, correction=form)
    messages.success(request, _("Corrected and approved: “%(topic)s”.") % {"topic": post.topic})
    response = _next(request, post, planned_at)
    forget_draft(request, response, Story(Card(post), request.user).correction_key)
    return response


def _blame(form: CorrectionForm, error: ValidationError) -> None:
    for name, errors in error.error_dict.items():
        field = FIELD_OF.get(name, name)
        form.add_error(field if field in form.fields else None, errors)


@keeps_typed
@form_of("contentplan:post_detail")
def post_return(request: UserRequest, pk: int) -> HttpResponse:
    """Back to the author with remarks; without one, or when somebody was faster, the page keeps what was typed."""
    post = visible_post(request, pk)
    require(rules.can_decide(request.user, post))
    form, planned_at = ReturnForm(request.POST, post=post), post.planned_at
    if not form.is_valid():
        return show_post(request, post, returned=form)
    try:
        actions.return_for_changes(post, revision=seen_revision(request), remarks=form.remarks, by=request.user)
    except TooLate as error:
        return show_post(
            request, visible_post(request, pk), returned=form, kept=form.in_words, overtaken=error.sentence
        )
    sentence = _("Returned with remarks: “%(topic)s”. The author gets a letter.")
    messages.success(request, sentence % {"topic": post.topic})
    response = _next(request, post, planned_at)
    forget_draft(request, response, Story(Card(post), request.user).draft_key)
    return response


@form_of("contentplan:post_detail")
def post_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Takes back one's own decision of a moment ago."""
    post = visible_post(request, pk)
    require(rules.can_move(request.user, post, Move.UNDO))
    address = _address(request, post)
    with back_to(address):
        actions.undo(post, by=request.user)
    messages.success(request, _("The decision is taken back: “%(topic)s” awaits one again.") % {"topic": post.topic})
    return HttpResponseRedirect(address + TOP)


@form_of("contentplan:post_detail")
def post_claim(request: UserRequest, pk: int) -> HttpResponse:
    """Takes the post in work; `take_over`: from a colleague."""
    post = visible_post(request, pk)
    require(rules.can_decide(request.user, post))
    with back_to(_address(request, post)):
        actions.claim(post, by=request.user, take_over="take_over" in request.POST)
    messages.success(request, _("You have the post in work: its author can read it, but not change it."))
    return HttpResponseRedirect(_address(request, post) + TOP)


@form_of("contentplan:post_detail")
def post_release(request: UserRequest, pk: int) -> HttpResponse:
    """Puts the post back for any reviewer."""
    post = visible_post(request, pk)
    require(rules.can_decide(request.user, post))
    actions.release(post, by=request.user)
    messages.success(request, _("The post is free for any reviewer again."))
    return HttpResponseRedirect(_address(request, post) + TOP)


def _address(request: UserRequest, post: PlannedPost) -> str:
    """The page of the post, in the same stack."""
    return reverse("contentplan:post_detail", args=[post.pk]) + Pile.of(request).query


def _next(request: UserRequest, post: PlannedPost, planned_at: datetime) -> HttpResponseRedirect:
    """The next post of the stack after this one, else its first, else the queue itself, which is empty now."""
    pile = Pile.of(request)
    after = pile.following(post, planned_at)
    address = _address(request, after) if after else reverse("contentplan:review_queue")
    return HttpResponseRedirect(address + TOP)
