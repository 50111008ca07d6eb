"""Messages of citizens on the page after sign-in: mine and overdue to whoever answers; how many to whoever looks."""

from dataclasses import dataclass

from django.utils import timezone

from moderation.inbox.forms import end_of_today
from moderation.inbox.masking import masked
from moderation.models import Message
from people.models import User
from people.roles import Permission

LISTED = 8
CUT = 140  # characters


@dataclass(frozen=True)
class Inbox:
    """Messages that wait, the most pressing first: of this person, then those nobody has taken."""

    rows: list[tuple[Message, str, bool]]  # with the masked text, and whether the term has passed
    counts: dict[str, int]  # overdue, today, nobody, mine
    can_open: bool


def inbox(user: User) -> Inbox:
    """In three queries at most. Whoever only looks sees how many, and not a word of a citizen."""
    now = timezone.now()
    if not user.may_anywhere(Permission.MODERATE):
        seen = Message.objects.filter(user.reach(Permission.VIEW_JOURNAL))
        return Inbox([], seen.counts(now, end_of_today(now), user), can_open=False)
    visible = Message.objects.visible_to(user)
    mine = list(visible.of(user).for_queue()[:LISTED])
    free = visible.new().filter(assigned_to=None).for_queue()
    rows = mine + (list(free[: LISTED - len(mine)]) if len(mine) < LISTED else [])
    shown = [(row, masked(row, CUT), row.is_overdue(now)) for row in rows]
    return Inbox(shown, visible.counts(now, end_of_today(now), user), can_open=True)
