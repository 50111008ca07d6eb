"""Who stands in for whom, and to whom what a person is told passes meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext

from people.models import Absence, Membership, User
from people.names import accusative
from people.roles import Permission, Role, scope_of

FOLLOWED = 5  # a deputy of a deputy of a deputy …: further nobody looks


@dataclass(frozen=True)
class Listener:
    """Somebody who is told something, and in whose place, when it is another's."""

    user: User
    instead_of: User | None = None

    @property
    def in_words(self) -> str:
        """«за Иванову И. И.», to stand behind a sentence; empty for oneself."""
        if self.instead_of is None:
            return ""
        name = accusative(self.instead_of)
        if name:
            return pgettext("deputy", "for %(name)s") % {"name": name}
        return pgettext("deputy", "in place of: %(name)s") % {"name": self.instead_of}


def listeners(people: Iterable[User], day: date | None = None) -> list[Listener]:
    """Each person who is here, and for each who is away the deputy; nobody twice. As many queries as deputies chain."""
    here, waiting = _split(people, day or timezone.localdate())
    told = {user.pk: Listener(user) for user in here}
    for listener in waiting:
        told.setdefault(listener.user.pk, listener)
    return list(told.values())


def _split(people: Iterable[User], day: date) -> tuple[list[User], list[Listener]]:
    """Those who are here, and those who stand in for the others."""
    wanted = list(people)
    deputies = _deputies(wanted, day)
    here = [user for user in wanted if user.pk not in deputies]
    return here, [Listener(_last_of(user, deputies), user) for user in wanted if user.pk in deputies]


def _last_of(user: User, deputies: dict[int, User]) -> User:
    """The deputy who is here; the first one where they all are away and stand in for one another."""
    seen = {user.pk}
    deputy = deputies[user.pk]
    while deputy.pk in deputies:
        if deputy.pk in seen:
            return deputies[user.pk]
        seen.add(deputy.pk)
        deputy = deputies[deputy.pk]
    return deputy


def _deputies(people: Iterable[User], day: date) -> dict[int, User]:
    """By the id of who is away: of these people, of their deputies, and so on."""
    found: dict[int, User] = {}
    asked = {user.pk for user in people}
    for _step in range(FOLLOWED):
        rows = Absence.objects.on(day).filter(user__in=asked, deputy__is_active=True).select_related("deputy")
        fresh = {row.user_id: row.deputy for row in rows}
        found |= fresh
        asked = {deputy.pk for deputy in fresh.values()} - found.keys()
        if not asked:
            break
    return found


def candidates(user: User) -> QuerySet[User]:
    """Who may stand in for the person: colleagues of the same bodies, and the department over them."""
    organizations = [row.organization for row in user.memberships.current().select_related("organization")]
    decides = [role for role in Role if scope_of(role, Permission.DECIDE_PLAN)]
    above = {path for organization in organizations for path in organization.path_up}
    near = Membership.objects.current().filter(
        Q(organization__in=organizations) | Q(role__in=decides, organization__path__in=above)
    )
    return User.objects.filter(is_active=True, pk__in=near.values("user")).exclude(pk=user.pk)
