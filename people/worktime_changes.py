"""A change of working hours or special days, and what was written down in working time before it.

A term that lies ahead keeps the working time that is left: with a day off more it ends a day later. The rooms that keep
such terms say how, in `FOLLOWERS`; they are told inside the transaction of the change.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction

from people.models import Organization
from people.worktime import Calendar, calendars

Calendars = Mapping[int, Calendar]  # by the number of the body
FOLLOWERS: list[Callable[[Calendars, Calendars], None]] = []


@contextmanager
def changing(*organizations: Organization | None) -> Iterator[None]:
    """Around a change of these bodies: those who follow get their calendars before and after, and of all below them."""
    with transaction.atomic():
        before = calendars(_touched(organizations))
        yield
        after = calendars(_touched(organizations))
        for follow in FOLLOWERS:
            follow(before, after)


def _touched(organizations: tuple[Organization | None, ...]) -> list[Organization]:
    """Each body once."""
    found = {}
    for organization in filter(None, organizations):
        for body in Organization.objects.filter(path__startswith=organization.path):
            found[body.pk] = body
    return list(found.values())
