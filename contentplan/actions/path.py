"""The path of a post: the one door through which its status moves (procedure, cl. 2.3).

Which move leads from where to where, and who may make it, stands in `TRANSITIONS`. Every move is one UPDATE that both
checks and moves, and one Review.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan import notices, rules
from contentplan.models import TRANSITIONS, Move, Placement, PlannedPost, Remark, Review, Stop
from people.audit import changed
from people.http import TooLate
from people.models import User
from registry.models import AccountStatus
from review import door
from review.door import unclaimed, unclaimed_or

# The note of the author to the reviewer.
NOTE_LENGTH = 500


def submit(post: PlannedPost, *, revision: int, by: User, note: str = "") -> None:
    """Sends a draft or a mended post for approval, with a note to the reviewer.

    Raises ValidationError when the post is not complete, TooLate when it changed meanwhile.
    """
    if sentences := missing(post):
        raise ValidationError(sentences)
    if len(note.strip()) > NOTE_LENGTH:
        raise ValidationError(_("The note is too long: at most %(n)d characters.") % {"n": NOTE_LENGTH})
    move(post, Move.SUBMIT, seen=revision, by=by, comment=note.strip())


def withdraw(post: PlannedPost, *, revision: int, by: User) -> None:
    """Makes a submitted post a draft again. Raises TooLate once a reviewer has claimed it."""
    move(post, Move.WITHDRAW, seen=revision, by=by, only=unclaimed())


def approve(post: PlannedPost, *, revision: int, by: User) -> None:
    """Approves the numbered revision and no other. Raises TooLate when there is a newer one.

    While a stop is in force for the body, the approved post is put on hold at once.
    """
    require_other_eyes(post, by)
    move(post, Move.APPROVE, seen=revision, by=by, only=unclaimed_or(by), approved_revision=revision)
    hold_if_stopped(post)


@transaction.atomic
def return_for_changes(post: PlannedPost, *, revision: int, remarks: Sequence[str | Remark], by: User) -> None:
    """Returns the post to its authors with at least one remark: its words, or a Remark that is not saved yet."""
    require_other_eyes(post, by)
    made = [Remark(body=remark) if isinstance(remark, str) else remark for remark in remarks]
    made = [remark for remark in made if remark.body.strip()]
    if not made:
        raise ValidationError({"remarks": _("Say in at least one remark what has to be changed.")})
    review = move(post, Move.RETURN, seen=revision, by=by, only=unclaimed_or(by))
    if review.remarks.exists():
        return  # the same press, arrived twice
    for remark in made:
        remark.review, remark.body = review, remark.body.strip()
    Remark.objects.bulk_create(made)
    notices.returned(post, review, [remark.body for remark in made])


@transaction.atomic
def reopen(post: PlannedPost, *, seen: int, by: User, **values: Any) -> None:
    """An edit after approval: the post awaits approval again, in the new wording given by `values`."""
    move(post, Move.REOPEN, seen=seen, by=by, held_by=None, missed_because="", **values)


def hold(post: PlannedPost, *, revision: int, reason: str, by: User) -> None:
    """Puts one approved post on hold, with a reason."""
    move(post, Move.HOLD, seen=revision, by=by, comment=reason)


def resume(post: PlannedPost, *, revision: int, by: User) -> None:
    """Lets a held post go on. Raises TooLate while a stop is in force for its body."""
    if stop := stop_over(post):
        raise TooLate(_("Publishing is stopped (%(reason)s): lift the stop first.") % {"reason": stop.reason})
    move(post, Move.RESUME, seen=revision, by=by, held_by=None)


def cancel(post: PlannedPost, *, revision: int, by: User, reason: str = "") -> None:
    """Takes a post off the plan; what was approved once only with a reason."""
    move(post, Move.CANCEL, seen=revision, by=by, comment=reason, held_by=None)


def restore(post: PlannedPost, *, revision: int, by: User) -> None:
    """Makes a post that was taken off the plan a draft again."""
    move(post, Move.RESTORE, seen=revision, by=by)


def miss(post: PlannedPost) -> None:
    """Marks by the clock that an approved post did not come out in time."""
    move(post, Move.MISS, seen=post.revision, by=None, only=nowhere_out())


def nowhere_out() -> Q:
    """No link of the post is recorded."""
    return Q(~Exists(Placement.objects.filter(post=OuterRef("pk"), publication__isnull=False)))


@transaction.atomic
def publish_urgently(post: PlannedPost, *, revision: int, reason: str, by: User) -> None:
    """Marks a draft as out without approval; it joins the list of posts to be reviewed afterwards.

    Raises PermissionDenied where the body may not, ValidationError when the post is not complete or has no reason.
    """
    if not rules.can_publish_urgently(by, post):
        raise PermissionDenied
    if sentences := missing(post):
        raise ValidationError(sentences)
    move(post, Move.PUBLISH_URGENTLY, seen=revision, by=by, comment=reason, needs_post_review=True)


def mark_published(post: PlannedPost, *, by: User) -> None:
    """Called when a link was recorded: a post that came out in each of its accounts is out."""
    waits = post.placements.filter(publication__isnull=True).exists()
    if not waits and post.status in TRANSITIONS[Move.PUBLISH].starts:
        move(post, Move.PUBLISH, seen=post.revision, by=by, held_by=None, missed_because="")


def unmark_published(post: PlannedPost, *, by: User) -> None:
    """Called when a link was taken back: the post is not out everywhere any more."""
    if post.is_published:
        approved = post.approved_revision == post.revision
        what = Move.UNPUBLISH if approved else Move.UNPUBLISH_URGENT
        move(post, what, seen=post.revision, by=by, needs_post_review=False)


@transaction.atomic
def hold_if_stopped(post: PlannedPost) -> Stop | None:
    """Holds an approved post while a stop is in force over its body; the stop, if there is one."""
    stop = stop_over(post)
    if stop:
        move(post, Move.HOLD, seen=post.revision, by=None, comment=stop.reason, held_by=stop)
    return stop


def stop_over(post: PlannedPost) -> Stop | None:
    """The stop in force for the body of the post: its own, or of a body above it."""
    body = post.plan.organization
    above = [body.path[:end] for end in range(body.steplen, len(body.path) + 1, body.steplen)]
    return Stop.objects.in_force().filter(organization__path__in=above).first()


def missing(post: PlannedPost) -> list[str]:
    """What stands between the post and its approval, in sentences; empty when it is ready to be sent."""
    placements = list(post.placements.select_related("account"))
    sentences = []
    if not post.topic.strip():
        sentences.append(_("Name the topic."))
    if closed := [row.account for row in placements if row.account.status != AccountStatus.ACTIVE]:
        sentences.append(_("The account is no longer active: %(name)s.") % {"name": closed[0].name})
    if not placements:
        sentences.append(_("Choose at least one account."))
    elif not post.text.strip() and not all(row.text.strip() for row in placements):
        sentences.append(_("Write the text, or a text of its own for every account."))
    return [*sentences, *_unanswered(post)]


def _unanswered(post: PlannedPost) -> list[str]:
    """What is left of the last return: each remark is answered, and "done" is seen in the wording."""
    last = post.last_return if post.is_returned else None
    remarks = list(last.remarks.select_related("answer")) if last else []
    if any(not hasattr(remark, "answer") for remark in remarks):
        return [_("Answer each remark first: done, or why not.")]
    if last and last.revision >= post.revision and not all(remark.answer.body for remark in remarks):
        return [_("You answered “done”, but nothing was changed. Mend the post, or write why not.")]
    return []


@transaction.atomic
def move(
    post: PlannedPost,
    what: Move,
    *,
    seen: int,
    by: User | None,
    comment: str = "",
    only: Q | None = None,
    **values: Any,
) -> Review:
    """The one door. `seen` is the revision the person saw, `only` narrows the rows, `by` None is the portal itself.

    `values` are columns that change together with the status. Raises ValidationError keyed `reason` where the move
    needs one, TooLate when the post is elsewhere by now.
    """
    arrow = TRANSITIONS[what]
    before, now = post.status, timezone.now()
    door.require_reason(post, arrow, comment, _("Say why: this will stand in the history of the post."))
    if not door.turn(post, arrow, seen=seen, only=only, **values):
        if step := door.same_step(post, what, arrow, seen, by):
            return cast("Review", step)
        raise TooLate(_why_too_late(post, seen, by))
    changed(post, by=by, status=(before, arrow.end))
    step = _keep(post, what, by=by, at=now, comment=comment.strip(), stop=values.get("held_by"))
    notices.moved(post, step)
    return step


def _keep(post: PlannedPost, what: Move, *, by: User | None, at: datetime, comment: str, stop: Stop | None) -> Review:
    """The row of the history."""
    arrow = TRANSITIONS[what]
    role = by.role_for(arrow.permission, post.plan.organization) if by and arrow.permission else ""
    values = {"status": arrow.end, "revision": post.revision, "made_by": by, "made_as": role, "made_at": at}
    return Review.objects.create(post=post, move=what, comment=comment, stop=stop, **values)


def require_other_eyes(post: PlannedPost, by: User) -> None:
    """Held here too, below every view: nobody decides on a text of their own."""
    if rules.is_author(by, post):
        raise PermissionDenied


def _why_too_late(post: PlannedPost, seen: int, by: User | None) -> str:
    now = PlannedPost.objects.select_related("claimed_by").filter(pk=post.pk).first()
    if now is None:
        return _("This post has been deleted meanwhile.")
    if now.revision != seen:
        return _("The post has been changed since you opened it. Look at the new version first.")
    if now.is_submitted and now.claimant and now.claimant != by:
        return _("%(person)s has the post in work now.") % {"person": now.claimant.short_name}
    last = now.reviews.select_related("made_by").last()
    if last is None:
        return _("This can no longer be done: the post is a draft.")
    return _("Somebody was faster: the post is already “%(status)s” (%(person)s).") % {
        "status": now.get_status_display(),
        "person": last.made_by or _("the portal itself"),
    }
