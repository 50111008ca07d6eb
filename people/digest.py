"""One letter a working morning instead of ten, for those who chose so: what they have not read since the last one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from people import letters, worktime
from people.models import Letter, MailChoice, Notice, User

MORNING = timedelta(hours=2)  # of working time: a digest that a stopped worker missed still goes out then
RECENT = timedelta(days=14)  # what lies unread longer is no news
LISTED = 50


def write_digests(now: datetime | None = None) -> int:
    """Writes the digests of this morning; returns how many. May be called as often as one likes."""
    now = now or timezone.now()
    people = list(_waiting(now))
    if not people:
        return 0
    calendars = worktime.calendars_of_people(people)
    return sum(_write(user, now, calendars[user.pk]) for user in people if _is_morning(calendars[user.pk], now))


def _waiting(now: datetime) -> "list[User]":
    told = Notice.objects.unread().filter(mailed_at__isnull=True, created_at__gte=now - RECENT)
    return list(
        User.objects.filter(is_active=True, mail_choice=MailChoice.DAILY, pk__in=told.values("user")).order_by("pk")
    )


def _is_morning(calendar: worktime.Calendar, now: datetime) -> bool:
    return calendar.is_working(now) and calendar.worked_today(now) < MORNING


@transaction.atomic
def _write(user: User, now: datetime, calendar: worktime.Calendar) -> bool:
    key = f"digest:{now.astimezone(calendar.zone).date()}:{user.pk}"
    if Letter.objects.filter(key=key).exists():
        return False  # this morning's went out; what came since waits for the next
    rows = user.notices.unread().filter(mailed_at__isnull=True, created_at__gte=now - RECENT)
    notices = list(rows.select_for_update())
    if not notices or not letters.digest(user, notices[:LISTED], key=key, more=max(0, len(notices) - LISTED)):
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)
    return True
