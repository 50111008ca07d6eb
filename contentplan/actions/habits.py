"""When an account usually publishes: kept by hand, or taken from what it has done of late."""

from collections.abc import Iterable
from datetime import time

from django.db import transaction

from contentplan.habits import suggestions
from contentplan.models import Rubric, Slot
from people.audit import acting
from people.models import User
from registry.models import Account


@transaction.atomic
def keep_slots(
    accounts: Iterable[Account], weekdays: Iterable[int], at: time, *, by: User, rubric: Rubric | None = None
) -> int:
    """Adds the time on each weekday (1 is Monday) for each account; how many there were not yet."""
    weekdays = list(weekdays)
    made = 0
    with acting(by):
        for account in accounts:
            for weekday in weekdays:
                made += Slot.objects.get_or_create(
                    account=account, weekday=weekday, at=at, defaults={"rubric": rubric}
                )[1]
    return made


@transaction.atomic
def take_suggestion(account: Account, *, by: User) -> int:
    """Makes the times of the last weeks the habitual ones; how many there were not yet."""
    found = suggestions(account.organization).get(account.pk, [])
    return sum(keep_slots([account], [habit.weekday], habit.at, by=by) for habit in found)


def delete_slot(slot: Slot, *, by: User) -> None:
    with acting(by):
        slot.delete()
