"""What a reviewer puts right with their own hand, and what they take back a moment later (procedure, cl. 2.3)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan import notices, rules
from contentplan.actions.path import (
    approve,
    hold_if_stopped,
    move,
    require_other_eyes,
)
from contentplan.actions.posts import checked_accounts, keep_wording
from contentplan.content import PostContent
from contentplan.models import Acknowledgement, Move, PlannedPost, Review, RevisionKind
from contentplan.models.statuses import APPROVALS, DECISIONS
from people.http import TooLate
from people.models import User
from registry.models import Account
from review import answers
from review.door import SLOW_LINE, UNDO_LASTS, is_fresh, unclaimed_or


@transaction.atomic
def correct(post: PlannedPost, content: PostContent, *, revision: int, by: User) -> None:
    """Gives the post the reviewer's wording and approves it, in one step; nothing changed: approves it as it is.

    A correction makes nobody an author. Raises TooLate when there is a newer revision than the one seen,
    ValidationError keyed by the fields of PostContent.
    """
    require_other_eyes(post, by)
    current = PlannedPost.objects.select_for_update(of=("self",)).select_related("plan__organization").get(pk=post.pk)
    before = PostContent.of(current)
    if content == before and _corrected_just_now(current, revision, by):
        return  # the same press, arrived twice
    if current.revision != revision or content == before:
        approve(post, revision=revision, by=by)
        return
    accounts = checked_accounts(current.plan, content, current)
    values: dict[str, Any] = {**content.columns, "revision": revision + 1, "approved_revision": revision + 1}
    move(post, Move.CORRECT, seen=revision, by=by, only=unclaimed_or(by), **values)
    keep_wording(post, before, content, accounts, by=by, kind=RevisionKind.CORRECTION)
    hold_if_stopped(post)


def _corrected_just_now(post: PlannedPost, seen: int, by: User) -> bool:
    last = post.reviews.order_by("pk").last()
    return last is not None and (last.move, last.revision, last.made_by_id) == (Move.CORRECT, seen + 1, by.pk)


def undoable(user: User) -> Review | None:
    """The decision this person has just made and can still take back; one query."""
    since = timezone.now() - UNDO_LASTS - SLOW_LINE
    last = (
        Review.objects.filter(made_by=user, made_at__gt=since)
        .select_related("post__plan__organization")
        .order_by("pk")
        .last()
    )
    return last if last and last.move in DECISIONS and last.post.status == last.status else None


@transaction.atomic
def undo(post: PlannedPost, *, by: User) -> None:
    """Takes back the decision of a moment ago: the post awaits one again, in the wording its author gave it.

    The same reviewer has it in work then. Raises TooLate when the moment has passed or somebody went on from there.
    """
    require_other_eyes(post, by)
    PlannedPost.objects.select_for_update().get(pk=post.pk)
    post.refresh_from_db()
    step = post.reviews.order_by("pk").last()
    if step is None or step.made_by_id != by.pk or step.move not in DECISIONS:
        raise TooLate(_("Something has happened to the post since: the decision can no longer be taken back."))
    if not is_fresh(step):
        raise TooLate(_("More than a few seconds have passed: the decision can no longer be taken back."))
    now = timezone.now()
    values: dict[str, Any] = {"claimed_by": by, "claimed_at": now, "claimed_since": now}
    values["approved_revision"] = _approved_before(step)
    if step.move == Move.CORRECT:
        _restore(post, step, by=by, **values)
    else:
        move(post, Move.UNDO, seen=step.revision, by=by, **values)
    notices.taken_back(step)


def _restore(post: PlannedPost, step: Review, *, by: User, **values: Any) -> None:
    """The wording before the correction, as a new revision; the reviewer still is no author."""
    before = PostContent.of(post)
    content = PostContent.of_revision(post.revisions.get(number=step.revision - 1))
    columns: dict[str, Any] = {**content.columns, "revision": step.revision + 1, **values}
    move(post, Move.UNDO, seen=step.revision, by=by, **columns)
    accounts = Account.objects.in_bulk(list(content.placements))
    keep_wording(post, before, content, accounts, by=by, kind=RevisionKind.CORRECTION)


def _approved_before(step: Review) -> int | None:
    """Which revision was the last approved one before this step: the one in which an approval was last left.

    Since it was given, a change of the hour may have made newer ones that kept it.
    """
    earlier = Review.objects.filter(post=step.post_id, pk__lt=step.pk).order_by("pk")
    given = earlier.filter(move__in=[*APPROVALS, Move.PUT_BACK]).standing().last()
    if given is None:
        return None
    left = earlier.filter(pk__gt=given.pk, move__in=[Move.REOPEN, Move.CANCEL]).first()
    if left is None:
        return given.revision
    return left.revision - 1 if left.move == Move.REOPEN else left.revision


@transaction.atomic
def undo_all(posts: Iterable[PlannedPost], *, by: User) -> None:
    """Takes back decisions that were made at once; all or none."""
    for post in posts:
        undo(post, by=by)


@transaction.atomic
def acknowledge(review: Review, *, by: User, objection: str = "") -> Acknowledgement:
    """What the author says to a correction: understood, or (with words) an objection, which goes to the reviewers.

    Raises TooLate when somebody has answered already.
    """
    if review.move != Move.CORRECT or not rules.can_acknowledge(by, review.post):
        raise PermissionDenied
    answer, made = answers.acknowledge(review, Acknowledgement, by=by, objection=objection)
    if made and answer.objects_to_it:
        notices.objected(review.post, answer)
    return answer
