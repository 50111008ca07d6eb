"""Writes the history of entries: one row for each change that `registry.actions` makes, public and internal apart."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from people.models import User
from registry.models import PUBLIC_COLUMNS, PUBLIC_STATUSES, Account, AccountStatus, ChangeKind, EntryChange
from registry.models.accounts import INNER_COLUMNS

# What an entry says: {column: word, number, ISO day}. Never the keys of other rows: the journal outlives them.
Snapshot = dict[str, Any]

_BY_STATUS = {
    AccountStatus.SUSPENDED: ChangeKind.SUSPENDED,
    AccountStatus.ARCHIVED: ChangeKind.ARCHIVED,
    AccountStatus.NOT_KEPT: ChangeKind.NOT_KEPT,
    AccountStatus.PROHIBITED: ChangeKind.PROHIBITED,
}
_WHICH_PAGE = ("network", "url", "handle", "external_id")


def snapshot(account: Account) -> Snapshot:
    """What the entry says now, with the names of its responsible people once it is stored."""
    people = sorted(map(str, account.responsible_people.all())) if account.pk else []
    return _said(account) | {"responsible_people": ", ".join(people)}


def _said(account: Account) -> Snapshot:
    """What its own columns say."""
    return {name: _plain(getattr(account, name)) for name in (*PUBLIC_COLUMNS, *INNER_COLUMNS)}


def stored(account: Account) -> Snapshot | None:
    """What the database says of the entry; None of one that is not stored yet."""
    rows = Account.objects.select_related("organization", "network", "legal_act", "last_verified_by")
    found = rows.filter(pk=account.pk).first() if account.pk else None
    return snapshot(found) if found else None


def record(
    account: Account,
    before: Snapshot | None,
    *,
    by: User | None,
    kind: ChangeKind | None = None,
    note: str = "",
    inner: dict[str, list[Any]] | None = None,
    values: dict[str, list[Any]] | None = None,
) -> EntryChange | None:
    """Writes what changed since `before` (None: a new entry); nothing when nothing did, unless a kind is given.

    `values` and `inner` are added to what anybody and what only the portal may read.
    """
    changed = differences(before or {}, snapshot(account))
    if before is not None and not changed and kind is None:
        return None
    kind = kind or (ChangeKind.ADDED if before is None else kind_of(changed))
    row = _row(account, changed, kind, values or {}, inner or {})
    row.by, row.note = by, note
    row.save(force_insert=True)
    return row


def record_new(accounts: Iterable[Account], *, by: User | None) -> None:
    """As `record` of each of these entries, which were just stored and have no responsible people."""
    rows = [_row(account, differences({}, _said(account)), ChangeKind.ADDED, {}, {}) for account in accounts]
    for row in rows:
        row.by = by
    EntryChange.objects.bulk_create(rows, batch_size=500)


def _row(
    account: Account,
    changed: dict[str, list[Any]],
    kind: ChangeKind,
    values: dict[str, list[Any]],
    inner: dict[str, list[Any]],
) -> EntryChange:
    """The row about these differences, public and internal apart; not stored."""
    hidden = _hidden(account, changed)
    shown = {name: pair for name, pair in changed.items() if name in PUBLIC_COLUMNS and name not in hidden}
    shown |= values
    return EntryChange(
        account=account,
        kind=kind,
        values=shown,
        inner={name: pair for name, pair in changed.items() if name not in shown} | inner,
        is_public=_is_public(account) and (bool(shown) or kind not in (ChangeKind.EDITED, ChangeKind.TRUST)),
    )


def kind_of(changed: dict[str, list[Any]]) -> ChangeKind:
    """What a person would call this change."""
    if "status" in changed:
        was, now = changed["status"]
        if now == AccountStatus.ACTIVE:
            return ChangeKind.RESUMED if was in PUBLIC_STATUSES else ChangeKind.CONFIRMED
        return _BY_STATUS.get(AccountStatus(now), ChangeKind.EDITED)
    if "url" in changed:
        return ChangeKind.RENAMED
    if changed.keys() <= {"last_verified_on", "last_verified_by"}:
        return ChangeKind.VERIFIED
    return ChangeKind.EDITED


def _is_public(account: Account) -> bool:
    prohibited = bool(account.network and account.network.is_prohibited)
    return account.status in PUBLIC_STATUSES and not prohibited


def _hidden(account: Account, changed: dict[str, list[Any]]) -> tuple[str, ...]:
    """An address in a prohibited network, or in another one that may be prohibited some day, is never public."""
    moved = "network" in changed and changed["network"][0] is not None
    return _WHICH_PAGE if moved or not _is_public(account) else ()


def differences(before: Snapshot, after: Snapshot) -> dict[str, list[Any]]:
    """{column: [before, after]} of what differs."""
    pairs = {name: [before.get(name), value] for name, value in after.items()}
    return {name: pair for name, pair in pairs.items() if (pair[0] or "") != (pair[1] or "") or _is_no(pair)}


def _is_no(pair: list[Any]) -> bool:
    """ "No" instead of "nobody has looked" is a change; nothing instead of an empty text is none."""
    return False in pair and pair[0] is not pair[1]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
