"""Who is told of a message: the body it was handed over to. Words of citizens are in no notice."""

from django.urls import reverse
from django.utils.translation import gettext as _

from moderation.models import Message, MessageStep
from people import telling
from people.models import Tone, User
from people.roles import Permission
from people.telling import Event, Words

FORWARDED = Event("message_forwarded", Tone.WAIT)


def forwarded(message: Message, step: MessageStep) -> None:
    """Tells those who answer for the body that has it now."""
    people = User.objects.who_may(Permission.MODERATE, message.organization)
    title = _("Message No. %(number)s is handed over to %(body)s") % {
        "number": message.pk,
        "body": message.organization.short_name,
    }
    url = reverse("moderation:message_detail", args=[message.pk])
    telling.tell(FORWARDED, people, Words(title, url), key=str(step.pk), by=step.made_by)
