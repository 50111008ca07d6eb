"""The drawer of ideas beside the week: one line in, one press out onto a day."""

from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contentplan import actions, rules
from contentplan.actions.ideas import Place
from contentplan.board_forms import IdeaForm
from contentplan.forms import DEFAULT_TIME
from contentplan.models import Idea
from contentplan.views import undo
from contentplan.views.back import asked, back_to
from contentplan.views.board import Board
from contentplan.views.moving import asked_moment, page_of
from people.http import UserRequest, require
from people.models import Organization
from people.weeks import Week


@require_POST
def idea_create(request: UserRequest, organization: str) -> HttpResponse:
    """Puts one line into the drawer."""
    body = get_object_or_404(Organization.objects.visible_to(request.user), slug=organization)
    require(rules.can_write(request.user, body))
    form = IdeaForm(request.POST)
    if form.is_valid():
        actions.add_idea(body, form.cleaned_data["topic"], by=request.user)
    else:
        messages.error(request, " ".join(str(error) for error in form.errors["topic"]))
    return HttpResponseRedirect(f"{page_of(request, body)}#ideas")


@require_POST
def idea_plan(request: UserRequest, pk: int) -> HttpResponse:
    """Makes the idea a draft: on the day `to` at the time that is offered there, else at `day` and `time`."""
    idea = _idea(request, pk)
    body = idea.organization
    back = page_of(request, body)
    try:
        moment = asked_moment(request, body, _offered(request, body))
        with back_to(back):
            accounts = tuple(Board(request.user, body, Week.of(moment.date())).accounts)
            post = actions.plan_idea(idea, Place(moment, accounts), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(f"{back}?idea={pk}#move")
    messages.success(request, _("“%(topic)s” is in the plan: write its text.") % {"topic": post.topic})
    return HttpResponseRedirect(f"{back}#post-{post.pk}")


@require_POST
def idea_delete(request: UserRequest, pk: int) -> HttpResponse:
    """Throws the idea away; for ten seconds it can be taken back."""
    idea = _idea(request, pk)
    back = page_of(request, idea.organization)
    actions.delete_idea(idea, by=request.user)
    sentence = _("The idea “%(topic)s” is deleted.") % {"topic": idea.topic}
    undo.offer(request, sentence, back, idea=idea.organization_id, topic=idea.topic, text=idea.text)
    return HttpResponseRedirect(f"{back}#ideas")


def _idea(request: UserRequest, pk: int) -> Idea:
    rows = Idea.objects.visible_to(request.user).select_related("organization")
    idea = get_object_or_404(rows, pk=pk)
    require(rules.can_write(request.user, idea.organization))
    return idea


def _offered(request: UserRequest, body: Organization) -> datetime:
    """The hour that the board offers on the day asked for."""
    hour = DEFAULT_TIME
    try:
        on = date.fromisoformat(asked(request, "to"))
    except ValueError:
        return datetime.combine(body.today, hour)
    day = next(day for day in Board(request.user, body, Week.of(on)).days if day.on == on)
    found = next(iter(day.offers), None) or day.add
    return datetime.combine(on, found.at if found else hour)
