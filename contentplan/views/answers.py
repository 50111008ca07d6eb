"""What the author of a post says and does while others review it: withdraw, answer remarks and corrections, notes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contentplan import actions, rules
from contentplan.actions.occasions import link_occasion
from contentplan.models import Move, Occasion, PlannedPost
from contentplan.views.back import asked, back_to, forget_draft, form_of, seen_revision
from contentplan.views.cards import Card
from contentplan.views.checking import may_go
from contentplan.views.review import show_post, visible_post
from contentplan.views.story import Story
from people.http import TooLate, UserRequest, require
from people.unsent import keeps_typed
from review import presence
from review.answers import read


@form_of("contentplan:post_detail")
def post_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Makes a submitted post a draft again, while no reviewer has it in work."""
    post = visible_post(request, pk)
    require(rules.can_move(request.user, post, Move.WITHDRAW))
    with back_to(reverse("contentplan:post_detail", args=[pk])):
        actions.withdraw(post, revision=seen_revision(request), by=request.user)
    messages.success(request, _("Withdrawn: “%(topic)s” is a draft again.") % {"topic": post.topic})
    return redirect("contentplan:post_detail", pk)


@keeps_typed
@form_of("contentplan:post_detail")
def post_answer(request: UserRequest, pk: int) -> HttpResponse:
    """Answers the remarks, and with the button for it sends the post again."""
    post = visible_post(request, pk)
    require(rules.can_answer(request.user, post))
    try:
        with back_to(reverse("contentplan:post_detail", args=[pk])):
            actions.answer_remarks(post, read(request.POST), by=request.user)
            note = asked(request, "note")
            if "submit" in request.POST and may_go(request, post, note):
                actions.submit(post, revision=seen_revision(request), by=request.user, note=note)
    except ValidationError as error:
        messages.warning(request, _("Not sent yet. %(why)s") % {"why": " ".join(error.messages)})
        if note := asked(request, "note"):
            return show_post(request, visible_post(request, pk), note=note)
        return HttpResponseRedirect(reverse("contentplan:post_detail", args=[pk]) + "#remarks")
    if post.is_submitted:
        messages.success(request, _("Sent for approval: “%(topic)s”.") % {"topic": post.topic})
    else:
        messages.success(request, _("Your answers are saved. Send the post when it is ready."))
    response = redirect("contentplan:post_detail", pk)
    forget_draft(request, response, Story(Card(post), request.user).draft_key)
    return response


@form_of("contentplan:post_detail")
def post_acknowledge(request: UserRequest, pk: int) -> HttpResponse:
    """The author's answer to a correction: understood, or an objection in words."""
    post = visible_post(request, pk)
    require(rules.can_acknowledge(request.user, post))
    review = Story(Card(post), request.user).correction
    objects, words = "objects" in request.POST, asked(request, "objection")
    with back_to(reverse("contentplan:post_detail", args=[pk])):
        if review is None:
            raise TooLate(_("The post has been changed since: there is no correction to answer any more."))
        if objects and not words:
            return show_post(request, post, objection_error=_("Write what is wrong with the correction."))
        try:
            actions.acknowledge(review, by=request.user, objection=words if objects else "")
        except ValidationError as error:
            return show_post(request, post, objection=words, objection_error=" ".join(error.messages))
    said = _("The department is told of your objection.") if objects else _("Thank you: the correction is understood.")
    messages.success(request, said)
    return redirect("contentplan:post_detail", pk)


@form_of("contentplan:post_detail")
def post_note(request: UserRequest, pk: int) -> HttpResponse:
    """Pins an important note to the post, or takes it off."""
    post = visible_post(request, pk)
    require(rules.can_keep_note(request.user, post))
    try:
        actions.set_important_note(post, "" if "remove" in request.POST else asked(request, "text"), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("contentplan:post_detail", pk)


@form_of("contentplan:post_detail")
def post_occasion(request: UserRequest, pk: int) -> HttpResponse:
    """Says which occasion of its week the post covers; an empty choice: none."""
    post = visible_post(request, pk)
    require(rules.can_write(request.user, post.plan.organization))
    chosen = asked(request, "occasion")
    rows = Occasion.objects.of(post.plan.organization)
    occasion = get_object_or_404(rows, pk=int(chosen) if chosen.isdecimal() else 0) if chosen else None
    link_occasion(post, occasion, by=request.user)
    messages.success(request, _("Saved: “%(topic)s”.") % {"topic": post.topic})
    return redirect("contentplan:post_detail", pk)


@require_POST
def post_presence(request: UserRequest, pk: int) -> HttpResponse:
    """The page says every 15 seconds that it is open; it learns who else looks, and whether the post changed."""
    post: PlannedPost = visible_post(request, pk)
    seen = seen_revision(request)
    editing, active = "editing" in request.POST, "active" in request.POST
    actions.look(post, by=request.user, revision=seen or None, is_editing=editing, active=active)
    stale = (seen, request.POST.get("status")) != (post.revision, post.status)
    sentence = _("The post has changed meanwhile. Open the page anew before you decide.")
    if editing:
        sentence = _("The post has changed meanwhile. What you type stays: after saving you see both versions.")
    return JsonResponse(
        {"looking": presence.others(post.viewings.all(), request.user), "changed": sentence if stale else ""}
    )
