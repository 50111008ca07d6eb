"""The conveyor of approval: the queue, the page of one post, the decision (procedure, cl. 2.3)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from contentplan import actions, rules
from contentplan.forms import ReturnForm
from contentplan.models import PlannedPost
from contentplan.models.posts import PostQuerySet
from contentplan.views.back import TOP, asked, back_to, forget_draft, form_of, seen_revision
from contentplan.views.cards import Card
from contentplan.views.story import Story
from people.http import UserRequest, require
from people.roles import Permission

PAGE_SIZE = 25
PILE_SIZE = 12


def _queue(request: UserRequest) -> PostQuerySet:
    """What awaits this person's decision, of the one body the address names or of all."""
    posts = PlannedPost.objects.decidable_by(request.user)
    body = asked(request, "body")
    return (posts.filter(plan__organization__slug=body) if body else posts).by_time()


@require_safe
def review_queue(request: UserRequest) -> HttpResponse:
    """What waits for this person, the earliest planned first."""
    require(request.user.may_anywhere(Permission.DECIDE_PLAN))
    page = Paginator(_queue(request).for_cards(), PAGE_SIZE).get_page(request.GET.get("page"))
    values = {
        "page": page,
        "cards": [Card(post) for post in page],
        "bodies": _bodies(request),
        "body": asked(request, "body"),
    }
    return render(request, "contentplan/review_queue.html", values)


def _bodies(request: UserRequest) -> list[dict[str, object]]:
    """The filter: each body with how many of its posts wait."""
    rows = PlannedPost.objects.decidable_by(request.user).order_by("plan__organization__path")
    counted = rows.values_list("plan__organization__slug", "plan__organization__short_name").annotate(n=Count("pk"))
    chosen, address = asked(request, "body"), reverse("contentplan:review_queue")
    bodies = [(slug, name, n) for slug, name, n in counted]
    every = ("", pgettext("bodies", "All"), sum(row[2] for row in bodies))
    return [
        {
            "label": name,
            "count": n,
            "url": f"{address}?body={slug}" if slug else address,
            "current": slug == chosen,
        }
        for slug, name, n in [every, *bodies]
    ]


@require_safe
def post_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One post: what it says, what changed, what happened to it, and the decision for whom it waits."""
    return _show(request, _post(request, pk))


def _show(request: UserRequest, post: PlannedPost, form: ReturnForm | None = None) -> HttpResponse:
    values: dict[str, object] = {"story": Story(Card(post), request.user), "form": form or ReturnForm()}
    if request.user.may_anywhere(Permission.DECIDE_PLAN):
        values |= _pile(request, post)
    with timezone.override(post.plan.organization.zone):
        return render(request, "contentplan/post_detail.html", values)


def _pile(request: UserRequest, post: PlannedPost) -> dict[str, object]:
    """The stack this post lies in: its neighbours, its place, how many there are."""
    queue = list(_queue(request).values_list("pk", flat=True))
    at = queue.index(post.pk) if post.pk in queue else None
    start = max(0, min((at or 0) - PILE_SIZE // 2, len(queue) - PILE_SIZE))
    shown = PlannedPost.objects.filter(pk__in=queue[start : start + PILE_SIZE])
    return {
        "pile": shown.select_related("plan__organization").by_time(),
        "pile_size": len(queue),
        "position": None if at is None else at + 1,
        "earlier": queue[at - 1] if at else None,
        "later": queue[at + 1] if at is not None and at + 1 < len(queue) else None,
        "body": asked(request, "body"),
    }


def _post(request: UserRequest, pk: int) -> PlannedPost:
    return get_object_or_404(PlannedPost.objects.visible_to(request.user).for_cards(), pk=pk)


@form_of("contentplan:post_detail")
def post_approve(request: UserRequest, pk: int) -> HttpResponse:
    post = _post(request, pk)
    require(rules.can_decide(request.user, post))
    with back_to(reverse("contentplan:post_detail", args=[pk])):
        actions.approve(post, revision=seen_revision(request), by=request.user)
    messages.success(request, _("Approved: “%(topic)s”.") % {"topic": post.topic})
    return _next(request, post)


@form_of("contentplan:post_detail")
def post_return(request: UserRequest, pk: int) -> HttpResponse:
    """Back to the author with remarks; without one the page stays and keeps what was typed."""
    post = _post(request, pk)
    require(rules.can_decide(request.user, post))
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, post, form)
    with back_to(reverse("contentplan:post_detail", args=[pk])):
        actions.return_for_changes(post, revision=seen_revision(request), remarks=form.remarks, by=request.user)
    sentence = _("Returned with remarks: “%(topic)s”. The author gets a letter.")
    messages.success(request, sentence % {"topic": post.topic})
    response = _next(request, post)
    forget_draft(request, response, Story(Card(post), request.user).draft_key)
    return response


def _next(request: UserRequest, post: PlannedPost) -> HttpResponseRedirect:
    """The next post of the queue after this one, else its first, else the queue itself, which is empty now."""
    queue = _queue(request)
    after = queue.filter(planned_at__gte=post.planned_at).exclude(pk=post.pk).first() or queue.first()
    body = asked(request, "body")
    query = "?" + urlencode({"body": body}) if body and after else ""
    address = reverse("contentplan:post_detail", args=[after.pk]) if after else reverse("contentplan:review_queue")
    return HttpResponseRedirect(address + query + TOP)
