"""Pages are looked at again in time: who is reminded, what is overdue, several noted at once (procedure, cl. 3).

The term is `VERIFICATION_DAYS` of the settings. On the last day of it a page is still good; on the next it is overdue.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import telling
from people.http import TooLate
from people.models import Organization, Tone, User
from people.roles import Permission
from people.telling import Event, Words
from people.weeks import Week
from registry import actions
from registry.models import Account, CheckItem, CheckUse
from registry.models.accounts import AccountQuerySet
from registry.notices import by_keeper
from registry.verifying import Answers, lacking

DUE = Event("verification_due", Tone.WAIT)
YEARLY = Event("registry_year", Tone.WAIT)


def kept_by(user: User) -> AccountQuerySet:
    """Entries of the bodies whose registry the person keeps."""
    return Account.objects.filter(user.reach(Permission.EDIT_REGISTRY))


def items() -> list[CheckItem]:
    """What is asked when a page is looked at again."""
    return CheckItem.used_for(CheckUse.REVIEW)


@transaction.atomic
def note(keys: Iterable[int], *, answers: Answers, by: User) -> int:
    """The person has opened each of these pages and found it in order: noted today, each with a row of its history.

    All or none. A page out of the person's reach does not exist; one that is not active any more is too late.
    """
    wanted = set(keys)
    if sentence := lacking(items(), answers):
        raise TooLate(sentence)
    rows = kept_by(by).filter(pk__in=wanted).select_related("organization", "network", "legal_act", "last_verified_by")
    accounts = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if len(accounts) != len(wanted):
        raise Http404
    for account in accounts:
        actions.verify(account, by=by, answers=answers)
    return len(accounts)


def remind(today: date | None = None) -> int:
    """Tells the department once a week how many pages are overdue. Returns how many people were told."""
    day = today or timezone.localdate()
    told = 0
    for user, number in by_keeper(Account.objects.due_for_verification(day)).items():
        title = ngettext(
            "%(n)d page of the registry is to be looked at again",
            "%(n)d pages of the registry are to be looked at again",
            number,
        ) % {"n": number}
        text = _("Open each page, go through the checklist and note all of them at once.")
        words = Words(title, reverse("registry:verification_list"), text)
        told += len(telling.tell(DUE, [user], words, key=Week.of(day).monday.isoformat()))
    return told


def write_yearly(today: date | None = None) -> int:
    """In `YEARLY_LETTER_MONTH` each body is asked whether its entries are right; a repeat in the year says nothing.

    The first working morning of the month on which the worker is there asks; by letter or in the portal only, as each
    person chose. Returns how many people were asked.
    """
    day = today or timezone.localdate()
    if day.month != settings.YEARLY_LETTER_MONTH:
        return 0
    bodies: dict[Organization, list[Account]] = defaultdict(list)
    for account in Account.objects.in_use().for_listing().iterator(chunk_size=2000):
        bodies[account.organization].append(account)
    asked = 0
    for body, accounts in bodies.items():
        title = _("Are the entries of the registry still right? %(body)s") % {"body": body.short_name}
        url = f"{reverse('registry:account_manage')}?organization={body.slug}"
        words = Words(title, url, _yearly_words(accounts))
        people = User.objects.of(body, Permission.PROPOSE_ENTRY)
        asked += len(telling.tell(YEARLY, people, words, key=f"{day.year}:{body.pk}"))
    return asked


def _yearly_words(accounts: list[Account]) -> str:
    """What to look at and what to do."""
    return "\n".join(
        [
            _(
                "Once a year we ask each body to look through its entries: addresses, names, who answers for the page, "
                "work phone and e-mail."
            ),
            *(f"– {_line(account)}" for account in accounts),
            _(
                "If something is otherwise, propose a change; the department will verify it. If all is right, nothing "
                "is to be done."
            ),
        ]
    )


def _line(account: Account) -> str:
    """«Уртам, ВКонтакте: vk.com/urtam»."""
    page = f"{account.name}, {account.network}"
    return f"{page}: {account.address}" if account.url else page
