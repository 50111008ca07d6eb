"""Being away: entered, and taken back. The deputy is told of both."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import telling
from people.http import TooLate
from people.models import Absence, Tone, User
from people.names import accusative
from people.telling import Event, Words

STANDS_IN = Event("deputy_appointed", Tone.WAIT)
STANDS_IN_NO_MORE = Event("deputy_released")


@transaction.atomic
def enter(user: User, deputy: User, starts_on: date, ends_on: date, *, by: User) -> Absence:
    """Raises ValidationError for days that meet another absence."""
    # Two forms sent at once: the second waits here and meets the first.
    User.objects.select_for_update().get(pk=user.pk)
    absence = Absence(user=user, deputy=deputy, starts_on=starts_on, ends_on=ends_on, made_by=by)
    absence.full_clean()
    absence.save()
    title = _("You stand in for %(name)s") % {"name": _whom(user)}
    text = _("From %(first)s to %(last)s: what %(name)s would be told comes to you.") % {
        "first": date_format(starts_on, "j E"),
        "last": date_format(ends_on, "j E"),
        "name": user,
    }
    words = Words(title, reverse("people:notice_list"), text)
    telling.tell(STANDS_IN, [deputy], words, key=str(absence.pk), by=by)
    return absence


@transaction.atomic
def take_back(absence: Absence, *, by: User) -> None:
    """The person is back: yesterday was the last day away; what has not begun never was."""
    current = Absence.objects.select_for_update().filter(pk=absence.pk).first()
    today = timezone.localdate()
    if current is None or current.ends_on < today:
        raise TooLate(_("This absence is over already."))
    if current.starts_on >= today:
        current.delete()
    else:
        current.ends_on = today - timedelta(days=1)
        current.save(update_fields=["ends_on"])
    title = _("You no longer stand in for %(name)s") % {"name": _whom(absence.user)}
    words = Words(title, reverse("people:notice_list"))
    telling.tell(STANDS_IN_NO_MORE, [absence.deputy], words, key=str(absence.pk), by=by)


def _whom(user: User) -> str:
    return accusative(user) or str(user)
