"""How many messages press, for the menu of every page: it rides on the query of memberships."""

from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Subquery, When
from django.utils import timezone

from moderation.models import Message
from people.models import User
from people.roles import GRANTS, Permission, RoleScope, scope_of

MOST_SHOWN = 99


class CountedRows(Subquery):
    """The number of rows of a sliced query: counting stops where the slice ends."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def pressing_for_membership() -> Any:
    """New and overdue messages where a membership reaches, at most one more than is shown."""
    rows = Message.objects.pressing(timezone.now()).order_by().values("pk")
    here = rows.filter(organization=OuterRef("organization"))
    below = rows.filter(organization__path__startswith=OuterRef("organization__path"))
    counts = {RoleScope.OWN: here, RoleScope.SUBTREE: below}
    cases = [
        When(role=role.value, then=CountedRows(counts[scope][: MOST_SHOWN + 1]))
        for role in GRANTS
        if (scope := scope_of(role, Permission.MODERATE))
    ]
    return Case(*cases, default=0, output_field=IntegerField())


def pressing(user: User) -> str:
    """«12», «99+», or "" where nothing presses."""
    count = max((getattr(row, "messages", None) or 0 for row in user.current_memberships), default=0)
    return f"{MOST_SHOWN}+" if count > MOST_SHOWN else str(count or "")
