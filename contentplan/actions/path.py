"""The path of a post: the one door through which its status moves (procedure, cl. 2.3)."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan import rules
from contentplan.models import TRANSITIONS, PlannedPost, Remark, Review, Status
from people import letters
from people.audit import changed
from people.http import TooLate
from people.models import User
from registry.models import AccountStatus


def submit(post: PlannedPost, *, revision: int, by: User) -> None:
    """Sends a draft or a mended post for approval.

    Raises ValidationError when the post is not complete, TooLate when it changed meanwhile.
    """
    if sentences := missing(post):
        raise ValidationError(sentences)
    _move(post, Status.SUBMITTED, starts=[Status.DRAFT, Status.NEEDS_CHANGES], seen=revision, by=by)


def approve(post: PlannedPost, *, revision: int, by: User) -> None:
    """Approves the numbered revision and no other. Raises TooLate when there is a newer one."""
    _require_other_eyes(post, by)
    _move(post, Status.APPROVED, seen=revision, by=by, approved_revision=revision)


@transaction.atomic
def return_for_changes(post: PlannedPost, *, revision: int, remarks: list[str], by: User) -> None:
    """Returns the post to its authors with at least one remark."""
    _require_other_eyes(post, by)
    bodies = [remark.strip() for remark in remarks if remark.strip()]
    if not bodies:
        raise ValidationError({"remarks": _("Say in at least one remark what has to be changed.")})
    review = _move(post, Status.NEEDS_CHANGES, seen=revision, by=by)
    if review.remarks.exists():
        return  # the same press, arrived twice
    Remark.objects.bulk_create(Remark(review=review, body=body) for body in bodies)
    _write_to_authors(post, review, bodies, by)


def _write_to_authors(post: PlannedPost, review: Review, remarks: list[str], by: User) -> None:
    """To whoever began the post, and to whoever wrote the wording that is returned."""
    wording = post.revisions.select_related("made_by").filter(number=post.revision).first()
    authors = {post.created_by, *([wording.made_by] if wording else [])}
    for author in authors:
        if author.is_active:
            letters.returned(
                author,
                f"{settings.SITE_URL}{reverse('contentplan:post_detail', args=[post.pk])}",
                by,
                key=f"returned:{review.pk}:{author.pk}",
                topic=post.topic,
                week=post.plan.week.title,
                remarks=remarks,
            )


@transaction.atomic
def reopen(post: PlannedPost, *, seen: int, by: User, **values: Any) -> None:
    """An edit after approval: the post awaits approval again, in the new wording given by `values`."""
    _move(post, Status.SUBMITTED, starts=[Status.APPROVED], seen=seen, by=by, **values)


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
    last_return = post.last_return if post.is_returned else None
    if last_return and last_return.revision >= post.revision:
        sentences.append(_("The post was returned with remarks: mend it first, then send it again."))
    return sentences


@transaction.atomic
def _move(
    post: PlannedPost,
    status: Status,
    *,
    by: User,
    seen: int,
    starts: Collection[Status] = (),
    **values: Any,
) -> Review:
    """The one door. `seen` is the revision the person saw, `starts` narrows the arrows of TRANSITIONS.

    `values` are columns that change together with the status.
    """
    allowed = [start for start, ends in TRANSITIONS.items() if status in ends and (not starts or start in starts)]
    before = post.status
    values |= {"status": status, "status_since": timezone.now()}
    # One UPDATE both checks and moves: of two people pressing at once, one wins.
    if not PlannedPost.objects.filter(pk=post.pk, status__in=allowed, revision=seen).update(**values):
        if step := _same_step(post, status, seen, by):
            return step
        raise TooLate(_why_too_late(post, seen))
    for name, value in values.items():
        setattr(post, name, value)
    changed(post, by=by, status=(before, status))
    return Review.objects.create(post=post, status=status, revision=post.revision, made_by=by)


def _same_step(post: PlannedPost, status: Status, seen: int, by: User) -> Review | None:
    """The step this person has just made: a press that arrives twice is one press, not a race with somebody."""
    last = post.reviews.order_by("pk").last()
    same = last and (last.status, last.revision, last.made_by_id) == (status, seen, by.pk)
    stands = PlannedPost.objects.filter(pk=post.pk, status=status, revision=seen).exists()
    return last if same and stands else None


def _require_other_eyes(post: PlannedPost, by: User) -> None:
    """Held here too, below every view: nobody decides on a text of their own."""
    if rules.is_author(by, post):
        raise PermissionDenied


def _why_too_late(post: PlannedPost, seen: int) -> str:
    now = PlannedPost.objects.filter(pk=post.pk).first()
    if now is None:
        return _("This post has been deleted meanwhile.")
    if now.revision != seen:
        return _("The post has been changed since you opened it. Look at the new version first.")
    last = now.reviews.select_related("made_by").last()
    if last is None:
        return _("This can no longer be done: the post is a draft.")
    return _("Somebody was faster: the post is already “%(status)s” (%(person)s).") % {
        "status": now.get_status_display(),
        "person": last.made_by,
    }
