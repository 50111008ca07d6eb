"""What the pages of every room may ask the inbox."""

from django import template
from django.contrib.auth.models import AnonymousUser

from moderation.inbox import counted
from people.models import User

register = template.Library()


@register.simple_tag
def messages_pressing(user: User | AnonymousUser | None) -> str:
    """How many messages of citizens are new or overdue; asks the database nothing of its own."""
    return counted.pressing(user) if isinstance(user, User) else ""
