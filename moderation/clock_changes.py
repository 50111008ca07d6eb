"""Terms of replies follow a change of the working calendar: what working time was left is left after it too."""

from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from moderation import clocks
from moderation.models import Message, MessageStep, State
from moderation.models.message_path import Step
from people.models import Organization
from people.worktime import Calendar, NoWorkingTime
from people.worktime_changes import Calendars

CHUNK = 500


def follow(before: Calendars, after: Calendars) -> None:
    """Terms that have passed, and those of messages that are done, stay; a pause counts from its beginning."""
    bodies = Organization.objects.filter(pk__in=before.keys() & after.keys())
    open_ones = Message.objects.open().filter(organization__in=bodies)
    paused = MessageStep.objects.filter(step=Step.PAUSE, message__in=open_ones.filter(state=State.PAUSED))
    since = dict(paused.order_by().values_list("message").annotate(Max("made_at")))
    now, moved = timezone.now(), []
    for message in open_ones.only("pk", "organization", "due_at", "received_at", "is_urgent", "state"):
        body = message.organization_id
        start = since.get(message.pk, now) if message.state == State.PAUSED else now
        if message.due_at is None:
            due_at = clocks.due(message.received_at, after[body], urgent=message.is_urgent)
        elif message.due_at <= start:
            continue
        else:
            due_at = _moved(before[body], after[body], start, message.due_at)
        if due_at != message.due_at:
            message.due_at = due_at
            moved.append(message)
    Message.objects.bulk_update(moved, ["due_at"], batch_size=CHUNK)


def _moved(before: Calendar, after: Calendar, start: datetime, due_at: datetime) -> datetime | None:
    try:
        return after.add(start, before.between(start, due_at))
    except NoWorkingTime:
        return None
