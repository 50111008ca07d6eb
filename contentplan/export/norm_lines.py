"""How a plan stands to the norm, in the words of an official paper: «5 из 5» (procedure, cl. 5)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contentplan import norm
from people.models import Organization
from people.weeks import Week

NAMED = 20  # so many accounts that lack something are named, the rest are counted


def norm_lines(bodies: Sequence[Organization], weeks: list[Week]) -> list[str]:
    """A line for each week: of one body every account, of several who lacks something."""
    rows = norm.meters_of_weeks(bodies, weeks)
    if len(bodies) == 1:
        return [_of_body(week, rows[bodies[0].pk, week.monday]) for week in weeks]
    names = {body.pk: body.short_name for body in bodies}
    return [_of_all(week, [(names[pk], meter) for pk in names for meter in rows[pk, week.monday]]) for week in weeks]


def _of_body(week: Week, meters: list[norm.Meter]) -> str:
    owing = [meter for meter in meters if meter.required]
    if not owing:
        return _("Week %(week)s: no norm is set.") % {"week": week.title}
    return _("Norm of the week %(week)s: %(accounts)s.") % {
        "week": week.title,
        "accounts": ", ".join(f"{meter.name} — {_count(meter)}" for meter in owing),
    }


def _of_all(week: Week, rows: list[tuple[str, norm.Meter]]) -> str:
    owing = [(name, meter) for name, meter in rows if meter.required]
    short = [f"{name}, {meter.name} — {_count(meter)}" for name, meter in owing if _done(meter) < meter.required]
    n = len(owing)
    values = {"week": week.title, "kept": n - len(short), "n": n}
    line = ngettext(
        "Norm of the week %(week)s: covered by %(kept)d account of %(n)d.",
        "Norm of the week %(week)s: covered by %(kept)d accounts of %(n)d.",
        n,
    )
    if not short:
        return line % values
    more = [_("and %(n)d more") % {"n": len(short) - NAMED}] if len(short) > NAMED else []
    return f"{line % values} " + _("Short: %(accounts)s.") % {"accounts": "; ".join(short[:NAMED] + more)}


def _done(meter: norm.Meter) -> int:
    return meter.published + meter.planned


def _count(meter: norm.Meter) -> str:
    return _("%(done)s of %(required)d") % {"done": _done(meter), "required": meter.required}
