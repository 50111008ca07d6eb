"""Every working morning: whose answers grow too old, and who has left and still holds rights. A repeat says nothing."""

from collections import defaultdict
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import telling
from people.models import Organization, Tone, User
from people.roles import Permission
from people.telling import Event, Words
from people.weeks import Week
from registry.models import Account, RightsHolder
from registry.notices import department
from registry.security.checklist import Wanted, waiting

DUE = Event("security_due", Tone.WAIT)
DUE_DEPARTMENT = Event("security_overdue", Tone.WAIT)
LEFT = Event("rights_of_leaver", Tone.BAD)


def remind(today: date | None = None) -> int:
    """Tells the bodies and the department, each once a week; of a leaver's rights once. Returns how many were told."""
    day = today or timezone.localdate()
    return _tell_bodies(day) + _tell_department(day) + _tell_of_leavers()


def _tell_bodies(day: date) -> int:
    soon = day + timedelta(days=settings.SECURITY_REMINDER_DAYS)
    by_body: dict[Organization, list[Account]] = defaultdict(list)
    for account in waiting(soon).for_listing():
        by_body[account.organization].append(account)
    told = 0
    for body, accounts in by_body.items():
        title = ngettext(
            "The security of %(n)d page is to be looked at again",
            "The security of %(n)d pages is to be looked at again",
            len(accounts),
        ) % {"n": len(accounts)}
        words = Words(title, reverse("registry:security_list"), "\n".join(f"– {one.name}" for one in accounts))
        people = User.objects.of(body, Permission.KEEP_SECURITY)
        told += len(telling.tell(DUE, people, words, key=f"{body.pk}:{_week(day)}"))
    return told


def _tell_department(day: date) -> int:
    by_keeper: dict[User, set[int]] = defaultdict(set)
    keepers: dict[int, list[User]] = {}
    for account in waiting(day).for_listing():
        body = account.organization
        if body.pk not in keepers:
            keepers[body.pk] = department(body)
        for user in keepers[body.pk]:
            by_keeper[user].add(account.pk)
    told = 0
    for user, accounts in by_keeper.items():
        title = ngettext(
            "The security checklist of %(n)d page is overdue",
            "The security checklist of %(n)d pages is overdue",
            len(accounts),
        ) % {"n": len(accounts)}
        words = Words(title, f"{reverse('registry:security_list')}?show={Wanted.OVERDUE.value}")
        told += len(telling.tell(DUE_DEPARTMENT, [user], words, key=_week(day)))
    return told


def _tell_of_leavers() -> int:
    told = 0
    rights = RightsHolder.objects.of_leavers().filter(account__in=Account.objects.in_use())
    for holder in rights.select_related("account__organization"):
        body = holder.account.organization
        title = _("%(name)s has left and still holds rights: “%(page)s”") % {
            "name": holder.name,
            "page": holder.account.name,
        }
        words = Words(title, reverse("registry:security_detail", args=[holder.account_id]))
        people = [*department(body), *User.objects.of(body, Permission.KEEP_SECURITY)]
        told += len(telling.tell(LEFT, people, words, key=str(holder.pk)))
    return told


def _week(day: date) -> str:
    return Week.of(day).monday.isoformat()
