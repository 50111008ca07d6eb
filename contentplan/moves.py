"""What a person can do with one post beside its approval: the buttons of its page, by the one table of moves."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from contentplan import rules
from contentplan.actions.path import stop_over
from contentplan.free_time import FreeTimes
from contentplan.models import TRANSITIONS, MissReason, Move, PlannedPost, Review, Stop
from people.models import User


@dataclass
class Moves:
    """The moves of one post that are open to one reader now."""

    user: User
    post: PlannedPost

    def _open(self, move: Move) -> bool:
        return self.post.status in TRANSITIONS[move].starts and rules.can_move(self.user, self.post, move)

    @cached_property
    def can_hold(self) -> bool:
        return self._open(Move.HOLD)

    @cached_property
    def can_resume(self) -> bool:
        return self._open(Move.RESUME) and not self.stop

    @cached_property
    def can_cancel(self) -> bool:
        """A draft that nobody has seen is deleted instead."""
        return not self.post.is_draft and self._open(Move.CANCEL)

    @property
    def cancel_needs_reason(self) -> bool:
        return self.post.status in TRANSITIONS[Move.CANCEL].reason

    @cached_property
    def can_restore(self) -> bool:
        return self._open(Move.RESTORE) and rules.can_edit(self.user, self.post)

    @cached_property
    def can_publish_urgently(self) -> bool:
        return self.post.is_draft and rules.can_publish_urgently(self.user, self.post)

    @cached_property
    def can_look_over(self) -> bool:
        return self.post.needs_post_review and self._open(Move.LOOK_OVER)

    @cached_property
    def can_say_why(self) -> bool:
        return self.post.is_missed and rules.can_say_why_missed(self.user, self.post)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in MissReason.choices]

    @property
    def is_explained(self) -> bool:
        return bool(self.post.missed_because)

    @cached_property
    def can_replan(self) -> bool:
        """Its time is gone or its week was stopped: another time may suit."""
        waits = self.post.is_missed or self.post.is_held
        return waits and not self.stop and rules.can_replan(self.user, self.post)

    @cached_property
    def free_time(self) -> datetime | None:
        return FreeTimes([self.post]).of(self.post) if self.can_replan else None

    @cached_property
    def hold(self) -> Review | None:
        """Who put it on hold, when and why."""
        if not self.post.is_held:
            return None
        return self.post.reviews.filter(move=Move.HOLD).select_related("made_by").order_by("pk").last()

    @cached_property
    def stop(self) -> Stop | None:
        """The stop in force that keeps it on hold."""
        return stop_over(self.post) if self.post.is_held else None

    @property
    def any(self) -> bool:
        """Whether the block has anything to say."""
        post = self.post
        told = post.is_missed or post.is_held or post.needs_post_review
        return told or self.can_hold or self.can_cancel or self.can_restore or self.can_publish_urgently
