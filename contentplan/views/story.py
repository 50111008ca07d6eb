"""What the page of one post tells: its words and what changed in them, its remarks, its history, what happens next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contentplan import diff, norm, rules
from contentplan.models import Remark, Status
from contentplan.views.cards import TONES, Card, remarks_of
from people.models import User
from people.roles import Permission


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    at: datetime
    who: User | None  # nobody: the portal itself
    word: str
    tone: str
    revision: int
    remarks: list[Remark] = field(default_factory=list)
    comment: str = ""
    changes: list[diff.FieldDiff] = field(default_factory=list)


@dataclass
class Story:
    """A post for one reader."""

    card: Card
    user: User

    @cached_property
    def changes(self) -> list[diff.FieldDiff]:
        """What changed since somebody last decided; only what waits or was sent back is worth comparing."""
        post = self.card.post
        return diff.since_review(post) if post.is_submitted or post.is_returned else []

    @property
    def draft_key(self) -> str:
        """Under which name the browser keeps the remarks being typed."""
        return f"{self.user.pk}-return-{self.card.post.pk}-{self.card.post.revision}"

    @property
    def text_change(self) -> diff.FieldDiff | None:
        return next((change for change in self.changes if change.name == "text"), None)

    @property
    def other_changes(self) -> list[diff.FieldDiff]:
        return [change for change in self.changes if change.name != "text"]

    @cached_property
    def remarks(self) -> list[Remark]:
        """Remarks of the last return, while they still matter."""
        post = self.card.post
        return remarks_of([post.pk]).get(post.pk, []) if post.is_submitted or post.is_returned else []

    @property
    def remarks_are_mine(self) -> bool:
        return bool(self.remarks) and self.remarks[0].review.made_by_id == self.user.pk

    @cached_property
    def history(self) -> list[Step]:
        """Every step, the newest first."""
        steps = sorted([*self._edits(), *self._moves()], key=lambda step: (step.at, step.revision))
        return steps[::-1]

    def _edits(self) -> Iterator[Step]:
        for revision, changes in diff.history(self.card.post):
            word = pgettext("post", "Changed") if revision.number > 1 else _("Draft made")
            yield Step(revision.made_at, revision.made_by, word, "info", revision.number, changes=changes)

    def _moves(self) -> Iterator[Step]:
        reviews = self.card.post.reviews.select_related("made_by").prefetch_related("remarks")
        for review in reviews:
            word, tone = review.get_move_display(), TONES[Status(review.status)]
            remarks = list(review.remarks.all())
            yield Step(review.made_at, review.made_by, word, tone, review.revision, remarks, review.comment)

    @cached_property
    def meters(self) -> list[norm.Meter]:
        plan = self.card.post.plan
        return norm.meters([plan.organization], plan.week)[plan.organization_id]

    @cached_property
    def is_author(self) -> bool:
        return rules.is_author(self.user, self.card.post)

    @property
    def decides_here(self) -> bool:
        return self.user.may(Permission.DECIDE_PLAN, self.card.post.plan.organization)

    @property
    def can_decide(self) -> bool:
        return self.card.post.is_submitted and self.decides_here and not self.is_author

    @property
    def needs_other_eyes(self) -> bool:
        """A coordinator looks at a text of their own."""
        return self.card.post.is_submitted and self.decides_here and self.is_author

    @property
    def can_edit(self) -> bool:
        return rules.can_edit(self.user, self.card.post)

    @property
    def can_submit(self) -> bool:
        post = self.card.post
        return (post.is_draft or self.is_mended) and rules.can_submit(self.user, post)

    @property
    def is_mended(self) -> bool:
        """Returned, and changed since."""
        post = self.card.post
        return post.is_returned and bool(self.remarks) and self.remarks[0].review.revision < post.revision

    @property
    def can_delete(self) -> bool:
        return rules.can_delete(self.user, self.card.post)

    @property
    def can_record(self) -> bool:
        organization = self.card.post.plan.organization
        return self.user.may(Permission.RECORD_PUBLICATION, organization)
