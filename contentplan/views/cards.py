"""How one planned post looks on every page: its state as a word with a tone, its accounts, what came out of it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contentplan.models import Move, Placement, PlannedPost, Publication, Remark, Review, Status
from people.templatetags.portal import when_there

TONES = {
    Status.DRAFT: "info",
    Status.SUBMITTED: "wait",
    Status.NEEDS_CHANGES: "bad",
    Status.APPROVED: "good",
    Status.PUBLISHED: "good",
    Status.MISSED: "bad",
    Status.ON_HOLD: "wait",
    Status.CANCELLED: "",
}


@dataclass(frozen=True)
class Card:
    """A post fetched by `for_cards`, as people see it."""

    post: PlannedPost

    @cached_property
    def placements(self) -> list[Placement]:
        return list(self.post.placements.all())

    @cached_property
    def publications(self) -> list[Publication]:
        """What came out of this post."""
        out = [row for row in self.placements if hasattr(row, "publication")]
        for row in out:
            row.publication.account = row.account  # fetched with the placement already
        return [row.publication for row in out]

    @cached_property
    def unpublished(self) -> list[Placement]:
        return [row for row in self.placements if not hasattr(row, "publication")]

    @cached_property
    def at(self) -> datetime:
        return self.post.planned_at.astimezone(self.post.plan.organization.zone)

    @property
    def when(self) -> str:
        """Day and hour where the body is; says by whose clock where the page keeps another one."""
        return when_there(self.post.plan.organization.zone, self.post.planned_at)

    @property
    def iso(self) -> str:
        """The moment as machines read it."""
        return self.at.isoformat()

    @property
    def hour(self) -> str:
        """«09:30» where the body is."""
        return f"{self.at:%H:%M}"

    @property
    def is_out(self) -> bool:
        return bool(self.publications) and not self.unpublished

    @property
    def is_due(self) -> bool:
        """Approved, its time has passed, and somewhere it is not marked as come out."""
        post = self.post
        ready = post.is_approved or post.is_missed or post.is_published
        return ready and bool(self.unpublished) and post.planned_at <= timezone.now()

    @property
    def can_move(self) -> bool:
        """Another day can still be chosen for it."""
        post = self.post
        return not (self.publications or post.is_published or post.is_cancelled)

    @property
    def is_bare(self) -> bool:
        """A draft without words: a time taken over from the last week, to be filled in."""
        if not self.post.is_draft or self.post.text.strip():
            return False
        return not any(row.text.strip() for row in self.placements)

    @property
    def tone(self) -> str:
        return TONES[Status(self.post.status)]

    @property
    def word(self) -> str:
        if self.is_out:
            return pgettext("post", "Came out")
        if self.publications:
            return _("Came out in %(out)d of %(all)d") % {"out": len(self.publications), "all": len(self.placements)}
        return {
            Status.DRAFT: pgettext("post", "Draft"),
            Status.SUBMITTED: pgettext("post", "Awaiting approval"),
            Status.NEEDS_CHANGES: pgettext("post", "Returned"),
            Status.APPROVED: pgettext("post", "Approved"),
            Status.PUBLISHED: pgettext("post", "Came out"),
            Status.MISSED: pgettext("post", "Did not come out"),
            Status.ON_HOLD: pgettext("post", "On hold"),
            Status.CANCELLED: pgettext("post", "Taken off the plan"),
        }[Status(self.post.status)]

    @property
    def opens_form(self) -> bool:
        """A draft or a returned post waits for its author; the others are read first."""
        return self.post.is_draft or self.post.is_returned


def remarks_of(posts: list[int]) -> dict[int, list[Remark]]:
    """Remarks of the last return of each post (by primary key), in the order they were made."""
    returns = Review.objects.filter(post__in=posts, move=Move.RETURN).standing()
    rows = Remark.objects.filter(review__in=returns.values("pk"))
    remarks: dict[int, list[Remark]] = {}
    for remark in rows.select_related("review__made_by", "answer").order_by("review", "pk"):
        known = remarks.setdefault(remark.review.post_id, [])
        if known and known[0].review_id != remark.review_id:
            known.clear()
        known.append(remark)
    return remarks
