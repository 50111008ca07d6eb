"""What the page of one post tells: its words and what changed in them, its remarks, its history, what happens next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contentplan import checklist, diff, norm, rules
from contentplan.free_time import FreeTimes
from contentplan.models import (
    Acknowledgement,
    Move,
    Occasion,
    Remark,
    RemarkPhrase,
    Review,
    Revision,
    RevisionKind,
    Status,
)
from contentplan.views import remarks as remark_lines
from contentplan.views.cards import TONES, Card, remarks_of
from contentplan.views.next_step import next_step
from people.models import User
from people.roles import Permission
from review import presence, quotes
from review.diff import Chunk, FieldDiff, words


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
    acknowledgement: Acknowledgement | None = None
    changes: list[FieldDiff] = field(default_factory=list)


@dataclass
class Story:
    """A post for one reader."""

    card: Card
    user: User

    @cached_property
    def changes(self) -> list[FieldDiff]:
        """What changed since somebody last decided; only what waits or was sent back is worth comparing."""
        post = self.card.post
        return diff.since_review(post) if post.is_submitted or post.is_returned else []

    @property
    def draft_key(self) -> str:
        """Under which name the browser keeps the remarks being typed."""
        return f"{self.user.pk}-return-{self.card.post.pk}-{self.card.post.revision}"

    @property
    def correction_key(self) -> str:
        """The same of the correction being typed."""
        return f"{self.user.pk}-correct-{self.card.post.pk}"

    @property
    def text(self) -> list[Chunk]:
        """The text with what changed in it, and with the words that remarks quote."""
        change = next((change for change in self.changes if change.name == "text"), None)
        chunks = change.chunks if change else words(self.card.post.text, self.card.post.text)
        return quotes.marked(chunks, [(line.number, line.remark) for line in self.lines])

    @property
    def other_changes(self) -> list[FieldDiff]:
        return [change for change in self.changes if change.name not in ("text", "media")]

    @cached_property
    def media(self) -> tuple[list[diff.MediaLine], list[diff.MediaLine]]:
        """The files then and now, side by side, when they changed since somebody last decided."""
        changed = any(change.name == "media" for change in self.changes)
        return diff.media_since_review(self.card.post) if changed else ([], [])

    @cached_property
    def remarks(self) -> list[Remark]:
        """Remarks of the last return, while they still matter."""
        post = self.card.post
        return remarks_of([post.pk]).get(post.pk, []) if post.is_submitted or post.is_returned else []

    @cached_property
    def lines(self) -> list[remark_lines.Line]:
        return remark_lines.lines(self.remarks, self.card.post)

    @cached_property
    def note(self) -> Review | None:
        """The last note of the author to the reviewer."""
        sent = self.card.post.reviews.filter(move=Move.SUBMIT).select_related("made_by").order_by("pk").last()
        return sent if sent and sent.comment and self.card.post.is_submitted else None

    @cached_property
    def correction(self) -> Review | None:
        """The reviewer's correction that made the present wording."""
        rows = self.card.post.reviews.corrections().select_related("made_by", "acknowledgement__made_by")
        return rows.order_by("pk").last()

    @property
    def acknowledgement(self) -> Acknowledgement | None:
        """What the author said to it."""
        return getattr(self.correction, "acknowledgement", None)

    @cached_property
    def corrected(self) -> list[FieldDiff]:
        """What the reviewer changed."""
        step = self.correction
        return diff.between(self.card.post, step.revision - 1, step.revision) if step else []

    @property
    def can_acknowledge(self) -> bool:
        waits = self.correction is not None and self.acknowledgement is None
        return waits and rules.can_acknowledge(self.user, self.card.post)

    @cached_property
    def looking(self) -> str:
        """Who else has the page open."""
        return presence.others(self.card.post.viewings.all(), self.user)

    @property
    def next_step(self) -> str:
        return next_step(self.card.post, is_out=self.card.is_out, is_mended=self.is_mended)

    @cached_property
    def checklist(self) -> list[RemarkPhrase]:
        """What reviewers said most often of late; asked only before sending."""
        post = self.card.post
        return checklist.of_post(post) if post.is_draft or post.is_returned else []

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
            yield Step(revision.made_at, revision.made_by, _word(revision), "info", revision.number, changes=changes)

    def _moves(self) -> Iterator[Step]:
        reviews = self.card.post.reviews.select_related("made_by").prefetch_related(
            "remarks__answer", "acknowledgement"
        )
        for review in reviews:
            word, tone = review.get_move_display(), TONES[Status(review.status)]
            remarks = list(review.remarks.all())
            answer = getattr(review, "acknowledgement", None)
            yield Step(review.made_at, review.made_by, word, tone, review.revision, remarks, review.comment, answer)

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
    def claimant(self) -> User | None:
        """The reviewer who has it in work."""
        return self.card.post.claimant if self.card.post.is_submitted else None

    @property
    def is_mine(self) -> bool:
        """The reader has it in work."""
        return self.claimant == self.user

    @cached_property
    def free_time(self) -> datetime | None:
        """Where an author may move a post whose hour has passed undecided; a reviewer would become an author by it."""
        post = self.card.post
        theirs = post.is_overdue and self.can_edit and not self.can_decide and not self.claimant
        return FreeTimes([post]).of(post) if theirs else None

    @property
    def can_withdraw(self) -> bool:
        return (
            self.card.post.is_submitted
            and not self.claimant
            and rules.can_move(self.user, self.card.post, Move.WITHDRAW)
        )

    @property
    def can_answer(self) -> bool:
        """Say to each remark: done, or why not."""
        return self.card.post.is_returned and bool(self.remarks) and rules.can_answer(self.user, self.card.post)

    @property
    def can_keep_note(self) -> bool:
        return rules.can_keep_note(self.user, self.card.post)

    @cached_property
    def occasions(self) -> list[Occasion]:
        """What the post could stand for: occasions that its week touches, and the one it stands for already."""
        post = self.card.post
        if not rules.can_write(self.user, post.plan.organization):
            return []
        week = post.plan.week
        rows = Occasion.objects.of(post.plan.organization)
        near = rows.between(week.monday, week.sunday) | rows.filter(pk=post.event_id or 0)
        return list(near.order_by("-is_mandatory", "starts_on", "pk"))

    @property
    def shifts_freely(self) -> bool:
        """A change of the hour within the day keeps the approval."""
        return bool(settings.PLAN_TIME_SHIFT_KEEPS_APPROVAL)

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
        return (post.is_draft or (post.is_returned and bool(self.remarks))) and rules.can_submit(self.user, post)

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


def _word(revision: Revision) -> str:
    if revision.kind == RevisionKind.CORRECTION:
        return pgettext("post", "Changed by the reviewer")
    return pgettext("post", "Changed") if revision.number > 1 else _("Draft made")
