"""Which accounts of the body a cell means: by link, by name, by network, by «везде»."""

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from people.models import Organization
from people.search import fold
from registry import links
from registry.models import Account, SocialNetwork

# How people call the networks, beside the name, the code and the letter mark of each.
_NICKNAMES = {
    "vk": ("вк", "vk", "вконтакте", "в контакте", "вконтакт"),
    "ok": ("ок", "ok", "одноклассники", "однокл"),
    "telegram": ("тг", "tg", "телеграм", "телеграмм", "telegram", "телега"),
    "max": ("макс", "max"),
    "facebook": ("fb", "фб", "фейсбук", "facebook"),
    "instagram": ("ig", "инста", "инстаграм", "инстаграмм", "instagram"),
}
_EVERYWHERE = {"все", "всё", "везде", "все аккаунты", "все соцсети", "все сети", "во всех", "во все аккаунты"}
_BETWEEN = re.compile(r"\n|;|,|\s\+\s|\s/\s|\sи\s", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[/+]")
_LINK = re.compile(r"://|^@|\w\.\w+/\w")


class BadAccount(ValueError):
    """The words mean no account of the body; `sentence` tells the person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class AccountBook:
    """The accounts a body may publish in now, to be asked for each row: three queries for any number of rows."""

    def __init__(self, organization: Organization) -> None:
        rows = Account.objects.active().filter(organization=organization, network__in=SocialNetwork.objects.allowed())
        self.accounts = list(rows.for_listing())
        self._networks = list(SocialNetwork.objects.with_status())
        self._names = {name: network for network in self._networks for name in _names_of(network)}

    @property
    def columns(self) -> dict[str, str]:
        """How people call the networks one may publish in, with the slug of each."""
        return {name: network.slug for name, network in self._names.items() if not network.is_prohibited}

    def of_network(self, slug: str, link: str = "") -> list[Account]:
        """The one account in the network, or that of the link there. Raises BadAccount."""
        network = next((network for network in self._networks if network.slug == slug), None)
        if network is None or network.is_prohibited:
            raise BadAccount(_("This network is prohibited in Russia, nothing is published there."))
        if link:
            found = [account for account in self._one(link) if account.network_id == network.pk]
        else:
            found = self._of_network(network, network.name)
        if not found:
            raise BadAccount(_("The body has no active account in “%(network)s”.") % {"network": network.name})
        return found

    def read(self, text: str) -> list[Account]:
        """The accounts in the cell, each once; an empty cell means all of them. Raises BadAccount."""
        if not self.accounts:
            raise BadAccount(_("The body has no active account in the registry: there is nowhere to publish yet."))
        if not text or fold(text).strip(". ") in _EVERYWHERE:
            return self.accounts
        whole = self._found(text)
        found = whole or [account for part in _parts(text) or [text] for account in self._one(part)]
        return [account for n, account in enumerate(found) if account not in found[:n]]

    def _one(self, text: str) -> list[Account]:
        found = self._found(text)
        if found:
            return found
        names = "; ".join(str(account) for account in self.accounts)
        raise BadAccount(
            _("There is no active account “%(account)s” of this body. There are: %(names)s.")
            % {"account": text[:80], "names": names}
        )

    def _found(self, text: str) -> list[Account]:
        if "\n" in text:
            return []
        if _LINK.search(text):
            return self._of_link(text)
        words = fold(text).strip(" .«»\"'")
        self._refuse_prohibited(words)
        network = self._names.get(words)
        if network:
            return self._of_network(network, text)
        return self._of_name(words)

    def _of_link(self, text: str) -> list[Account]:
        if text.startswith("@"):
            handle = text.lstrip("@").casefold()
            return [account for account in self.accounts if account.handle.casefold() == handle]
        try:
            link = links.read(text, networks=self._networks)
        except links.BadLink as refusal:
            raise BadAccount(refusal.sentence) from refusal
        return [account for account in self.accounts if account.url.casefold() == link.url.casefold()]

    def _refuse_prohibited(self, words: str) -> None:
        for name, network in self._names.items():
            if network.is_prohibited and re.match(rf"{re.escape(name)}\b", words):
                raise BadAccount(_("This network is prohibited in Russia, nothing is published there."))

    def _of_network(self, network: SocialNetwork, text: str) -> list[Account]:
        found = [account for account in self.accounts if account.network_id == network.pk]
        if len(found) > 1:
            names = "; ".join(account.name for account in found)
            raise BadAccount(
                _("The body has several accounts in “%(network)s”: %(names)s. Write which one.")
                % {"network": text, "names": names}
            )
        return found

    def _of_name(self, words: str) -> list[Account]:
        """«Уртам официально», «ВКонтакте: Уртам официально», «Уртам официально (ВК)»."""
        for name, network in self._names.items():
            if words.startswith((f"{name}:", f"{name} ", f"{name}-")) or words.endswith(f"({name})"):
                rest = words.removeprefix(name).removesuffix(f"({name})").strip(" :-–—,()")
                found = _called(rest, (a for a in self.accounts if a.network_id == network.pk))
                if found:
                    return found
        return _called(words, self.accounts)


def _called(words: str, accounts: Iterable[Account]) -> list[Account]:
    """The one account of that name or name in the address; part of a name will do where only one has it."""
    accounts = list(accounts)
    exact = [account for account in accounts if words in (fold(account.name), fold(account.handle))]
    if exact:
        return exact
    partly = [account for account in accounts if len(words) > 3 and words in fold(account.name)]
    return partly if len(partly) == 1 else []


def _parts(text: str) -> Sequence[str]:
    parts = _BETWEEN.split(text)
    # «ВК/ОК» are two, a link with its slashes is one.
    words = [word for part in parts for word in ([part] if _LINK.search(part) else _BETWEEN_WORDS.split(part))]
    return [word.strip() for word in words if word.strip()]


def _names_of(network: SocialNetwork) -> set[str]:
    return {fold(name) for name in (network.name, network.slug, network.mark) if name} | set(
        _NICKNAMES.get(network.slug, ())
    )
