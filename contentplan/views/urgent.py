"""What came out without approval: publishing urgently, and the look of the department afterwards."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contentplan import actions, rules
from contentplan.day_forms import UrgentForm
from contentplan.models import Move, PlannedPost, Review
from contentplan.views.back import asked, back_to, form_of, seen_revision
from contentplan.views.cards import Card
from contentplan.views.moves import came_from, moved
from contentplan.views.posts import blame
from people.http import UserRequest, require
from people.models import Organization
from people.roles import Permission

PER_PAGE = 25
BODIES_PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def post_urgent(request: UserRequest, pk: int) -> HttpResponse:
    """Records that a draft came out without approval: why, and the links."""
    card = Card(get_object_or_404(PlannedPost.objects.visible_to(request.user).for_cards(), pk=pk))
    require(rules.can_publish_urgently(request.user, card.post))
    data = request.POST if request.method == "POST" else None
    form = UrgentForm(data, placements=card.placements, initial={"revision": card.post.revision})
    if form.is_valid() and _record(request, form, card.post):
        messages.success(request, _("Recorded. The department looks at the post afterwards."))
        return redirect("contentplan:post_detail", pk)
    return render(request, "contentplan/post_urgent.html", {"card": card, "form": form})


def _record(request: UserRequest, form: UrgentForm, post: PlannedPost) -> bool:
    values = form.cleaned_data
    with back_to(came_from(request, post)):
        try:
            actions.record_urgent(
                post, revision=values["revision"], reason=values["reason"], links=form.links, by=request.user
            )
        except ValidationError as error:
            blame(form, error)
            return False
    return True


@require_safe
def urgent_list(request: UserRequest) -> HttpResponse:
    """What came out without approval: what waits for a look, or (`?seen=1`) what the department has seen."""
    require(request.user.may_anywhere(Permission.DECIDE_PLAN))
    seen = "seen" in request.GET
    waiting = _waiting(request).count()
    page = Paginator(_seen(request) if seen else _waiting(request), PER_PAGE).get_page(request.GET.get("page"))
    values = {"page": page, "seen": seen, "unseen": waiting, "rows": _lines(request, list(page))}
    return render(request, "contentplan/urgent_list.html", values)


def _reach(request: UserRequest) -> QuerySet[PlannedPost]:
    reach = request.user.reach(Permission.DECIDE_PLAN, "plan__organization")
    return PlannedPost.objects.filter(reach).for_cards()


def _waiting(request: UserRequest) -> QuerySet[PlannedPost]:
    return _reach(request).filter(needs_post_review=True).order_by("status_since", "pk")


def _seen(request: UserRequest) -> QuerySet[PlannedPost]:
    seen = _reach(request).filter(reviews__move=Move.LOOK_OVER).annotate(seen_at=F("reviews__made_at"))
    return seen.order_by("-seen_at", "-pk")


def _lines(request: UserRequest, posts: list[PlannedPost]) -> list[dict[str, object]]:
    """Each post with who published it and why, who has seen it, and whether this person may say so."""
    wanted = [Move.PUBLISH_URGENTLY, Move.LOOK_OVER]
    steps: dict[tuple[int, str], Review] = {}
    rows = Review.objects.filter(post__in=posts, move__in=wanted).select_related("made_by").prefetch_related("remarks")
    for step in rows.order_by("pk"):
        steps[step.post_id, step.move] = step
    own = set(PlannedPost.objects.filter(pk__in=[post.pk for post in posts]).not_written_by(request.user))
    return [
        {
            "card": Card(post),
            "published": steps.get((post.pk, Move.PUBLISH_URGENTLY)),
            "seen": steps.get((post.pk, Move.LOOK_OVER)),
            "may_look": post in own,
        }
        for post in posts
    ]


@form_of("contentplan:post_detail")
def post_look_over(request: UserRequest, pk: int) -> HttpResponse:
    """Says that the post was seen afterwards, with a remark to its authors or without."""
    rows = PlannedPost.objects.visible_to(request.user).select_related("plan__organization")
    post = get_object_or_404(rows, pk=pk)
    require(rules.can_move(request.user, post, Move.LOOK_OVER))
    revision, remark = seen_revision(request), asked(request, "remark")[:1000]
    said = _("The remark is sent to the author.") if remark else _("Noted that you have seen it.")
    return moved(
        request, post, lambda: actions.look_over(post, revision=revision, remark=remark, by=request.user), said
    )


@require_safe
def urgent_bodies(request: UserRequest) -> HttpResponse:
    """Which bodies may publish urgently without approval."""
    require(request.user.may_anywhere(Permission.DECIDE_PLAN))
    bodies = Organization.objects.where_may(request.user, Permission.DECIDE_PLAN).filter(is_active=True)
    bodies = bodies.annotate(may=F("plan_rules__may_publish_urgently"))
    page = Paginator(bodies, BODIES_PER_PAGE).get_page(request.GET.get("page"))
    allowed = bodies.filter(may=True).count()
    return render(request, "contentplan/urgent_bodies.html", {"page": page, "allowed": allowed})


@require_POST
def urgent_allow(request: UserRequest, organization: str) -> HttpResponse:
    """Lets one body publish urgently, or not any more."""
    body = get_object_or_404(Organization.objects.visible_to(request.user), slug=organization)
    require(rules.can_allow_urgent(request.user, body))
    allowed = asked(request, "allowed") == "yes"
    actions.allow_urgent(body, allowed=allowed, by=request.user)
    sentence = _("%(body)s may publish urgently.") if allowed else _("%(body)s may no longer publish urgently.")
    messages.success(request, sentence % {"body": body.short_name})
    response = redirect("contentplan:urgent_bodies")
    page = asked(request, "page")
    response["Location"] += f"?page={page}" if page.isdecimal() else ""
    return response
