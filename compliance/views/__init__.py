"""Pages of the room: results of weeks, explanations, and the page after sign-in."""

from compliance.views.circumstances import circumstance_create, circumstance_end
from compliance.views.today import today
from compliance.views.weeks import week_check, week_detail, week_export, week_list

__all__ = [
    "circumstance_create",
    "circumstance_end",
    "today",
    "week_check",
    "week_detail",
    "week_export",
    "week_list",
]
