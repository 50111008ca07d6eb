"""Who looks at a post right now, said in one sentence."""

from django.utils.translation import gettext as _

from contentplan.models import PlannedPost, Viewing
from people.models import User

NAMED = 5


def others(post: PlannedPost, user: User) -> str:
    """«Сейчас смотрит: Иванова И. И., Петров П. П. (правит)»; empty when nobody else does."""
    rows = Viewing.objects.present().filter(post=post).exclude(user=user).select_related("user")
    names = [
        _("%(person)s (is editing)") % {"person": row.user.short_name} if row.is_editing else row.user.short_name
        for row in rows.order_by("pk")[:NAMED]
    ]
    return _("Looking at it now: %(people)s") % {"people": ", ".join(names)} if names else ""
