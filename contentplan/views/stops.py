"""Publishing is stopped: beginning a stop, lifting it, and the second look at every post it held."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contentplan import actions, rules
from contentplan.day_forms import StopForm
from contentplan.free_time import FreeTimes
from contentplan.models import Move, PlannedPost, Status, Stop, StopKind
from contentplan.views.back import back_to, form_of
from contentplan.views.cards import Card
from people.http import UserRequest, require
from people.models import Organization, User
from people.roles import Permission

PER_PAGE = 50


@require_safe
def stop_list(request: UserRequest) -> HttpResponse:
    """Stops in force and all there were."""
    require(request.user.may_anywhere(Permission.VIEW))
    rows = Stop.objects.visible_to(request.user).select_related("organization", "started_by", "lifted_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    can_stop = request.user.may_anywhere(Permission.DECIDE_PLAN)
    return render(request, "contentplan/stop_list.html", {"page": page, "can_stop": can_stop})


@require_http_methods(["GET", "POST"])
def stop_create(request: UserRequest) -> HttpResponse:
    """Stops publishing. The first press shows what will be held, the second does it."""
    require(request.user.may_anywhere(Permission.DECIDE_PLAN))
    bodies = Organization.objects.where_may(request.user, Permission.DECIDE_PLAN).filter(is_active=True)
    form = StopForm(request.POST or None, organizations=bodies, initial={"organization": bodies.first()})
    if not form.is_valid() or "change" in request.POST:
        return render(request, "contentplan/stop_form.html", {"form": form})
    if "confirmed" not in request.POST:
        return render(request, "contentplan/stop_form.html", {"form": form, **_to_hold(form)})
    return _stop(request, form)


def _to_hold(form: StopForm) -> dict[str, object]:
    """What the stop would hold, by body."""
    body = form.cleaned_data["organization"]
    posts = PlannedPost.objects.filter(plan__organization__path__startswith=body.path).may_still_come_out()
    rows = posts.order_by().values("plan__organization__short_name").annotate(n=Count("pk"))
    counts = sorted((row["plan__organization__short_name"], row["n"]) for row in rows)
    kind = StopKind(form.cleaned_data["kind"]).label
    bodies = Organization.objects.filter(path__startswith=body.path, is_active=True).count()
    total = sum(n for _name, n in counts)
    return {"counts": counts, "total": total, "body": body, "bodies": bodies, "kind": kind, "asks": True}


def _stop(request: UserRequest, form: StopForm) -> HttpResponse:
    values = form.cleaned_data
    with back_to(reverse("contentplan:stop_list")):
        stop = actions.stop_publishing(
            values["organization"], kind=StopKind(values["kind"]), reason=values["reason"], by=request.user
        )
    messages.success(request, _("Publishing is stopped. Everybody concerned is told."))
    return redirect("contentplan:stop_detail", stop.pk)


@dataclass
class SecondLook:
    """One stop for one reader: what it held, and what has become of it."""

    stop: Stop
    user: User

    @cached_property
    def waiting(self) -> QuerySet[PlannedPost]:
        """What it still holds, as far as the person sees it."""
        posts = PlannedPost.objects.visible_to(self.user).filter(held_by=self.stop, status=Status.ON_HOLD)
        return posts.for_cards().by_time()

    @cached_property
    def left(self) -> int:
        return self.waiting.count()

    @cached_property
    def held(self) -> int:
        """How many posts it has held at all, as far as the person sees them."""
        steps = self.stop.holds.filter(self.user.reach(Permission.VIEW, "post__plan__organization"))
        return steps.order_by().values("post").distinct().count()

    @property
    def looked_at(self) -> int:
        return self.held - self.left

    @property
    def can_lift(self) -> bool:
        return self.stop.lifted_at is None and rules.can_stop(self.user, self.stop.organization)


@dataclass(frozen=True)
class HeldRow:
    """A held post with what this reader may do with it."""

    card: Card
    can_resume: bool
    can_cancel: bool
    free_time: datetime | None

    @property
    def is_past(self) -> bool:
        return self.card.post.planned_at <= timezone.now()


@require_safe
def stop_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One stop. While in force it can be lifted; afterwards every post it holds gets a second look."""
    rows = Stop.objects.visible_to(request.user).select_related("organization", "started_by", "lifted_by")
    look = SecondLook(get_object_or_404(rows, pk=pk), request.user)
    page = Paginator(look.waiting, PER_PAGE).get_page(request.GET.get("page"))
    free = FreeTimes(list(page)) if look.stop.lifted_at else None
    held = [_held(request.user, post, look.stop, free) for post in page]
    return render(request, "contentplan/stop_detail.html", {"look": look, "page": page, "held": held})


def _held(user: User, post: PlannedPost, stop: Stop, free: FreeTimes | None) -> HeldRow:
    lifted = stop.lifted_at is not None
    return HeldRow(
        Card(post),
        can_resume=lifted and rules.can_move(user, post, Move.RESUME),
        can_cancel=rules.can_move(user, post, Move.CANCEL),
        free_time=free.of(post) if free and rules.can_replan(user, post) else None,
    )


@form_of("contentplan:stop_detail")
def stop_lift(request: UserRequest, pk: int) -> HttpResponse:
    """Lifts the stop; what it held waits for a second look."""
    stop = get_object_or_404(Stop.objects.visible_to(request.user).select_related("organization"), pk=pk)
    require(rules.can_stop(request.user, stop.organization))
    with back_to(reverse("contentplan:stop_detail", args=[pk])):
        actions.lift_stop(stop, by=request.user)
    messages.success(request, _("The stop is lifted. Look once more at every post it held."))
    return redirect("contentplan:stop_detail", pk)
