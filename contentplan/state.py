"""The state of a plan: derived from its posts, in words that hide nothing («3 согласовано, 1 возвращён»)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contentplan.models import PlannedPost, Status


@dataclass(frozen=True)
class PlanState:
    """How many posts of a plan stand where."""

    counts: Mapping[Status, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def drafts(self) -> int:
        return self.counts.get(Status.DRAFT, 0)

    @property
    def submitted(self) -> int:
        return self.counts.get(Status.SUBMITTED, 0)

    @property
    def needs_changes(self) -> int:
        return self.counts.get(Status.NEEDS_CHANGES, 0)

    @property
    def approved(self) -> int:
        return self.counts.get(Status.APPROVED, 0)

    @property
    def published(self) -> int:
        return self.counts.get(Status.PUBLISHED, 0)

    @property
    def missed(self) -> int:
        return self.counts.get(Status.MISSED, 0)

    @property
    def on_hold(self) -> int:
        return self.counts.get(Status.ON_HOLD, 0)

    @property
    def cancelled(self) -> int:
        return self.counts.get(Status.CANCELLED, 0)

    @property
    def is_approved(self) -> bool:
        """Every post that stands in the plan is approved or out, and there is at least one."""
        return 0 < self.total - self.cancelled == self.approved + self.published

    @property
    def sentence(self) -> str:
        """«3 согласовано, 1 возвращён»; says so when nothing is planned."""
        return ", ".join(_in_words(status, self.counts[status]) for status in _ORDER if self.counts.get(status)) or _(
            "nothing planned yet"
        )

    @property
    def tone(self) -> str:
        """Red calls the author, amber waits for the department, blue is still being written, green is approved."""
        if self.needs_changes or self.missed:
            return "bad"
        if self.submitted or self.on_hold:
            return "wait"
        if self.drafts:
            return "info"
        return "good" if self.approved or self.published else ""


_ORDER = (
    Status.PUBLISHED,
    Status.APPROVED,
    Status.SUBMITTED,
    Status.NEEDS_CHANGES,
    Status.DRAFT,
    Status.ON_HOLD,
    Status.MISSED,
    Status.CANCELLED,
)


def of(posts: Iterable[PlannedPost]) -> PlanState:
    """The state these posts add up to."""
    return PlanState(Counter(Status(post.status) for post in posts))


def _in_words(status: Status, n: int) -> str:
    words = {
        Status.PUBLISHED: ngettext("%(n)d post came out", "%(n)d posts came out", n),
        Status.MISSED: ngettext("%(n)d post did not come out", "%(n)d posts did not come out", n),
        Status.ON_HOLD: ngettext("%(n)d post on hold", "%(n)d posts on hold", n),
        Status.CANCELLED: ngettext("%(n)d post taken off", "%(n)d posts taken off", n),
        Status.APPROVED: ngettext("%(n)d post approved", "%(n)d posts approved", n),
        Status.SUBMITTED: ngettext("%(n)d post awaits approval", "%(n)d posts await approval", n),
        Status.NEEDS_CHANGES: ngettext("%(n)d post returned", "%(n)d posts returned", n),
        Status.DRAFT: ngettext("%(n)d draft", "%(n)d drafts", n),
    }
    return words[status] % {"n": n}
