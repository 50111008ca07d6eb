"""What the page of a message tells of its reply: the words, what a reviewer changed, what happens next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from django.db.models import Q
from django.utils.translation import pgettext

from moderation import rules
from moderation.inbox.masking import masked
from moderation.models import (
    Message,
    MessageKind,
    MessageStep,
    Reply,
    ReplyAcknowledgement,
    ReplyMove,
    ReplyRemark,
    ReplyReview,
    ReplyRevision,
    ReplyTemplate,
    State,
)
from moderation.models.replies import DECISIONS, TONES, ReplyStatus, is_awaited, newest_in_thread
from moderation.replies import sending
from moderation.replies.next_step import next_step
from people.models import User
from people.roles import Permission
from review import presence, quotes
from review.diff import Chunk, words
from review.lines import Line
from review.models import RevisionKind

SHOWN = 20  # other messages of a case on one page


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
    acknowledgement: ReplyAcknowledgement | None = None


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
        """What came out already, the oldest first: to this message, or to another one of its case for it too."""
        here = Q(message=self.message) | Q(answered__message=self.message)
        rows = Reply.objects.filter(here, status=ReplyStatus.SENT).select_related("sent_by", "approved_by")
        return list(rows.order_by("pk").distinct())

    @property
    def earlier(self) -> list[tuple[Reply, str]]:
        """Those that came out before the one shown, each with the place where it stands under this message."""
        places = dict(self.message.steps.filter(reply__isnull=False).order_by("pk").values_list("reply", "reason"))
        return [(one, places.get(one.pk) or one.link) for one in self.sent if one != self.reply]

    @cached_property
    def elsewhere(self) -> Reply | None:
        """A reply that is being written to another message of the same case."""
        if self.reply or self.message.case_id is None or not self.is_awaited:
            return None
        rows = Reply.objects.unfinished().filter(message__in=Message.objects.beside_in_case(self.message))
        return rows.select_related("created_by").order_by("pk").first()

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
    def beside(self) -> list[Message]:
        """The other open messages of the case: one reply answers them together."""
        return list(sending.beside(self.message)) if self.is_awaited else []

    @property
    def asked_beside(self) -> list[tuple[Message, str]]:
        """The same with their words, personal data hidden."""
        return [(row, masked(row)) for row in self.beside[:SHOWN]]

    @property
    def waits_for(self) -> MessageStep | None:
        """Of a paused message: who paused it, since when, for whom it waits."""
        if self.message.state != State.PAUSED:
            return None
        return self.message.steps.filter(step="pause").select_related("made_by").order_by("pk").last()

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
        return list(
            self.reply.reviews.standing()
            .select_related("made_by", "acknowledgement__made_by")
            .prefetch_related("remarks__answer__made_by")
            .order_by("pk")
        )

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
    def acknowledgement(self) -> ReplyAcknowledgement | None:
        """What the author said to it."""
        return getattr(self.correction, "acknowledgement", None)

    @property
    def can_acknowledge(self) -> bool:
        waits = self.correction is not None and self.acknowledgement is None
        return bool(waits and self.reply and rules.can_acknowledge_reply(self.user, self.reply))

    @property
    def decides_here(self) -> bool:
        return self.user.may(Permission.DECIDE_REPLY, self.message.organization)

    @property
    def to_answer(self) -> list[Line]:
        """Remarks whose answers go with the form."""
        return self.lines if self.reply and self.reply.is_returned and self.can_write else []

    @property
    def remarks_are_mine(self) -> bool:
        return bool(self.last_return and self.last_return.made_by_id == self.user.pk)

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
        rows = ReplyReview.objects.filter(reply=self.reply).select_related("made_by", "acknowledgement__made_by")
        rows = rows.prefetch_related("remarks__answer")
        for row in rows:
            tone = TONES.get(ReplyStatus(row.status), "info")
            remarks = list(row.remarks.all())
            said, answer = row.get_move_display(), getattr(row, "acknowledgement", None)
            yield Step(
                row.made_at,
                row.made_by,
                said,
                tone,
                row.revision,
                row.comment,
                remarks=remarks,
                acknowledgement=answer,
            )
