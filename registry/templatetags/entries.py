"""Words and numbers about entries of the registry for templates."""

from django import template
from django.contrib.auth.models import AnonymousUser

from people.models import User
from people.roles import Permission
from registry.actions import ANSWERS

register = template.Library()


@register.filter
def answer_word(answer: str) -> str:
    """«да»: an answer of the checklist."""
    return str(ANSWERS.get(answer, answer))


@register.simple_tag
def proposals_waiting(user: User | AnonymousUser | None) -> str:
    """How many proposals of others await this person; "" when none. Asks the database nothing of its own."""
    if not isinstance(user, User) or not user.may_anywhere(Permission.EDIT_REGISTRY):
        return ""
    return str(max((getattr(row, "proposals", None) or 0 for row in user.current_memberships), default=0) or "")
