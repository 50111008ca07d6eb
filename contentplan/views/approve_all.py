"""Approving a whole plan: only what the reviewer has opened in its present wording."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import ngettext

from contentplan import actions
from contentplan.models import PlannedPost, Viewing, WeeklyPlan
from contentplan.views import undo
from contentplan.views.back import TOP, back_to, form_of
from people.http import UserRequest, require
from people.models import User
from people.roles import Permission
from people.weeks import Week


@dataclass
class WholePlan:
    """The submitted posts of one plan for one reviewer: which of them were read, which were not."""

    plan: WeeklyPlan
    user: User

    @cached_property
    def posts(self) -> list[PlannedPost]:
        return list(PlannedPost.objects.decidable_by(self.user).filter(plan=self.plan).by_time())

    @cached_property
    def unread(self) -> list[PlannedPost]:
        """Not opened yet in their present wording."""
        rows = Viewing.objects.filter(post__in=self.posts, user=self.user)
        read = dict(rows.values_list("post", "revision"))
        return [post for post in self.posts if read.get(post.pk) != post.revision]

    @property
    def is_offered(self) -> bool:
        return bool(self.posts) and not self.unread


@form_of("contentplan:plan_detail")
def plan_approve(request: UserRequest, organization: str, week: Week) -> HttpResponse:
    """Approves every submitted post of the plan; the form names each with the wording that was seen."""
    rows = WeeklyPlan.objects.visible_to(request.user).select_related("organization")
    plan = get_object_or_404(rows, organization__slug=organization, monday=week.monday)
    require(request.user.may(Permission.DECIDE_PLAN, plan.organization))
    address = reverse("contentplan:plan_detail", args=[organization, week])
    with back_to(address):
        posts = actions.approve_all(plan, _seen(request), by=request.user)
    n = len(posts)
    sentence = ngettext("%(n)d post is approved.", "%(n)d posts are approved.", n) % {"n": n}
    if posts:
        undo.offer(request, sentence, address, approved=[post.pk for post in posts])
    else:
        messages.success(request, sentence)
    return HttpResponseRedirect(address + TOP)


def _seen(request: UserRequest) -> dict[int, int]:
    """`post=17:2`: the id and the revision of each post of the form."""
    pairs = (value.partition(":") for value in request.POST.getlist("post"))
    return {int(pk): int(revision) for pk, _colon, revision in pairs if pk.isdecimal() and revision.isdecimal()}
