"""How habits are said: «вт», «каждую неделю, по вторникам в 10:00»."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contentplan.models import Repetition
from people.templatetags.portal import WEEKDAYS

register = template.Library()

ON_DAYS = [
    gettext_lazy("on Mondays"),
    gettext_lazy("on Tuesdays"),
    gettext_lazy("on Wednesdays"),
    gettext_lazy("on Thursdays"),
    gettext_lazy("on Fridays"),
    gettext_lazy("on Saturdays"),
    gettext_lazy("on Sundays"),
]


@register.filter
def day_name(number: int) -> str:
    """«пн» of 1."""
    return str(WEEKDAYS[number - 1])


@register.filter
def rhythm(repetition: Repetition) -> str:
    """«Каждую неделю, по вторникам в 10:00»."""
    n = repetition.every_weeks
    often = _("every week") if n == 1 else ngettext("once in %(n)d week", "once in %(n)d weeks", n) % {"n": n}
    values = {"often": often, "days": ON_DAYS[repetition.weekday - 1], "time": f"{repetition.at:%H:%M}"}
    return _("%(often)s, %(days)s at %(time)s") % values
