"""Everything that can happen to an entry of the registry. Every write of an account passes here."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.http import TooLate
from people.models import Organization, User
from registry import history, lookalikes
from registry.models import Account, AccountStatus, ChangeKind, LegalAct

# What an entry of a prohibited network may be: a trace of the past, never a page that is kept.
_STATUSES_WHERE_PROHIBITED = (AccountStatus.ARCHIVED, AccountStatus.PROHIBITED)


def create_account(
    account: Account, *, by: User, responsible_people: Iterable[User] = (), new_act: LegalAct | None = None
) -> Account:
    """Stores a new, already validated entry. `new_act` is stored with it."""
    return _store(account, responsible_people, new_act, by)


def edit_account(
    account: Account, *, by: User, responsible_people: Iterable[User] = (), new_act: LegalAct | None = None
) -> Account:
    """Stores a changed, already validated entry. `new_act` is stored with it."""
    return _store(account, responsible_people, new_act, by)


@transaction.atomic
def verify(account: Account, *, by: User, on: date | None = None) -> None:
    """Somebody has opened the page and found it to be the body's own."""
    if account.status != AccountStatus.ACTIVE:
        raise TooLate(_("Only an active page can be verified."))
    before = history.snapshot(account)
    account.last_verified_on = on or timezone.localdate()
    account.last_verified_by = by
    with audit.acting(by):
        account.save(update_fields=["last_verified_on", "last_verified_by"])
    history.record(account, before, by=by, kind=ChangeKind.VERIFIED)


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
    return len(accounts)


def _store(account: Account, responsible_people: Iterable[User], new_act: LegalAct | None, by: User) -> Account:
    if account.network and account.network.is_prohibited and account.status not in _STATUSES_WHERE_PROHIBITED:
        raise ValueError(f"{account.network} is prohibited: an entry there is an archive entry")
    try:
        with transaction.atomic(), audit.acting(by):
            if new_act:
                new_act.save()
                account.legal_act = new_act
            before = history.stored(account)
            account.search = account.search_text
            account.save()
            lookalikes.index([account])
            _set_people(account, list(responsible_people))
            history.record(account, before, by=by)
    except IntegrityError as error:
        raise TooLate(_("Somebody has just entered the same page.")) from error
    return account


def _set_people(account: Account, people: list[User]) -> None:
    before = sorted(map(str, account.responsible_people.all()))
    account.responsible_people.set(people)
    audit.changed(account, responsible_people=(", ".join(before), ", ".join(sorted(map(str, people)))))
