"""The one door through which the status of a reviewed text moves, and who stands at it (procedure, cl. 2.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Case, DateTimeField, F, Q, When
from django.utils import timezone

from people.models import User
from people.roles import Permission
from review.models import CLAIM_LASTS, AbstractReview

S = TypeVar("S", bound=str)

# For so long a step may be taken back, and nobody is told of it.
UNDO_LASTS = timedelta(seconds=10)
# The page offers it for UNDO_LASTS; a slow line has a little longer.
SLOW_LINE = timedelta(seconds=10)


@dataclass(frozen=True)
class Arrow(Generic[S]):
    """One move: from which states, to which one, who may make it.

    `permission` is held in the body of the text; None: only the portal itself moves. `other_eyes`: never an author of
    the text. `reason`: the states in which the move needs a reason in words.
    """

    starts: frozenset[S]
    end: S
    permission: Permission | None
    other_eyes: bool = False
    reason: frozenset[S] = frozenset()


def arrow(
    starts: set[S], end: S, permission: Permission | None, *, other_eyes: bool = False, reason: Iterable[S] = ()
) -> Arrow[S]:
    return Arrow(frozenset(starts), end, permission, other_eyes, frozenset(reason))


def turn(thing: Any, along: Arrow[Any], *, seen: int, only: Q | None = None, **values: Any) -> bool:
    """Moves the status along the arrow; False when the text is elsewhere by now, or `only` says no.

    One UPDATE both checks and moves: of two people pressing at once, one wins. `seen` is the revision the person saw,
    `values` are columns that change together with the status. The claim of a reviewer ends with every move.
    """
    values = {"claimed_by": None, "claimed_at": None, "claimed_since": None} | values | {"status": along.end}
    if thing.status != along.end:
        values["status_since"] = timezone.now()
    rows = type(thing)._default_manager.filter(only or Q(), pk=thing.pk, status__in=along.starts, revision=seen)
    if not rows.update(**values):
        return False
    for name, value in values.items():
        setattr(thing, name, value)
    return True


def require_reason(thing: Any, along: Arrow[Any], comment: str, sentence: str) -> None:
    """Raises ValidationError keyed `reason` where the move needs words."""
    if thing.status in along.reason and not comment.strip():
        raise ValidationError({"reason": sentence})


def same_step(thing: Any, what: str, along: Arrow[Any], seen: int, by: User | None) -> Any:
    """The step this person has just made: a press that arrives twice is one press, not a race with somebody."""
    last = thing.reviews.order_by("pk").last()
    same = last and (last.move, last.revision, last.made_by_id) == (what, seen, by.pk if by else None)
    stands = type(thing)._default_manager.filter(pk=thing.pk, status=along.end, revision=seen).exists()
    return last if same and stands else None


def is_fresh(step: AbstractReview) -> bool:
    """The step may still be taken back."""
    return timezone.now() - step.made_at <= UNDO_LASTS + SLOW_LINE


def unclaimed() -> Q:
    """No reviewer has it in work."""
    return Q(claimed_by=None) | Q(claimed_at__lte=timezone.now() - CLAIM_LASTS)


def unclaimed_or(user: User) -> Q:
    """No other reviewer has it in work."""
    return unclaimed() | Q(claimed_by=user)


def claim(thing: Any, status: str, *, by: User, take_over: bool = False) -> bool:
    """Takes a text in this state in work, or gives a new sign of work; False while a colleague has it.

    `take_over`: a colleague's as well, after asking.
    """
    now = timezone.now()
    free = Q() if take_over else unclaimed_or(by)
    rows = type(thing)._default_manager.filter(free, pk=thing.pk, status=status)
    mine = Q(claimed_by=by, claimed_at__gt=now - CLAIM_LASTS, claimed_since__isnull=False)
    since = Case(When(mine, then=F("claimed_since")), default=now, output_field=DateTimeField())
    if not rows.update(claimed_by=by, claimed_at=now, claimed_since=since):
        return False
    thing.refresh_from_db(fields=["claimed_by", "claimed_at", "claimed_since"])
    return True


def release(thing: Any, *, by: User) -> None:
    """Puts the text back for any reviewer; nothing happens when the person does not have it."""
    rows = type(thing)._default_manager.filter(pk=thing.pk, claimed_by=by)
    rows.update(claimed_by=None, claimed_at=None, claimed_since=None)
    thing.claimed_by = thing.claimed_at = thing.claimed_since = None
