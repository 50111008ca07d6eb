"""Looking at personal data in a message: with a reason, for half an hour, and everybody sees who did."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.inbox.masking import whole
from moderation.models import Message, Unmasking
from people.models import User
from people.roles import Permission

REASON_LENGTH = 300


def look(message: Message, *, reason: str, by: User) -> Unmasking:
    """Shows this person what is masked, and notes it for ever."""
    if not by.may(Permission.UNMASK, message.organization):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Say what you need it for in a few words."))
    if len(reason.strip()) > REASON_LENGTH:
        raise ValidationError(_("Too long: at most %(n)d characters.") % {"n": REASON_LENGTH})
    return Unmasking.objects.create(message=message, reason=reason.strip(), made_by=by)


def shown_to(user: User, message: Message, now: datetime | None = None) -> str:
    """The text as this person may see it at this moment."""
    return shown_among(user, [message], now)[message.pk]


def shown_among(user: User, messages: Sequence[Message], now: datetime | None = None) -> dict[int, str]:
    """The texts of several, by their keys."""
    hidden = {message.pk: whole(message) for message in messages}
    differing = [message.pk for message in messages if hidden[message.pk] != message.text]
    if not differing:
        return hidden
    looks = Unmasking.objects.in_force(user, now or timezone.now()).filter(message__in=differing)
    seen = set(looks.values_list("message", flat=True))
    return hidden | {message.pk: message.text for message in messages if message.pk in seen}
