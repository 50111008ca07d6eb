"""Writing one post: on the week's own page, under its day."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contentplan import actions, rules
from contentplan.forms import PostForm
from contentplan.models import PlannedPost, Status
from contentplan.views.back import asked, back_to, forget_draft, form_of, seen_revision
from contentplan.views.board import Board
from contentplan.views.cards import Card
from contentplan.views.checking import may_go
from contentplan.views.media import keeper
from contentplan.views.review import show_post
from contentplan.views.strip import link_begun
from contentplan.views.weeks import board_of, draft_key, post_form, show_plan
from people.http import TooLate, UserRequest, require
from people.unsent import keeps_typed
from people.weeks import Week
from review.answers import read

# The form's field for what an action found wrong with a part of the content.
FIELD_OF = {"planned_at": "day", "placements": "accounts"}


@keeps_typed
@require_http_methods(["GET", "POST"])
def post_create(request: UserRequest, organization: str, week: Week) -> HttpResponse:
    """Adds a draft to the plan; the form itself stands on the plan page."""
    board = board_of(request, organization, week)
    require(board.can_write)
    if request.method == "GET":
        return _to_plan(board, "form", new=request.GET.get("day", ""), time=request.GET.get("time", ""))
    form = post_form(board, data=request.POST, files=request.FILES)
    if form.take_files(keeper(request, board.organization)):
        try:
            plan = actions.open_plan(board.organization, week, by=request.user)
            post = actions.add_post(plan, form.content, by=request.user)
            link_begun(post, form.cleaned_data["event"], by=request.user)
        except ValidationError as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved: “%(topic)s”.") % {"topic": post.topic})
            return _saved(request, board, post, draft_key(board))
    return show_plan(request, board, form=form, form_day=_typed_day(form, week), draft_key=draft_key(board))


@keeps_typed
@require_http_methods(["GET", "POST"])
def post_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Gives a post a new wording. When somebody was faster, nothing typed is lost."""
    if request.method == "POST" and not PlannedPost.objects.filter(pk=pk).exists():
        return _gone(request)
    card = _card(request, pk)
    board = Board(request.user, card.post.plan.organization, card.post.plan.week)
    require(rules.can_edit(request.user, card.post))
    if request.method == "GET":
        return _to_plan(board, "form", post=str(pk))
    form = post_form(board, card, request.POST, files=request.FILES)
    good = form.take_files(keeper(request, board.organization))
    if good and card.post.is_approved and form.cleaned_data["seen"] != Status.APPROVED:
        return _conflict(request, board, pk, approved_meanwhile=True)
    try:
        # Answers stay, whatever is wrong with the rest of the form.
        if card.post.is_returned:
            actions.answer_remarks(card.post, read(request.POST), by=request.user)
        if good:
            return _edit(request, board, card.post, form)
    except ValidationError as error:
        blame(form, error)
    except TooLate:
        return _conflict(request, board, pk, stored=True)
    day = _typed_day(form, board.week)
    key = draft_key(board, card.post)
    return show_plan(request, board, form=form, form_card=card, form_day=day, draft_key=key)


def _edit(request: UserRequest, board: Board, post: PlannedPost, form: PostForm) -> HttpResponse:
    was_approved = post.is_approved
    actions.edit_post(post, form.content, revision=form.cleaned_data["revision"] or 0, by=request.user)
    note = asked(request, "note")
    if "submit" in request.POST:
        _submit(request, post, note=note)
        if note and not post.is_submitted:
            # The wording is saved, the note is not: it stays typed beside the reason why the post cannot go.
            response = show_post(request, _card(request, post.pk).post, note=note)
            forget_draft(request, response, draft_key(board, post))
            return response
    elif was_approved and post.is_submitted:
        messages.info(request, _("Saved. The post awaits approval again."))
    else:
        messages.success(request, _("Saved: “%(topic)s”.") % {"topic": post.topic})
    return _saved(request, board, post, draft_key(board, post))


def _gone(request: UserRequest) -> HttpResponse:
    """The post was deleted while its form was open: what was typed can be saved as a new one."""
    try:
        week = Week.parse(request.POST.get("week", ""))
    except ValueError as error:
        raise Http404 from error
    board = board_of(request, asked(request, "body"), week)
    require(board.can_write)
    data = request.POST.copy()
    for name in ("revision", "seen"):
        data.pop(name, None)
    form = post_form(board, data=data, files=request.FILES)
    form.take_files(keeper(request, board.organization))
    day = _typed_day(form, week)
    return show_plan(request, board, form=form, form_day=day, draft_key=draft_key(board), gone=True)


def _conflict(request: UserRequest, board: Board, pk: int, *, stored: bool = False, **extra: object) -> HttpResponse:
    """What was typed, on top of what somebody else has done meanwhile: `stored` another wording, or approved it."""
    card = _card(request, pk)
    data: QueryDict = request.POST.copy()
    data["revision"], data["seen"] = str(card.post.revision), card.post.status
    form = post_form(board, card, data, files=request.FILES)
    form.take_files(keeper(request, board.organization))
    if stored:
        extra |= {"stored": card, "stored_by": card.post.revisions.select_related("made_by").last()}
    return show_plan(
        request,
        board,
        form=form,
        form_card=card,
        form_day=_typed_day(form, board.week),
        draft_key=draft_key(board, card.post),
        **extra,
    )


@form_of("contentplan:post_detail")
def post_delete(request: UserRequest, pk: int) -> HttpResponse:
    card = _card(request, pk)
    post = card.post
    require(rules.can_edit(request.user, post))
    board = Board(request.user, post.plan.organization, post.plan.week)
    with back_to(board.address):
        gone = actions.delete_draft(post, by=request.user)
    said = _("The draft “%(topic)s” is deleted.") if gone else _("Taken off the plan: “%(topic)s”.")
    messages.success(request, said % {"topic": post.topic})
    return _to_plan(board)


@form_of("contentplan:post_detail")
def post_submit(request: UserRequest, pk: int) -> HttpResponse:
    """Sends one post for approval."""
    post = _card(request, pk).post
    require(rules.can_submit(request.user, post))
    note = asked(request, "note")
    with back_to(reverse("contentplan:post_detail", args=[pk])):
        _submit(request, post, seen_revision(request), note=note)
    if note and not post.is_submitted:
        return show_post(request, post, note=note)
    return redirect("contentplan:post_detail", pk)


def _submit(request: UserRequest, post: PlannedPost, revision: int | None = None, *, note: str = "") -> None:
    seen = post.revision if revision is None else revision
    if not may_go(request, post, note):
        return
    try:
        actions.submit(post, revision=seen, by=request.user, note=note)
    except ValidationError as error:
        messages.warning(request, _("Not sent yet. %(why)s") % {"why": " ".join(error.messages)})
    else:
        messages.success(request, _("Sent for approval: “%(topic)s”.") % {"topic": post.topic})


def blame(form: Form, error: ValidationError) -> None:
    """Puts what an action refused beside the field it is about."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        field = FIELD_OF.get(name, name)
        form.add_error(field if field in form.fields else None, errors)


def _card(request: UserRequest, pk: int) -> Card:
    return Card(get_object_or_404(PlannedPost.objects.visible_to(request.user).for_cards(), pk=pk))


def _typed_day(form: PostForm, week: Week) -> object:
    """The day under which the form opens again."""
    typed = form["day"].value()
    return next((day for day in week.days if day.isoformat() == str(typed)), week.monday)


def _saved(request: UserRequest, board: Board, post: PlannedPost, key: str) -> HttpResponse:
    """Back to the board at this post, on to the next draft without a text, or to an empty form for one more."""
    fresh = Board(board.user, board.organization, board.week)
    bare = next(iter(fresh.bare), None) if "next" in request.POST else None
    offer = fresh.next_free if "another" in request.POST else None
    values = {"post": str(bare.post.pk)} if bare else offer.values if offer else None
    response = _to_plan(board, "form", **values) if values else _to_plan(board, f"post-{post.pk}")
    forget_draft(request, response, key)
    return response


def _to_plan(board: Board, anchor: str = "", **query: str) -> HttpResponseRedirect:
    address = board.address
    if query:
        address += "?" + urlencode({name: value for name, value in query.items() if value or name == "new"})
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)
