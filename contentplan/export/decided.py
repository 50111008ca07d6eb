"""What reviewers decided of a post, as an official paper says it: who approved it and when, what was asked for."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.formats import date_format

from contentplan.models import Move, PlannedPost, Review, Status
from contentplan.models.posts import PostQuerySet
from contentplan.models.statuses import APPROVALS

# A wording in these states is approved by nobody, whatever was approved before.
_UNAPPROVED = (Status.DRAFT, Status.SUBMITTED, Status.NEEDS_CHANGES, Status.CANCELLED)


def approved(posts: PostQuerySet) -> PostQuerySet:
    """Those of whose present wording a reviewer approved."""
    return posts.filter(approved_revision=F("revision")).exclude(status__in=_UNAPPROVED)


def steps() -> Any:
    """The decisions of each post that stand, in their order; what was taken back at once never was."""
    rows = Review.objects.filter(move__in=[*APPROVALS, Move.RETURN]).standing()
    return rows.select_related("made_by").prefetch_related("remarks").order_by("pk")


def remarks(made: Sequence[Review]) -> str:
    """What the last return asked for."""
    last = next((step for step in reversed(made) if step.move == Move.RETURN), None)
    return "\n".join(remark.body for remark in last.remarks.all()) if last else ""


def approval(post: PlannedPost, made: Sequence[Review]) -> str:
    """Who approved the present wording, and when where the body is; empty when nobody did."""
    if post.approved_revision != post.revision or post.status in _UNAPPROVED:
        return ""
    step = next((step for step in reversed(made) if step.move in APPROVALS), None)
    if step is None:
        return ""
    moment = step.made_at.astimezone(post.plan.organization.zone)
    return f"{step.made_by or ''}\n{date_format(moment, 'd.m.Y H:i')}".strip()
