"""The conveyor of approval: the queue, and the page of one post (procedure, cl. 2.3)."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contentplan import actions
from contentplan.models import PlannedPost
from contentplan.review_forms import CorrectionForm, ReturnForm
from contentplan.views.cards import Card
from contentplan.views.pile import Pile
from contentplan.views.story import Story
from people.http import UserRequest, require
from people.roles import Permission

PAGE_SIZE = 25


@require_safe
def review_queue(request: UserRequest) -> HttpResponse:
    """What waits for this person, the earliest planned first."""
    require(request.user.may_anywhere(Permission.DECIDE_PLAN))
    pile = Pile.of(request)
    page = Paginator(pile.posts.for_cards(), PAGE_SIZE).get_page(request.GET.get("page"))
    values = {
        "pile": pile,
        "page": page,
        "cards": [Card(post) for post in page],
        "undoable": actions.undoable(request.user),
    }
    return render(request, "contentplan/review_queue.html", values)


@require_safe
def post_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One post: what it says, what changed, what happened to it, and the decision for whom it waits."""
    return show_post(request, visible_post(request, pk))


def show_post(
    request: UserRequest,
    post: PlannedPost,
    returned: ReturnForm | None = None,
    correction: CorrectionForm | None = None,
    **extra: object,
) -> HttpResponse:
    """The page of the post, with a form that was not taken or is asked for."""
    actions.look(post, by=request.user, is_editing=correction is not None)
    story = Story(Card(post), request.user)
    values: dict[str, object] = {"story": story, "correction": correction, **extra}
    if story.can_decide:
        values["form"] = returned or ReturnForm(post=post)
    if request.user.may_anywhere(Permission.DECIDE_PLAN):
        pile = Pile.of(request)
        values |= {"pile": pile, "around": pile.around(post), "undoable": actions.undoable(request.user)}
    with timezone.override(post.plan.organization.zone):
        return render(request, "contentplan/post_detail.html", values)


def visible_post(request: UserRequest, pk: int) -> PlannedPost:
    return get_object_or_404(PlannedPost.objects.visible_to(request.user).for_cards(), pk=pk)
