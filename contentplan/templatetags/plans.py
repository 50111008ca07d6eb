"""What the pages of every room may ask the content plan."""

from datetime import datetime

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contentplan.models import PlannedPost
from people.models import User
from people.roles import Permission
from people.templatetags.portal import span

register = template.Library()


@register.simple_tag
def waiting_count(user: User | AnonymousUser) -> int:
    """How many posts await this person's decision; asks the database only for those who decide."""
    if not isinstance(user, User) or not user.may_anywhere(Permission.DECIDE_PLAN):
        return 0
    return PlannedPost.objects.decidable_by(user).count()


@register.filter
def waits(since: datetime) -> str:
    """«ждёт 21 минуту», «ждёт 2 часа»: minutes have a case of their own in Russian."""
    length = timezone.now() - since
    minutes = int(length.total_seconds() // 60)
    if 0 < minutes < 60:
        return ngettext("waits %(n)d minute", "waits %(n)d minutes", minutes) % {"n": minutes}
    return _("waits %(span)s") % {"span": span(length)}
