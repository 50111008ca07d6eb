"""Names and addresses that pages of the registry bore before they were renamed.

A card is found by its number for good. By a name it is found as long as anybody bore it: the page that bears it now
comes before one that bore it once. Whoever holds the old name today may be a stranger: it is never official by itself.
"""

from django.db.models import Prefetch
from django.db.models.functions import Lower
from django.utils import timezone

from registry.history import Snapshot
from registry.models import PUBLIC_STATUSES, Account, FormerName, SocialNetwork
from registry.models.names import FormerNameQuerySet


def note(account: Account, before: Snapshot | None) -> None:
    """Keeps the address that a public entry has just left; `before` is what the entry said until now.

    An address nobody was shown is forgotten: of a page that waits to be confirmed, or whose link was never entered.
    """
    if not before or not before["url"] or before["url"] == account.url or before["status"] not in PUBLIC_STATUSES:
        return
    network = account.network
    if network is None or before["network"] != str(network):
        network = SocialNetwork.objects.filter(name=before["network"]).first()
    if network:
        values = {"network": network, "handle": before["handle"], "until": timezone.now()}
        FormerName.objects.update_or_create(account=account, url=before["url"], defaults=values)


def _shown() -> FormerNameQuerySet:
    """With all that an answer about the page of today needs."""
    pages = Prefetch("account", Account.objects.with_relations())
    return FormerName.objects.public().select_related("network").prefetch_related(pages)


def of_url(url: str) -> FormerName | None:
    """The public page that left this address last."""
    return _shown().filter(url=url).first()


def of_name(name: str) -> list[FormerName]:
    """Addresses with this name that public pages have left, in any network."""
    return list(_shown().named(name)[:10])


def bearer(network: str, name: str) -> Account | None:
    """The public entry whose page bears this name in the network, else the one that bore it last."""
    name = name.strip("/").lower()
    pages = Account.objects.public().filter(network__slug=network)
    found = pages.alias(handle_lower=Lower("handle")).filter(handle_lower=name).exclude(handle="").order_by("-pk")
    rows = sorted(found[:10], key=lambda account: not account.is_live)
    if rows:
        return rows[0]
    last = _shown().named(name).filter(network__slug=network).first()
    return last.account if last else None


def names_of(account: Account) -> list[FormerName]:
    """Earlier addresses, the one left last first; the present one is none of them."""
    return list(FormerName.objects.public().filter(account=account).exclude(url=account.url)[:20])
