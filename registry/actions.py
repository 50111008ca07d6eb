"""Everything that can happen to an entry of the registry. Every write of an account passes here.

Only the mark of a state organization is also written by `registry.trust`, when somebody finds it gone.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from people import audit
from people.http import TooLate
from people.models import Organization, User
from registry import former, history, lookalikes, searching, trust
from registry.models import STATUSES_WHERE_PROHIBITED, TRANSITIONS, Account, AccountStatus, ChangeKind, LegalAct

# The answers to an item of the checklist.
ANSWERS = {
    "yes": pgettext_lazy("checklist", "yes"),
    "no": pgettext_lazy("checklist", "no"),
    "na": pgettext_lazy("checklist", "does not apply"),
}


def create_account(
    account: Account, *, by: User, responsible_people: Iterable[User] = (), new_act: LegalAct | None = None
) -> Account:
    """Stores a new, already validated and approved entry. `new_act` is stored with it."""
    return store(account, by=by, responsible_people=responsible_people, new_act=new_act)


@transaction.atomic
def create_accounts(accounts: Sequence[Account], *, by: User) -> None:
    """Stores many new, already validated and approved entries as `store` does one, in so many queries for each 500.

    Acts that belong to them are stored already. Raises IntegrityError when the database refuses one of them.
    """
    for account in accounts:
        _require_allowed(account)
        account.search = account.search_text
    with audit.acting(by):
        Account.objects.bulk_create(accounts, batch_size=500)
        audit.created(accounts)
        lookalikes.index(accounts)
        searching.index(accounts)
        history.record_new(accounts, by=by)


def edit_account(
    account: Account, *, by: User, responsible_people: Iterable[User] | None = None, new_act: LegalAct | None = None
) -> Account:
    """Stores a changed, already validated and approved entry. `new_act` is stored with it; None keeps its people."""
    return store(account, by=by, responsible_people=responsible_people, new_act=new_act)


@transaction.atomic
def suspend(account: Account, *, by: User, reason: str = "") -> Account:
    """Takes the link of an official page off the open pages at once: what may be in other hands waits for nobody."""
    stored = Account.objects.select_for_update().get(pk=account.pk)
    if stored.status != AccountStatus.ACTIVE:
        raise TooLate(_("Only an active page can be suspended."))
    stored.status = AccountStatus.SUSPENDED
    return store(stored, by=by, note=reason)


def archive(account: Account, *, by: User | None, on: date, note: str) -> Account:
    """Puts an entry of a network that became prohibited into the archive; by nobody when its day comes by itself."""
    account.status = AccountStatus.ARCHIVED
    if account.closed_on is None and (account.opened_on is None or account.opened_on <= on):
        account.closed_on = on
    return store(account, by=by, note=note)


@transaction.atomic
def verify(
    account: Account, *, by: User, on: date | None = None, answers: Iterable[dict[str, str]] = (), note: str = ""
) -> None:
    """Somebody has opened the page and found it to be the body's own, by the checklist if there are `answers`."""
    if account.status != AccountStatus.ACTIVE:
        raise TooLate(_("Only an active page can be verified."))
    before = history.snapshot(account)
    account.last_verified_on = on or timezone.localdate()
    account.last_verified_by = by
    with audit.acting(by):
        account.save(update_fields=["last_verified_on", "last_verified_by"])
    inner = {"checklist": [None, told]} if (told := in_words(answers)) else None
    history.record(account, before, by=by, kind=ChangeKind.VERIFIED, note=note, inner=inner)


def refresh_search_of(organization: Organization) -> None:
    """The body was renamed or moved to another village: people search its pages by that."""
    refresh_search(organization.accounts.select_related("organization", "network"))


def refresh_search(accounts: Iterable[Account] | None = None) -> int:
    """Writes the search text anew where it no longer fits; returns how many entries it mended.

    Needed after an organization or a network is renamed; `accounts` come with both fetched.
    """
    if accounts is None:
        accounts = Account.objects.select_related("organization", "network").iterator(chunk_size=2000)
    mended = 0
    stale: list[Account] = []
    for account in accounts:
        text = account.search_text
        if account.search != text:
            account.search = text
            stale.append(account)
        if len(stale) == 2000:
            mended += _write_search(stale)
            stale = []
    return mended + _write_search(stale)


def _write_search(accounts: list[Account]) -> int:
    # A derived column: nothing for the audit log.
    Account.objects.bulk_update(accounts, ["search"], batch_size=500)
    lookalikes.index(accounts)  # the search text holds the name: both grow stale together
    searching.index(accounts)
    return len(accounts)


def store(
    account: Account,
    *,
    by: User | None,
    responsible_people: Iterable[User] | None = None,
    new_act: LegalAct | None = None,
    note: str = "",
    answers: Iterable[dict[str, str]] = (),
) -> Account:
    """The one door through which an entry is written: it becomes the approved version, with a row of its history.

    People propose at `registry.proposing`; here is what was accepted. `note` and the answers of the checklist stay in
    the internal part of the history. Raises TooLate when somebody has entered the same page, or when the state of
    the entry cannot follow the one it is in.
    """
    _require_allowed(account)
    try:
        with transaction.atomic(), audit.acting(by):
            if new_act:
                new_act.save()
                account.legal_act = new_act
            before = history.stored(account)
            _require_transition(before, account)
            account.search = account.search_text
            account.save()
            former.note(account, before)
            lookalikes.index([account])
            searching.index([account])
            if responsible_people is not None:
                _set_people(account, list(responsible_people))
            inner = {"checklist": [None, told]} if (told := in_words(answers)) else None
            history.record(account, before, by=by, note=note, inner=inner)
            if by and account.has_state_mark != (before or {}).get("has_state_mark"):
                trust.follow(account, by=by)
    except IntegrityError as error:
        raise TooLate(_("Somebody has just entered the same page.")) from error
    return account


def _require_allowed(account: Account) -> None:
    if account.network and account.network.is_prohibited and account.status not in STATUSES_WHERE_PROHIBITED:
        raise ValueError(f"{account.network} is prohibited: an entry there is an archive entry")


def _require_transition(before: history.Snapshot | None, account: Account) -> None:
    was = AccountStatus(before["status"]) if before else account.status
    if was != account.status and account.status not in TRANSITIONS[AccountStatus(was)]:
        states = {"was": AccountStatus(was).label, "now": AccountStatus(account.status).label}
        raise TooLate(_("An entry that is “%(was)s” cannot become “%(now)s” at once.") % states)


def in_words(answers: Iterable[dict[str, str]]) -> str:
    """The answers of a checklist as one text for the history: «Страница открывается: да»."""
    lines = [
        f"{row['text']}: {ANSWERS[row['answer']]}" + (f" ({row['note']})" if row["note"] else "") for row in answers
    ]
    return "; ".join(lines)


def _set_people(account: Account, people: list[User]) -> None:
    before = sorted(map(str, account.responsible_people.all()))
    account.responsible_people.set(people)
    audit.changed(account, responsible_people=(", ".join(before), ", ".join(sorted(map(str, people)))))
