"""Names and addresses that pages of the registry bore before, from the public history of entries.

A card is found by its number for good. By a name it is found as long as anybody bore it: the page that bears it now
comes before one that bore it once.
"""

from django.db.models.functions import Lower

from registry.models import Account, ChangeKind, EntryChange
from registry.models.changes import ChangeQuerySet


def renames() -> ChangeQuerySet:
    """Public changes of addresses, the newest first."""
    return EntryChange.objects.public().filter(kind=ChangeKind.RENAMED).order_by("-pk")


def bearer(network: str, name: str) -> Account | None:
    """The public entry whose page bears this name in the network, else the one that bore it last."""
    name = name.strip("/").lower()
    pages = Account.objects.public().filter(network__slug=network)
    found = pages.alias(handle_lower=Lower("handle")).filter(handle_lower=name).exclude(handle="").order_by("-pk")
    rows = sorted(found[:10], key=lambda account: not account.is_live)
    if rows:
        return rows[0]
    was = renames().filter(values__handle__0__iexact=name, account__network__slug=network)
    last = was.select_related("account").first()
    return last.account if last else None


def names_of(account: Account) -> list[tuple[str, EntryChange]]:
    """(address, the change that ended it) of earlier addresses, the newest first; the present one is none of them."""
    seen, names = {account.url}, []
    for change in renames().filter(account=account)[:20]:
        was = (change.values.get("url") or [""])[0]
        if was and was not in seen:
            seen.add(was)
            names.append((was.removeprefix("https://"), change))
    return names
