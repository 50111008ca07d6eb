"""Who looks at a text right now, said in one sentence; and how a look is remembered."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from review.models import AbstractViewing, Claimable

NAMED = 5


def others(rows: Any, user: User) -> str:
    """«Сейчас смотрит: Иванова И. И., Петров П. П. (правит)»; empty when nobody else does. `rows`: looks at a text."""
    looks: Iterable[AbstractViewing] = rows.present().exclude(user=user).select_related("user").order_by("pk")[:NAMED]
    names = [
        _("%(person)s (is editing)") % {"person": row.user.short_name} if row.is_editing else row.user.short_name
        for row in looks
    ]
    return _("Looking at it now: %(people)s") % {"people": ", ".join(names)} if names else ""


def look(row: AbstractViewing, subject: str, *, active: bool = True) -> None:
    """Remembers the look, one row a person and text; whoever has the text in work still works on it.

    Two queries at most. `subject` names the foreign key to the text. `active`: the person did something, the page did
    not merely stay open.
    """
    now = timezone.now()
    row.seen_at = now
    type(row)._default_manager.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=[subject, "user"],
        update_fields=["revision", "is_editing", "seen_at"],
    )
    thing: Model = getattr(row, subject)
    if active and isinstance(thing, Claimable) and thing.claimed_by_id == row.user_id:
        type(thing)._default_manager.filter(pk=thing.pk, claimed_by=row.user).update(claimed_at=now)
