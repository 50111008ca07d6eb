"""Corrections that wait for a word: of authors who have not answered, of the department after an objection."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from contentplan.models import Review, Revision, RevisionKind, Status, WeeklyPlan
from people.models import User
from people.roles import Permission

LISTED = 20
# Later there is nothing left to talk over.
OPEN = (Status.APPROVED, Status.ON_HOLD)


@dataclass(frozen=True)
class Corrections:
    """What waits for one person; one query."""

    to_answer: list[Review]  # corrected texts of their own
    objections: list[Review]  # objections to corrections of the department

    @property
    def any(self) -> bool:
        return bool(self.to_answer or self.objections)


def waiting_for(user: User, plan: WeeklyPlan | None = None) -> Corrections:
    """For the person's "Today", or of one plan for its board."""
    own = Revision.objects.filter(post=OuterRef("post"), made_by=user, kind=RevisionKind.EDIT)
    mine = Q(Exists(own)) | Q(post__created_by=user)
    decides = user.reach(Permission.DECIDE_PLAN, "post__plan__organization")
    rows = Review.objects.corrections().filter(
        mine & Q(acknowledgement=None) | decides & Q(acknowledgement__objects_to_it=True), post__status__in=OPEN
    )
    if plan:
        rows = rows.filter(post__plan=plan)
    rows = rows.select_related("post__plan__organization", "made_by", "acknowledgement__made_by")
    found = list(rows.order_by("post__planned_at", "pk")[:LISTED])
    return Corrections(
        to_answer=[row for row in found if not hasattr(row, "acknowledgement")],
        objections=[row for row in found if hasattr(row, "acknowledgement")],
    )
