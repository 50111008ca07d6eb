"""What the pages of every room may ask the content plan."""

from django import template
from django.contrib.auth.models import AnonymousUser

from contentplan.models import PlannedPost
from people.models import User
from people.roles import Permission

register = template.Library()


@register.simple_tag
def waiting_count(user: User | AnonymousUser) -> int:
    """How many posts await this person's decision; asks the database only for those who decide."""
    if not isinstance(user, User) or not user.may_anywhere(Permission.DECIDE_PLAN):
        return 0
    return PlannedPost.objects.decidable_by(user).count()
