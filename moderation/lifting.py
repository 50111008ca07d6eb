"""The end of a measure that lasts: whoever decided is told, once; that it was lifted in the network is a new row.

Told are those of the body who moderate and whoever took the decision; where the body has no moderator, the department.
"""

from datetime import datetime, timedelta
from uuid import uuid5

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import actions, clocks, journal
from moderation.models import Decision, Measure
from people import telling
from people.http import TooLate
from people.models import Notice, Tone, User
from people.roles import Permission
from people.telling import Event, Words

ENDED = Event("measure_ended", Tone.WAIT)
# Whoever did not answer for so long is not asked again: the list of the journal still shows it.
ASKED_FOR = timedelta(days=14)
BATCH = 500


@transaction.atomic
def lift(decision: Decision, explanation: str, *, by: User) -> Decision:
    """Notes that the measure ended, on its day or before; of two people at once, one wins."""
    journal.lock()
    if Decision.objects.filter(reverses=decision).exists():
        raise TooLate(_("This decision was taken back already."))
    if not decision.has_term:
        raise TooLate(_("This measure has no term: it can only be taken back."))
    if lifted(decision):
        raise TooLate(_("A colleague has noted it already."))
    row = actions.about(decision, Measure.LIFTED, explanation, by=by)
    row.entry_key = uuid5(decision.entry_key, Measure.LIFTED)  # the database, too, takes it once
    return journal.append(row, [])


def lifted(decision: Decision) -> Decision | None:
    """The row that says the measure ended."""
    return Decision.objects.filter(about=decision, measure=Measure.LIFTED).first()


def remind(now: datetime | None = None) -> int:
    """Tells of measures that ended, in the working hours of the body; answers with how many. A repeat tells nobody."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    rows = Decision.objects.ended(today).filter(blocked_until__gte=today - ASKED_FOR)
    rows = rows.exclude(number__in=_told()).for_listing().order_by("number")
    fresh = list(rows[:BATCH])
    calendars = clocks.calendars_of({row.organization for row in fresh})
    due = [row for row in fresh if calendars[row.organization_id].is_working(now) and is_over(row, now)]
    for row in due:
        with transaction.atomic():
            _tell(row)
    return len(due)


def _told() -> set[int]:
    """Numbers of decisions of which somebody was told."""
    since = timezone.now() - 2 * ASKED_FOR
    keys = Notice.objects.filter(kind=ENDED.kind, created_at__gt=since).values_list("key", flat=True)
    return {int(key.split(":")[1]) for key in keys}


def is_over(row: Decision, now: datetime) -> bool:
    """The last day belongs to the measure, by the body's own clock."""
    return row.blocked_until is not None and row.blocked_until < now.astimezone(row.organization.zone).date()


def _tell(row: Decision) -> None:
    here = User.objects.of(row.organization, Permission.MODERATE)
    people = {*(here or User.objects.who_may(Permission.MODERATE, row.organization)), row.made_by}
    title = _("The term of decision %(number)s is over: %(measure)s. Lift it in the network and note it.") % {
        "number": row.label,
        "measure": row.measure_words,
    }
    url = reverse("moderation:decision_detail", args=[row.number])
    telling.tell(ENDED, people, Words(title, url), key=str(row.number))
