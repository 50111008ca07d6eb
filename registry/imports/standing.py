"""What stands in the registry already of the pages and acts that rows of a table name: asked once for many rows."""

import copy
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from people.models import Organization
from registry.imports.columns import Meaning
from registry.models import Account, AccountStatus, FormerName, LegalAct, Proposal, ProposalKind
from registry.models.accounts import AccountQuerySet
from registry.models.imports import RowState

Values = dict[Meaning, str]


@dataclass
class Verdict:
    """What a row says; what is wrong, and what is to be known before it is taken, by meaning; what it changes."""

    account: Account | None = None
    act: LegalAct | None = None
    stands: Account | None = None
    errors: dict[Meaning, str] = field(default_factory=dict)
    notes: dict[Meaning, str] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    key: str = ""

    @property
    def state(self) -> RowState:
        if self.errors or self.account is None:
            return RowState.BAD
        if self.stands is None:
            return RowState.NEW
        return RowState.CHANGED if self.changes else RowState.SAME


@dataclass
class Read:
    """What the cells of a row say: the entry without what must be looked up, what is wrong, the title of the act."""

    account: Account
    verdict: Verdict
    act: str


def act_of(values: Values) -> str:
    """The title of the act, as one line."""
    return " ".join(values.get(Meaning.ACT, "").split())[:500]


class Standing:
    """Entries and acts that rows may mean, and what waits for a decision; five queries at most."""

    def __init__(self, read: Sequence[Read]) -> None:
        accounts = [one.account for one in read]
        self._urls: dict[tuple[int | None, str], Account] = {}
        self._numbers: dict[tuple[int | None, str], Account] = {}
        self._without: dict[tuple[int, int | None], Account] = {}
        self._acts: dict[str, list[LegalAct]] = defaultdict(list)
        self._former: dict[tuple[int | None, str], Account] = {}
        self._proposed: set[tuple[int | None, str]] = set()
        self._find_pages([a for a in accounts if a.url and a.network_id])
        self._find_not_kept({a.organization_id for a in accounts if a.organization_id and not a.url})
        titles = {one.act for one in read if one.act}
        for act in LegalAct.objects.filter(title__in=titles).select_related("organization") if titles else ():
            self._acts[act.title].append(act)

    def _find_pages(self, accounts: list[Account]) -> None:
        if not accounts:
            return
        urls, numbers = {a.url for a in accounts}, {a.external_id for a in accounts if a.external_id}
        # SQLite takes the partial indexes of these columns only when it is told that nothing empty is looked for.
        same = (Q(url__in=urls) & ~Q(url="")) | (Q(external_id__in=numbers) & ~Q(external_id=""))
        for account in _entries().filter(same, network__in={a.network_id for a in accounts}):
            self._urls.setdefault((account.network_id, account.url), account)
            self._numbers.setdefault((account.network_id, account.external_id), account)
        for name in FormerName.objects.filter(url__in=urls).select_related("account__organization"):
            self._former.setdefault((name.network_id, name.url), name.account)
        found = {a.pk for a in self._urls.values()} | {a.pk for a in self._numbers.values()}
        same = Q(account__in=found) | Q(url__in=urls, kind=ProposalKind.NEW)
        self._proposed = set(Proposal.objects.pending().filter(same).values_list("account", "url"))

    def _find_not_kept(self, bodies: set[int]) -> None:
        rows = _entries().filter(organization__in=bodies, status=AccountStatus.NOT_KEPT) if bodies else ()
        for account in rows:
            self._without.setdefault((account.organization_id, account.network_id), account)

    def entry(self, account: Account) -> Account | None:
        """The entry that stands for the same page, or for the same body without one; a copy to be changed."""
        if account.network_id and account.url:
            number = (account.network_id, account.external_id) if account.external_id else None
            found = [self._urls.get((account.network_id, account.url)), self._numbers.get(number) if number else None]
            stands = min(filter(None, found), key=lambda one: one.pk, default=None)
        else:
            stands = self._without.get((account.organization_id, account.network_id))
        return copy.copy(stands) if stands else None

    def moved(self, account: Account) -> Account | None:
        """The entry whose page has left this address."""
        found = self._former.get((account.network_id, account.url))
        return found if found and found.url != account.url else None

    def waits(self, account: Account) -> bool:
        """Whether a change of this stored entry, or this new page, waits for a decision."""
        return (account.pk, "" if account.pk else account.url) in self._proposed

    def act(self, title: str, body: Organization) -> LegalAct | None:
        """The act of this title: of the body or one above it, else one that belongs to nobody."""
        known = self._acts.get(title, [])
        own = (act for act in known if act.organization and act.organization.path in body.path_up)
        return next(own, None) or next((act for act in known if act.organization is None), None)


def _entries() -> AccountQuerySet:
    return Account.objects.select_related("organization", "network", "legal_act").order_by("pk")
