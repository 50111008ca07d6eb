"""What the page of a message tells of its reply: the words, what a reviewer changed, what happens next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from django.utils.translation import pgettext

from moderation import rules
from moderation.inbox.masking import masked
from moderation.models import (
    Message,
    MessageKind,
    Reply,
    ReplyMove,
    ReplyRemark,
    ReplyReview,
    ReplyRevision,
    ReplyTemplate,
)
from moderation.models.replies import DECISIONS, TONES, ReplyStatus, is_awaited, newest_in_thread
from moderation.replies.next_step import next_step
from people.models import User
from review import presence, quotes
from review.diff import Chunk, words
from review.models import RevisionKind


@dataclass(frozen=True)
class Line:
    """One remark of the last return; `stands`: the words it quotes are still in the text."""

    number: int
    remark: ReplyRemark
    stands: bool


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    at: datetime
    who: User | None
    word: str
    tone: str
    revision: int
    comment: str = ""
    remarks: list[ReplyRemark] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)


@dataclass
class Story:
    """The reply to a message for one reader; `reply` None: nobody has begun one."""

    message: Message
    user: User
    reply: Reply | None

    @classmethod
    def of(cls, message: Message, user: User) -> "Story":
        """With the reply being written, else the last one that came out."""
        rows = Reply.objects.for_listing().filter(message=message)
        reply = rows.unfinished().first() or rows.order_by("-pk").first()
        if reply and reply.is_sent and is_awaited(message):
            reply = None  # the final one after an interim one, or the message was opened again
        return cls(message, user, reply)

    @cached_property
    def sent(self) -> list[Reply]:
        """What came out already, the oldest first."""
        rows = Reply.objects.filter(message=self.message, status=ReplyStatus.SENT).select_related(
            "sent_by", "approved_by"
        )
        return list(rows.order_by("pk"))

    @property
    def thread(self) -> int:
        return newest_in_thread(self.message)

    @property
    def is_awaited(self) -> bool:
        return is_awaited(self.message)

    @property
    def can_write(self) -> bool:
        """The form is offered: to those who moderate, while the reply is with nobody else."""
        mine = rules.can_write_reply(self.user, self.message) and self.is_awaited
        return mine and (self.reply is None or self.reply.is_editable)

    @cached_property
    def is_author(self) -> bool:
        return self.reply is not None and rules.is_reply_author(self.user, self.reply)

    @property
    def can_decide(self) -> bool:
        waits = self.reply is not None and self.reply.is_submitted and self.is_awaited
        return bool(waits and self.reply and rules.can_decide_reply(self.user, self.reply))

    @property
    def needs_other_eyes(self) -> bool:
        """Who approves replies looks at a text of their own."""
        decides = rules.can_answer_unapproved(self.user, self.message.organization)
        return bool(self.reply and self.reply.is_submitted and decides and self.is_author)

    @property
    def can_withdraw(self) -> bool:
        waits = bool(self.reply and self.reply.is_submitted and self.is_awaited and not self.claimant)
        return waits and rules.can_write_reply(self.user, self.message)

    @property
    def can_send(self) -> bool:
        ready = bool(self.reply and self.reply.is_approved and self.is_awaited)
        return ready and rules.can_write_reply(self.user, self.message)

    @property
    def needs_link(self) -> bool:
        return self.message.kind != MessageKind.PRIVATE

    @property
    def place(self) -> str:
        """Where the reply is to be put: the message itself, else the page of the account."""
        return self.message.link or self.message.account.url

    @property
    def claimant(self) -> User | None:
        return self.reply.claimant if self.reply and self.reply.is_submitted else None

    @property
    def is_mine(self) -> bool:
        return self.claimant == self.user

    @cached_property
    def others_in_case(self) -> int:
        case = self.message.case_id
        return Message.objects.open().filter(case=case).exclude(pk=self.message.pk).count() if case else 0

    @cached_property
    def looking(self) -> str:
        return presence.others(self.reply.viewings.all(), self.user) if self.reply else ""

    @property
    def newer(self) -> list[tuple[Message, str]]:
        """What came into the conversation since, personal data hidden."""
        return [(row, masked(row)) for row in self.reply.newer] if self.reply else []

    @property
    def next_step(self) -> str:
        return next_step(self.message, self.reply)

    @cached_property
    def templates(self) -> list[ReplyTemplate]:
        return list(ReplyTemplate.objects.offered_to(self.message.organization)) if self.can_write else []

    # --- what reviewers said

    @cached_property
    def steps(self) -> list[ReplyReview]:
        if self.reply is None:
            return []
        return list(self.reply.reviews.standing().select_related("made_by").prefetch_related("remarks").order_by("pk"))

    @cached_property
    def wordings(self) -> list[ReplyRevision]:
        return list(self.reply.revisions.select_related("made_by").order_by("number")) if self.reply else []

    def _last(self, *moves: ReplyMove) -> ReplyReview | None:
        return next((step for step in reversed(self.steps) if step.move in moves), None)

    @property
    def note(self) -> ReplyReview | None:
        """The note of the author to the reviewer."""
        sent = self._last(ReplyMove.SUBMIT)
        return sent if sent and sent.comment and self.reply and self.reply.is_submitted else None

    @cached_property
    def last_return(self) -> ReplyReview | None:
        """The last return while its remarks still matter."""
        last = self._last(*DECISIONS)
        matters = self.reply is not None and (self.reply.is_unsent or self.reply.is_submitted)
        return last if last and matters and last.move == ReplyMove.RETURN else None

    @cached_property
    def lines(self) -> list[Line]:
        remarks = list(self.last_return.remarks.all()) if self.last_return else []
        text = self.reply.text if self.reply else ""
        return [Line(n, row, bool(row.quote and quotes.find(row.quote, text))) for n, row in enumerate(remarks, 1)]

    @cached_property
    def correction(self) -> ReplyReview | None:
        """The reviewer's correction that made the present wording."""
        last = self._last(ReplyMove.CORRECT)
        return last if last and self.reply and last.revision == self.reply.revision else None

    @property
    def corrected(self) -> list[Chunk]:
        """What the reviewer changed, word by word."""
        pairs = [(one.text, two.text) for one, two in pairwise(self.wordings) if two.kind == RevisionKind.CORRECTION]
        return words(*pairs[-1]) if pairs and self.correction else []

    @property
    def text(self) -> list[Chunk]:
        """The text with what changed since somebody last decided, and with the words that remarks quote."""
        now = self.reply.text if self.reply else ""
        last = self.last_return
        before = next((row.text for row in self.wordings if last and row.number == last.revision), now)
        return quotes.marked(words(before, now), [(line.number, line.remark) for line in self.lines])

    @property
    def is_changed(self) -> bool:
        return any(chunk.kind != "same" for chunk in self.text)

    @property
    def history(self) -> list[Step]:
        """Every wording and every step, the newest first."""
        return sorted([*self._edits(), *self._moves()], key=lambda step: (step.at, step.revision))[::-1]

    def _edits(self) -> Iterator[Step]:
        before = ""
        for row in self.wordings:
            theirs = row.kind == RevisionKind.CORRECTION
            word = pgettext("reply", "Changed by the reviewer") if theirs else pgettext("reply", "Wrote")
            yield Step(row.made_at, row.made_by, word, "info", row.number, chunks=words(before, row.text))
            before = row.text

    def _moves(self) -> Iterator[Step]:
        rows = ReplyReview.objects.filter(reply=self.reply).select_related("made_by").prefetch_related("remarks")
        for row in rows:
            tone = TONES.get(ReplyStatus(row.status), "info")
            remarks = list(row.remarks.all())
            yield Step(row.made_at, row.made_by, row.get_move_display(), tone, row.revision, row.comment, remarks)
