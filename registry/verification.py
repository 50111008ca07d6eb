"""Is this page real? One explicit answer to whatever was pasted; never "official" for what is not listed."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from registry import former, lookalikes
from registry.links import MAX_LENGTH, Link, Pasted, look
from registry.links.pages import page_or_none
from registry.lookalikes import Lookalike
from registry.models import Account, AccountStatus, FormerName, KnownFake, SocialNetwork


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
    former: FormerName | None = None  # the page left this address; `account` says where it is now
    network: SocialNetwork | None = None
    sentence: str = ""
    lookalikes: list[Lookalike] = field(default_factory=list)

    @property
    def until(self) -> date | None:
        """Until when a former page was official, as far as it is known."""
        if self.former:
            return timezone.localdate(self.former.until)
        return self.account.closed_on if self.account else None

    @property
    def is_suspended(self) -> bool:
        return bool(self.account and not self.former and self.account.status == AccountStatus.SUSPENDED)


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
        return _of_name(pasted.name, known)
    return _of_no_page(pasted)


def _of_page(link: Link) -> Answer:
    if account := _listed(link):
        official = account.status == AccountStatus.ACTIVE
        fake = None if official else _fake(link.url)
        verdict = Verdict.OFFICIAL if official else Verdict.FAKE if fake else Verdict.FORMER
        return Answer(verdict, link.url, account, fake, network=link.network)
    if fake := _fake(link.url):
        return Answer(Verdict.FAKE, link.url, fake=fake, network=link.network, lookalikes=_likes(link))
    if left := former.of_url(link.url):
        return Answer(Verdict.FORMER, link.url, left.account, former=left, network=link.network)
    return Answer(Verdict.NOT_LISTED, link.url, network=link.network, lookalikes=_likes(link))


def _likes(link: Link) -> list[Lookalike]:
    return lookalikes.similar(link.handle, link.url)


def _listed(link: Link) -> Account | None:
    """The public entry of this page; an official one before a former one."""
    rows = Account.objects.public().of_page(*_which(link)).with_relations()
    found = sorted(rows[:10], key=lambda account: (account.status != AccountStatus.ACTIVE, -account.pk))
    return found[0] if found else None


def _fake(url: str) -> KnownFake | None:
    return KnownFake.objects.held().select_related("organization", "account__network").filter(url=url).first()


def _of_name(name: str, known: list[SocialNetwork]) -> Answer:
    """A name without a network: official when exactly one listed page bears it, and the answer names its network.

    Where another page bore it once, or a known fake bears it, nobody can say which of them is meant.
    """
    borne = _pages_named(name, known)
    if len(borne) == 1:
        return _of_page(borne.popitem()[1])
    likes = lookalikes.similar(name)
    if borne:
        sentence = _("Pages with this name exist in several networks. Paste the whole link of the page.")
        return Answer(Verdict.UNREADABLE, sentence=sentence, lookalikes=likes)
    return Answer(Verdict.NOT_LISTED, lookalikes=likes)


def _pages_named(name: str, known: list[SocialNetwork]) -> dict[str, Link]:
    """{address: page} of all that the registry knows under this name, or under this number (`club123`)."""
    could = [page for network in known if not network.is_prohibited and (page := page_or_none(network, name))]
    numbers = [page for page in could if page.external_id]
    rows = Account.objects.public().select_related("network")
    found = [*rows.named(name), *(account for page in numbers for account in rows.of_page(*_which(page)))]
    pages = [Link(account.network, account.url, account.handle, account.external_id) for account in found]
    pages += [Link(left.network, left.url, left.handle, "") for left in former.of_name(name)]
    fakes = set(KnownFake.objects.held().filter(url__in=[page.url for page in could]).values_list("url", flat=True))
    return {page.url: page for page in (*pages, *(page for page in could if page.url in fakes))}


def _which(page: Link) -> tuple[SocialNetwork, str, str]:
    return page.network, page.url, page.external_id


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
