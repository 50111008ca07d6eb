"""Is this page real? One explicit answer to whatever was pasted; never "official" for what is not listed."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from registry import lookalikes
from registry.links import MAX_LENGTH, Link, Pasted, look
from registry.lookalikes import Lookalike
from registry.models import Account, AccountStatus, KnownFake, SocialNetwork


class Verdict(StrEnum):
    """The answers. Their order says nothing; each is shown and tested by itself."""

    OFFICIAL = "official"
    FORMER = "former"
    FAKE = "fake"
    NOT_LISTED = "not_listed"
    PROHIBITED = "prohibited"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Answer:
    """What is known of the pasted page. `url` is canonical, None where the text names no page that can exist."""

    verdict: Verdict
    url: str | None = None
    account: Account | None = None
    fake: KnownFake | None = None
    network: SocialNetwork | None = None
    sentence: str = ""
    lookalikes: list[Lookalike] = field(default_factory=list)

    @property
    def until(self) -> date | None:
        """Until when a former page was official, as far as it is known."""
        return self.account.closed_on if self.account else None

    @property
    def is_suspended(self) -> bool:
        return bool(self.account and self.account.status == AccountStatus.SUSPENDED)


def verify(text: str, network: SocialNetwork | None = None, *, networks: list[SocialNetwork] | None = None) -> Answer:
    """Answers for the text a person pasted. `networks`: all of them, when the caller has them."""
    known = list(SocialNetwork.objects.with_status()) if networks is None else networks
    if len(text) > MAX_LENGTH:
        return Answer(
            Verdict.UNREADABLE, sentence=_("This is too long for a link. Paste the address of the page only.")
        )
    pasted = look(text, known, network)
    if pasted.network and pasted.network.is_prohibited and not pasted.site:
        return Answer(Verdict.PROHIBITED, network=pasted.network)
    if pasted.link:
        return _of_page(pasted.link)
    if pasted.name:
        return _of_name(pasted.name)
    return _of_no_page(pasted)


def _of_page(link: Link) -> Answer:
    if account := _listed(link):
        official = account.status == AccountStatus.ACTIVE
        fake = None if official else _fake(link.url)
        verdict = Verdict.OFFICIAL if official else Verdict.FAKE if fake else Verdict.FORMER
        return Answer(verdict, link.url, account, fake, link.network)
    likes = lookalikes.similar(link.handle, link.url)
    if fake := _fake(link.url):
        return Answer(Verdict.FAKE, link.url, fake=fake, network=link.network, lookalikes=likes)
    return Answer(Verdict.NOT_LISTED, link.url, network=link.network, lookalikes=likes)


def _listed(link: Link) -> Account | None:
    """The public entry of this page; an official one before a former one."""
    rows = Account.objects.public().of_page(link.network, link.url, link.external_id).with_relations()
    found = sorted(rows[:10], key=lambda account: (account.status != AccountStatus.ACTIVE, -account.pk))
    return found[0] if found else None


def _fake(url: str) -> KnownFake | None:
    return KnownFake.objects.select_related("organization", "account__network").filter(url=url).first()


def _of_name(name: str) -> Answer:
    """A name without a network: official when exactly one listed page bears it, and the answer names its network."""
    rows = Account.objects.public().named(name).with_relations()
    accounts = sorted(rows[:10], key=lambda account: (account.status != AccountStatus.ACTIVE, -account.pk))
    if len(accounts) == 1:
        account = accounts[0]
        verdict = Verdict.OFFICIAL if account.status == AccountStatus.ACTIVE else Verdict.FORMER
        return Answer(verdict, account.url, account, network=account.network)
    likes = lookalikes.similar(name)
    if accounts:
        sentence = _("Pages with this name exist in several networks. Paste the whole link of the page.")
        return Answer(Verdict.UNREADABLE, sentence=sentence, lookalikes=likes)
    return Answer(Verdict.NOT_LISTED, lookalikes=likes)


def _of_no_page(pasted: Pasted) -> Answer:
    """Another site, or an address no page of the network can have: a trap, when it looks like a real page."""
    likes = lookalikes.similar(pasted.tried) if pasted.tried else []
    if pasted.site:
        fake = _fake(pasted.site)
        verdict = Verdict.FAKE if fake else Verdict.NOT_LISTED
        return Answer(verdict, fake.url if fake else None, fake=fake, lookalikes=likes)
    if likes:
        return Answer(Verdict.NOT_LISTED, network=pasted.network, lookalikes=likes)
    return Answer(Verdict.UNREADABLE, sentence=pasted.sentence)
