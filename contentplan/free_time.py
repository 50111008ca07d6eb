"""The next free time of a post whose own is gone: a habitual time of its accounts, else its hour on a working day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from contentplan.models import PlannedPost, Slot, Status
from people.models import Organization

DAYS_AHEAD = 14
# Nearer to another post of the body the time is taken; so soon nobody approves and publishes.
APART = timedelta(hours=1)
SOONEST = timedelta(hours=2)
LAST_WORKING_DAY = 5


@dataclass
class FreeTimes:
    """Free times for posts that come with their placements; two queries for any number of them."""

    posts: list[PlannedPost]
    _slots: dict[int, list[Slot]] = field(default_factory=lambda: defaultdict(list))
    _taken: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        accounts = {row.account_id for post in self.posts for row in post.placements.all()}
        for slot in Slot.objects.filter(account__in=accounts):
            self._slots[slot.account_id].append(slot)
        now = timezone.now()
        others = PlannedPost.objects.filter(
            plan__organization__in={post.plan.organization_id for post in self.posts},
            planned_at__range=(now, now + timedelta(days=DAYS_AHEAD + 1)),
        ).exclude(status=Status.CANCELLED)
        for body, moment in others.values_list("plan__organization", "planned_at"):
            self._taken[body].append(moment)

    def of(self, post: PlannedPost) -> datetime | None:
        """The first free time of the post, in the zone of its body; None when the next two weeks are full."""
        body = post.plan.organization
        soonest, taken = timezone.now() + SOONEST, self._taken[body.pk]
        slots = [slot for row in post.placements.all() for slot in self._slots[row.account_id]]
        return next(
            (
                moment
                for moment in _moments(body, slots, post.planned_at.astimezone(body.zone).time())
                if moment >= soonest and all(abs(moment - other) >= APART for other in taken)
            ),
            None,
        )


def _moments(body: Organization, slots: Iterable[Slot], own: time) -> Iterator[datetime]:
    """What may suit in the coming days, the earliest first."""
    slots = list(slots)
    for n in range(DAYS_AHEAD + 1):
        day = body.today + timedelta(days=n)
        times = {slot.at for slot in slots if slot.weekday == day.isoweekday()}
        if not slots and day.isoweekday() <= LAST_WORKING_DAY:
            times = {own}
        for at in sorted(times):
            yield datetime.combine(day, at, tzinfo=body.zone)
