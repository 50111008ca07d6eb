"""Where a message was written, as its link tells: the page of the registry, the post, the comment, the conversation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.db.models import Q, QuerySet

from people.search import fold
from registry import links
from registry.models import Account, SocialNetwork

# VK writes `wall-1_2_r3` in an address that opens over another page, `?reply=3` everywhere else.
_REPLY = re.compile(r"(wall-\d+_\d+)_r(\d+)")
_COMMENT = ("reply", "comment", "commentId", "comment_id")
_MOST_NUMBER = 100
Key = tuple[object, ...]


@dataclass(frozen=True)
class Spot:
    """What a link says beside the page: numbers of the network, "" where it names none."""

    post: str = ""
    external_id: str = ""
    thread: str = ""


NOWHERE = Spot()


class Pages:
    """The accounts of a set, by whatever people name them with; one query for any number of names."""

    def __init__(self, accounts: "QuerySet[Account]") -> None:
        self._accounts = accounts
        self._networks = list(SocialNetwork.objects.with_status())
        self._said: dict[str, tuple[list[Key], Spot]] = {}
        self._known: dict[Key, Account | None] = {}

    def learn(self, names: Iterable[str]) -> None:
        """Asks for all of them at once; what is not among the accounts of the set stays unknown."""
        wanted = [key for name in names if name for key in self._read(name)[0]]
        asked = Q(pk__in=[])
        for key in set(wanted):
            asked |= _asked(key)
        if not wanted:
            return
        for account in self._accounts.filter(asked):
            for key in _keys_of(account):
                # A name of two pages names none.
                other = self._known.setdefault(key, account)
                self._known[key] = account if other is None or other.pk == account.pk else None

    def find(self, name: str) -> Account | None:
        """By the link of the page or of anything on it, by its number in the registry, its name, its name in links."""
        return next((found for key in self._read(name)[0] if (found := self._known.get(key))), None) if name else None

    def spot(self, link: str) -> Spot:
        """The post, the comment and the conversation in a link."""
        return self._read(link)[1] if link else NOWHERE

    def _read(self, text: str) -> tuple[list[Key], Spot]:
        text = text.strip()[: links.MAX_LENGTH]
        if text not in self._said:
            self._said[text] = self._taken_apart(text)
        return self._said[text]

    def _taken_apart(self, text: str) -> tuple[list[Key], Spot]:
        if text.isdigit() and len(text) < 15:
            return [("pk", int(text))], NOWHERE
        if "/" not in text:
            return [("name", fold(text.removeprefix("@")))], NOWHERE
        reply = _REPLY.search(text)
        try:
            place = links.read_place(_REPLY.sub(r"\1", text), self._networks)
            if place is None:
                page = links.read(text, networks=self._networks)
                return _keys(page.network, page.url, page.external_id), NOWHERE
        except links.BadLink:
            return [], NOWHERE
        keys = _keys(place.network, place.page.url if place.page else "", place.owner)
        return keys, _spot(place, reply[2] if reply else "")


def _spot(place: links.Place, reply: str) -> Spot:
    asked = parse_qs(place.query)
    number = reply or next((asked[name][0] for name in _COMMENT if name in asked), "")
    values = (place.post.external_id, number, asked.get("thread", [""])[0])
    return Spot(*(value if len(value) <= _MOST_NUMBER else "" for value in values))


def _keys(network: SocialNetwork, url: str, number: str) -> list[Key]:
    keys: list[Key] = [("number", network.pk, number)] if number else []
    return [*keys, ("url", network.pk, url)] if url else keys


def _keys_of(account: Account) -> list[Key]:
    keys: list[Key] = [("pk", account.pk), ("name", fold(account.name))]
    if account.handle:
        keys.append(("name", fold(account.handle)))
    if account.network:
        keys += _keys(account.network, account.url, account.external_id)
    return keys


def _asked(key: Key) -> Q:
    match key:
        case ("pk", number):
            return Q(pk=number)
        case ("number", network, number):
            return Q(network=network, external_id=number)
        case ("url", network, url):
            return Q(network=network, url=url)
        case (_, name):
            return Q(name__iexact=name) | Q(handle__iexact=name)
    return Q(pk__in=[])
