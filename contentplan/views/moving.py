"""Another day for a post: a drag and its twin, the menu «Перенести на…», both send the same form."""

from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan import actions, rules
from contentplan.board_forms import MoveForm
from contentplan.models import PlannedPost
from contentplan.views import undo
from contentplan.views.back import asked, back_to, form_of, seen_revision
from people.http import UserRequest, require
from people.models import Organization
from people.templatetags.portal import when_in
from people.weeks import Week


@form_of("contentplan:post_detail")
def post_move(request: UserRequest, pk: int) -> HttpResponse:
    """`to`: a day, the hour stays; else `day` and `time`. Leads back to the week `from`, or the post's own."""
    rows = PlannedPost.objects.visible_to(request.user).select_related("plan__organization")
    post = get_object_or_404(rows, pk=pk)
    require(rules.can_replan(request.user, post))
    before, was_approved, back = post.planned_at, post.has_approval, page_of(request, post.plan.organization, post)
    local = before.astimezone(post.plan.organization.zone)
    try:
        moment = asked_moment(request, post.plan.organization, local)
        with back_to(back):
            actions.move_to(post, moment, revision=seen_revision(request), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(f"{back}?move={pk}#move")
    if post.planned_at != before:
        sentence = _said(post, was_approved)
        step = {"move": pk, "revision": post.revision, "planned_at": before.isoformat(), "was_approved": was_approved}
        undo.offer(request, sentence, back, **step)
    return HttpResponseRedirect(f"{back}#post-{pk}")


def asked_moment(request: UserRequest, organization: Organization, usual: datetime) -> datetime:
    """When it is moved to; raises ValidationError with a sentence when that cannot be read or has passed."""
    if day := asked(request, "to"):
        try:
            moment = datetime.combine(date.fromisoformat(day), usual.time(), tzinfo=organization.zone)
        except ValueError as error:
            raise ValidationError(_("Choose a day of the list, or write the day and the time.")) from error
    else:
        form = MoveForm(request.POST)
        if not form.is_valid():
            raise ValidationError(_("Choose a day of the list, or write the day and the time."))
        moment = form.moment(organization)
    if moment <= timezone.now():
        raise ValidationError(
            _("%(moment)s has passed already: choose a time ahead.") % {"moment": _of(moment, organization)}
        )
    if moment.year >= 2100:
        raise ValidationError(_("Check the year: nobody plans that far ahead."))
    return moment


def page_of(request: UserRequest, organization: Organization, post: PlannedPost | None = None) -> str:
    """The page of the week the person looks at."""
    try:
        week = Week.parse(asked(request, "from"))
    except ValueError:
        week = post.plan.week if post else Week.now(organization.zone)
    return reverse("contentplan:plan_detail", args=[organization.slug, week])


def _said(post: PlannedPost, was_approved: bool) -> str:
    values = {"topic": post.topic, "moment": _of(post.planned_at, post.plan.organization)}
    if was_approved and post.is_submitted:
        return _("“%(topic)s”: now %(moment)s. The post awaits approval again.") % values
    return _("“%(topic)s”: now %(moment)s.") % values


def _of(moment: datetime, organization: Organization) -> str:
    return when_in(organization.zone, moment)
