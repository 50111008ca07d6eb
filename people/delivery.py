"""Sends the letters that wait in the outbox: each once, whatever number of workers is at it."""

import hashlib
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from people import worktime
from people.models import Letter

LEASE = timedelta(minutes=10)  # how long a worker may need for one letter before another takes it over
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720)]  # between attempts: a mail server's night off
BATCH = 100

log = logging.getLogger(__name__)


def deliver() -> int:
    """Sends what is due; returns how many letters went out."""
    due = list(Letter.objects.due(timezone.now()).order_by("pk").select_related("user")[:BATCH])
    _put_off(due)
    return sum(_claim(letter) and _send(letter) for letter in due)


def _put_off(letters: list[Letter]) -> None:
    """Letters that wait for working hours are due then, not now; an attempt at night counts as none."""
    waiting = [letter for letter in letters if letter.waits_for_work]
    calendars = worktime.calendars_of_people([letter.user for letter in waiting if letter.user])
    now = timezone.now()
    for letter in waiting:
        calendar = calendars.get(letter.user_id, worktime.calendar_of(None))
        if not calendar.is_working(now):
            later = calendar.next_working_moment(now)
            Letter.objects.due(now).filter(pk=letter.pk, attempts=letter.attempts).update(try_after=later)


def _claim(letter: Letter) -> bool:
    """Of two workers that saw the same letter one UPDATE wins."""
    now = timezone.now()
    claimed = Letter.objects.due(now).filter(pk=letter.pk, attempts=letter.attempts)
    return bool(claimed.update(attempts=F("attempts") + 1, try_after=now + LEASE))


def _send(letter: Letter) -> bool:
    row = Letter.objects.filter(pk=letter.pk)
    try:
        _message(letter).send()
    except (OSError, ValueError) as error:  # SMTP and sockets; an address or a heading that cannot be written
        log.warning("Letter %s was not accepted: %s", letter.pk, error)
        row.update(error=str(error)[:300], try_after=_next_attempt(letter.attempts))
        return False
    row.update(sent_at=timezone.now(), error="")
    return True


def _next_attempt(earlier_attempts: int) -> datetime | None:
    """None: given up; the letter stays in the table with its last error."""
    return timezone.now() + PAUSES[earlier_attempts] if earlier_attempts < len(PAUSES) else None


def _message(letter: Letter) -> EmailMessage:
    # The same letter always bears the same number: should it go out twice after a crash, mail programs show it once.
    number = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    domain = settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
    headers = {"Message-ID": f"<{number}@{domain}>"}
    return EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers)
