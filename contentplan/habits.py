"""What an account does week by week: the times its posts had of late, as a suggestion of habitual times."""

from collections import Counter
from dataclasses import dataclass
from datetime import time

from contentplan.models import Placement, Slot, Status
from people.models import Organization
from people.weeks import Week

WEEKS_BACK = 8
# A time met so often is a habit, not a chance; no more of them than a week has days.
AT_LEAST, AT_MOST = 2, 7


@dataclass(frozen=True, order=True)
class Habit:
    """A weekday (1 is Monday) and a time."""

    weekday: int
    at: time


def suggestions(organization: Organization) -> dict[int, list[Habit]]:
    """By the id of each account: the times its posts of the last weeks had, without those that stand already."""
    counts: dict[int, Counter[Habit]] = {}
    this = Week.now(organization.zone)
    rows = Placement.objects.filter(
        post__plan__organization=organization,
        post__plan__monday__range=((this + -WEEKS_BACK).monday, this.monday),
    ).exclude(post__status=Status.CANCELLED)
    for account, moment in rows.values_list("account", "post__planned_at"):
        local = moment.astimezone(organization.zone)
        counts.setdefault(account, Counter())[Habit(local.isoweekday(), local.time())] += 1
    kept = {
        (account, Habit(weekday, at))
        for account, weekday, at in Slot.objects.filter(account__organization=organization).values_list(
            "account", "weekday", "at"
        )
    }
    return {account: found for account, times in counts.items() if (found := _often(account, times, kept))}


def _often(account: int, times: Counter[Habit], kept: set[tuple[int, Habit]]) -> list[Habit]:
    often = [habit for habit, n in times.most_common(AT_MOST) if n >= AT_LEAST]
    return sorted(habit for habit in often if (account, habit) not in kept)
