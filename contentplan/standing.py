"""Which stops are in force, for the banner on every page.

Hardly ever is there one, and every page asks: each process remembers the answer for a few seconds. What a stop does to
posts never comes from here: `actions.path.stop_over` asks the database.
"""

import time
from dataclasses import dataclass, field

from django.db import transaction

from contentplan.models import Stop
from people.models import Organization, User
from people.roles import Permission, Role, RoleScope, scope_of

REMEMBERED_FOR = 5.0  # seconds until another process of the portal hears of a stop


@dataclass
class _Memory:
    until: float = 0.0
    stops: list[Stop] = field(default_factory=list)


_memory = _Memory()


def in_force() -> list[Stop]:
    """The stops in force, with their bodies and who began them."""
    if time.monotonic() >= _memory.until:
        rows = Stop.objects.in_force().select_related("organization", "started_by")
        remember(list(rows))
    return _memory.stops


def remember(stops: list[Stop], seconds: float = REMEMBERED_FOR) -> None:
    _memory.stops, _memory.until = stops, time.monotonic() + seconds


def forget() -> None:
    """A stop begins or is lifted: the next page asks anew, and so does the first one after the transaction."""
    _expire()
    transaction.on_commit(_expire)


def _expire() -> None:
    _memory.until = 0.0


def concerning(user: User) -> list[Stop]:
    """The stops over the person's own bodies, and those over bodies the person looks after."""
    return [stop for stop in in_force() if _concerns(stop.organization, user)]


def _concerns(stopped: Organization, user: User) -> bool:
    for membership in user.current_memberships:
        own = membership.organization.path
        reaches_down = scope_of(Role(membership.role), Permission.VIEW) is RoleScope.SUBTREE
        if own.startswith(stopped.path) or (reaches_down and stopped.path.startswith(own)):
            return True
    return False
