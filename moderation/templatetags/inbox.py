"""What the pages of every room may ask the inbox."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.forms import BoundField, ModelChoiceField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moderation import rules, second_notices
from moderation.inbox import counted
from moderation.inbox.lines import Lines
from moderation.models import Message, State
from moderation.replies import answering
from moderation.replies.answering import Corrections
from people.models import User
from people.templatetags.portal import when

register = template.Library()
MOST_DRAWN = 1000
_drawn: dict[tuple[Any, ...], SafeString] = {}


@register.simple_tag
def messages_pressing(user: User | AnonymousUser | None) -> str:
    """How many messages of citizens are new or overdue; asks the database nothing of its own."""
    return counted.pressing(user) if isinstance(user, User) else ""


@register.simple_tag
def second_person_waiting(user: User | AnonymousUser | None) -> str:
    """How many removals of criticism and objections wait for this person; asks the database nothing of its own."""
    return second_notices.waiting(user) if isinstance(user, User) else ""


@register.simple_tag
def second_person_missing(user: User | AnonymousUser | None) -> int:
    """How many of this person's removals of criticism nobody may confirm; asks the database nothing of its own."""
    return second_notices.stuck(user) if isinstance(user, User) else 0


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


@register.simple_tag
def message_row(lines: Lines, message: Message, text: str, is_overdue: bool, ticked: bool) -> SafeString:
    """One line of the list or of a case."""
    return lines.line(message, text, is_overdue, ticked)


@register.simple_tag
def field_once(field: BoundField, label: str = "") -> SafeString:
    """`ui/field.html`, kept where the same few choices come again with every list; what is typed is never kept."""
    key = _key_of(field, label)
    found = _drawn.get(key) if key else None
    if found is None:
        found = render_to_string("ui/field.html", {"field": field, "label": label})
        if key:
            if len(_drawn) >= MOST_DRAWN:
                _drawn.clear()
            _drawn[key] = found
    return found


def _key_of(field: BoundField, label: str) -> tuple[Any, ...] | None:
    """Everything the look of a field hangs on, or None where it hangs on more."""
    value = field.value()
    offered = getattr(field.field, "choices", None)
    if field.errors or (value and offered is None):
        return None
    choices: tuple[Any, ...] = ()
    if isinstance(field.field, ModelChoiceField):
        # Taken once: drawing it would ask the database again.
        field.field.widget.choices = list(field.field.widget.choices)
        choices = tuple([(str(pk), str(name)) for pk, name in field.field.widget.choices])
    return get_language(), type(field.form), field.name, str(value or ""), str(label), choices
