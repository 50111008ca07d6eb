"""Background work of the room; each task calls one function that a command calls too."""

from datetime import date
from zoneinfo import ZoneInfo

from celery import shared_task

from compliance import check, notices
from people.weeks import Week


@shared_task
def check_closed_weeks() -> list[str]:
    """Checks every closed week that is due, in every zone; does nothing the second time. Answers with what it began.

    Each zone is a task of its own: what goes wrong in one keeps no other waiting.
    """
    begun = [zone.key for zone in check.zones_in_use() if check.due_weeks(zone)]
    for name in begun:
        check_zone.delay(name)
    # A worker may have died between a check and its letters; those that were written are not written again.
    notices.write_letters_left()
    return begun


@shared_task
def check_zone(name: str) -> list[str]:
    """Checks the due weeks of one zone, each once. Answers with the weeks."""
    zone = ZoneInfo(name)
    return [str(week) for week in check.due_weeks(zone) if check.check_week_once(week, zone)]


@shared_task
def check_again(monday: str, name: str) -> None:
    """Checks a week that may have been checked before."""
    check.check_week(Week(date.fromisoformat(monday)), ZoneInfo(name))
