"""Moving a post to another time: by a drag, by the menu that does the same, and back again."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contentplan import notices
from contentplan.actions import path
from contentplan.actions.plans import open_plan
from contentplan.actions.posts import edit_post
from contentplan.content import PostContent
from contentplan.models import Move, PlannedPost, Publication, Review, Status
from people.http import TooLate
from people.models import User
from people.weeks import Week
from review.door import is_fresh, unclaimed


@transaction.atomic
def move_to(post: PlannedPost, planned_at: datetime, *, revision: int, by: User) -> None:
    """Gives the post another time, in any week that is not over: the same words as a new revision.

    What `edit_post` says of an approval holds here. Raises TooLate when the post has changed, came out or was taken
    off the plan; ValidationError for a week that is over, and what `edit_post` raises.
    """
    if post.is_published or Publication.objects.filter(placement__post=post).exists():
        raise TooLate(_("The post has come out already: it stays where it is."))
    if post.is_cancelled:
        raise TooLate(_("The post is taken off the plan: put it back into the plan first."))
    organization = post.plan.organization
    week = Week.at(planned_at, organization.zone)
    plan = post.plan if week == post.plan.week else open_plan(organization, week, by=by)
    if plan.is_over:
        raise ValidationError({"planned_at": _("That week is over: choose a day ahead.")})
    content = replace(PostContent.of(post), planned_at=planned_at)
    edit_post(post, content, revision=revision, by=by, plan=plan)


@transaction.atomic
def move_back(post: PlannedPost, planned_at: datetime, *, revision: int, by: User) -> None:
    """Takes back a move of a moment ago, the one that made `revision`. Raises what `move_to` raises.

    When that move took an approval away, the very wording that was approved has it again: within seconds, by the
    same person, and as long as no reviewer has the post in work.
    """
    rows = PlannedPost.objects.select_for_update(of=("self",)).select_related("plan__organization")
    current = rows.filter(pk=post.pk, revision=revision).first()
    taken = _approval_taken(current, by) if current else None
    move_to(post, planned_at, revision=revision, by=by)
    if taken is None or not _is_as_approved(post):
        return
    path.move(post, Move.PUT_BACK, seen=post.revision, by=by, only=unclaimed(), approved_revision=post.revision)
    notices.change_taken_back(taken)
    path.hold_if_stopped(post)


def _approval_taken(post: PlannedPost, by: User) -> Review | None:
    """The step by which this person, a moment ago, made an approved post await approval again."""
    last, before, *_rest = [*post.reviews.order_by("-pk")[:2], None, None]
    if last is None or before is None or (last.move, last.revision) != (Move.REOPEN, post.revision):
        return None
    return last if is_fresh(last) and last.made_by_id == by.pk and before.status == Status.APPROVED else None


def _is_as_approved(post: PlannedPost) -> bool:
    approved = post.revisions.filter(number=post.approved_revision or 0).first()
    return approved is not None and PostContent.of_revision(approved) == PostContent.of(post)
