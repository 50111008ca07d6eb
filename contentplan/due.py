"""When a week's plan has to be handed in: Friday noon before the week (reference list, defaults)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from people.weeks import Week

PLAN_DUE_DAYS_BEFORE_MONDAY = 3  # the Friday before
PLAN_DUE_TIME = time(12, 0)


def plan_due_at(week: Week, zone: ZoneInfo) -> datetime:
    """The last moment at which the plan of the week is handed in on time, in the organization's zone."""
    return datetime.combine(week.monday - timedelta(days=PLAN_DUE_DAYS_BEFORE_MONDAY), PLAN_DUE_TIME, tzinfo=zone)
