"""What the pages of every room may ask the inbox."""

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from moderation import rules
from moderation.inbox import counted
from moderation.models import Message, State
from moderation.replies import answering
from moderation.replies.answering import Corrections
from people.models import User
from people.templatetags.portal import when

register = template.Library()


@register.simple_tag
def messages_pressing(user: User | AnonymousUser | None) -> str:
    """How many messages of citizens are new or overdue; asks the database nothing of its own."""
    return counted.pressing(user) if isinstance(user, User) else ""


@register.simple_tag
def reply_corrections_for(user: User | AnonymousUser) -> Corrections | None:
    """Corrections of replies that wait for this person's word."""
    if not isinstance(user, User) or not rules.can_moderate(user):
        return None
    return answering.waiting_for(user)


@register.simple_tag
def message_term(message: Message, is_overdue: bool) -> str:
    """By when to answer, in words."""
    if not message.is_open:
        return _("done %(moment)s") % {"moment": when(message.done_at)}
    if message.state == State.PAUSED:
        return _("the clock stands still")
    if not message.due_at:
        return _("no term: no working time is set")
    moment = {"moment": when(message.due_at)}
    return _("overdue: the term was %(moment)s") % moment if is_overdue else _("answer by %(moment)s") % moment
