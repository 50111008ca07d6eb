"""How what people were told reaches their mailboxes, as each of them chose (`MailChoice`).

"At once" is a few minutes later, and everything of these minutes is one letter: five posts approved in a row are no
five letters, a decision taken back in time is none, and what was read in the portal meanwhile is not written at all.
"Once a day" is the morning of a working day. Nothing is written at night, at the weekend, at lunch or on a holiday of
the person's body; what came up then is one letter in the morning. What cannot wait, `telling` has mailed itself.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from people import letters, worktime
from people.models import Letter, MailChoice, Notice, User
from people.worktime import Calendar

SOON = timedelta(minutes=3)  # how long "at once" waits for more of the same
SETTLED = timedelta(minutes=1)  # what is younger may still be taken back
MORNING = timedelta(hours=2)  # of working time: a letter that a stopped worker missed still goes out then
RECENT = timedelta(days=14)  # what lies unread longer is no news
LISTED = 50


def write_letters(now: datetime | None = None) -> int:
    """Writes the letters that are due; returns how many. May be called as often as one likes."""
    now = now or timezone.now()
    people = list(_waiting(now))
    calendars = worktime.calendars_of_people(people) if people else {}
    return sum(_write(user, now, calendars[user.pk]) for user in people if _is_time(user, calendars[user.pk], now))


def _waiting(now: datetime) -> QuerySet[User]:
    told = _unmailed(now, SOON)
    people = User.objects.filter(is_active=True, pk__in=told.values("user")).exclude(mail_choice=MailChoice.PORTAL)
    return people.order_by("pk")


def _unmailed(now: datetime, settled: timedelta) -> QuerySet[Notice]:
    recent = Notice.objects.unread().filter(mailed_at__isnull=True, created_at__gte=now - RECENT)
    return recent.filter(created_at__lte=now - settled)


def _is_time(user: User, calendar: Calendar, now: datetime) -> bool:
    if not calendar.is_working(now):
        return False
    return user.mail_choice == MailChoice.AT_ONCE or calendar.worked_today(now) < MORNING


@transaction.atomic
def _write(user: User, now: datetime, calendar: Calendar) -> bool:
    # Of two workers the second waits here and then finds nothing left to write.
    notices = list(_unmailed(now, SETTLED).filter(user=user).select_for_update().order_by("created_at", "pk"))
    if not notices:
        return False
    key = f"notices:{user.pk}:{notices[0].pk}"
    if user.mail_choice == MailChoice.DAILY:
        key = f"daily:{now.astimezone(calendar.zone).date()}:{user.pk}"
        if Letter.objects.filter(key=key).exists():
            return False  # this morning's went out; what came since waits for the next
    if len(notices) == 1:
        letters.notice(user, notices[0], key=key)
    else:
        letters.notices(user, notices[:LISTED], key=key, more=max(0, len(notices) - LISTED))
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)
    return True
