"""What the public page shows: bodies with their pages, counts beside the filters, and how fresh it all is."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.functional import cached_property

from people.models import Organization
from registry import searching
from registry.filters import AccountFilter
from registry.models import PUBLIC_STATUSES, Account, AccountStatus, EntryChange, SocialNetwork
from registry.models.accounts import AccountQuerySet

BODIES_PER_PAGE = 24
# A body with more pages than this is browsed by search or by file.
ACCOUNTS_PER_PAGE = 600
BODIES_IN_FILTER = 100

_SHOWN_FIRST = list(PUBLIC_STATUSES)


class Cell(NamedTuple):
    """Entries of one network and one status: how many, and the day one of them was last seen."""

    network: int | None
    status: str
    entries: int
    as_of: date | None


@dataclass(frozen=True)
class Choice:
    """One value of a filter, how many entries it would show, and the address that chooses it or drops it."""

    label: str
    count: int | None
    url: str
    current: bool


@dataclass(frozen=True)
class Body:
    """A body and those of its entries that the filter lets through."""

    organization: Organization
    accounts: list[Account]
    address: str


class Catalogue:
    """One page of the public list: a fixed number of queries, whatever the number of rows.

    Pages follow each other by the place in the tree (`after`), so a late page costs what the first one does.
    """

    def __init__(self, chosen: AccountFilter, after: str = "") -> None:
        self.filter = chosen
        self.after = after if re.fullmatch(r"[0-9A-Z]{1,255}", after) else ""
        self.rows: AccountQuerySet = chosen.qs.order_by()

    @cached_property
    def totals(self) -> dict[str, int | date | None]:
        """How many accounts, bodies, entries that say a page is not kept, and the day one of the pages was last seen.

        `accounts` and `not_kept` together are what the counts beside the filters add up to.
        """
        cells = self._cells("network", "status")
        return {
            "accounts": sum(cell.entries for cell in cells if cell.status != AccountStatus.NOT_KEPT),
            "not_kept": sum(cell.entries for cell in cells if cell.status == AccountStatus.NOT_KEPT),
            "bodies": self._found.count(),
            "as_of": max((cell.as_of for cell in cells if cell.as_of), default=None),
        }

    @cached_property
    def _table(self) -> list[Cell]:
        """Everything counted once: networks across, statuses down; the filters by these two only choose cells."""
        rows = self.filter.without("network", "status").order_by().values_list("network", "status")
        return [Cell(*row) for row in rows.annotate(Count("pk"), Max("last_verified_on"))]

    def _cells(self, *obeyed: str) -> list[Cell]:
        """The cells let through by those of the two filters that are named."""
        chosen = self.filter.form.cleaned_data
        network = chosen["network"] if "network" in obeyed else None
        status = chosen["status"] if "status" in obeyed else ""
        return [
            cell
            for cell in self._table
            if (not network or cell.network == network.pk) and (not status or cell.status == status)
        ]

    @cached_property
    def _found(self) -> QuerySet[Organization]:
        """The bodies of the entries let through."""
        rows: QuerySet[Organization] = Organization.objects.all()
        return rows.filter(Exists(self.rows.filter(organization=OuterRef("pk"))))

    def _place(self, path: str) -> F | Concat:
        """What bodies are put in order by.

        Few entries are found by words: they are looked up and then sorted. By the path itself PostgreSQL would walk
        all bodies by their index and look for the words in each one's entries; an expression keeps it from that.
        """
        return Concat(path, Value("")) if self.filter.form.cleaned_data.get("q") else F(path)

    @cached_property
    def changed_at(self) -> datetime | None:
        """When one of the entries last changed in what anybody may read."""
        changes = EntryChange.objects.public()
        if self.filter.is_narrowed:
            changes = changes.filter(account__in=self.rows.values("pk"))
        return changes.order_by("-pk").values_list("made_at", flat=True).first()

    @cached_property
    def _organizations(self) -> list[Organization]:
        found = self._found.filter(path__gt=self.after).order_by(self._place("path"))
        return list(found[: BODIES_PER_PAGE + 1])

    @cached_property
    def bodies(self) -> list[Body]:
        shown = self._organizations[:BODIES_PER_PAGE]
        accounts = defaultdict(list)
        for account in self.rows.filter(organization__in=shown).for_listing()[:ACCOUNTS_PER_PAGE]:
            accounts[account.organization_id].append(account)
        return [
            Body(
                organization,
                sorted(
                    accounts[organization.pk], key=lambda account: _SHOWN_FIRST.index(AccountStatus(account.status))
                ),
                self.filter.address(organization=organization.slug),
            )
            for organization in shown
        ]

    @cached_property
    def bodies_without_entries(self) -> list[Organization]:
        """Bodies at work of which the registry says nothing; named at the end of the whole list only."""
        if self.filter.is_narrowed or self.next_address:
            return []
        entries = Account.objects.public().filter(organization=OuterRef("pk"))
        return list(Organization.objects.filter(~Exists(entries), is_active=True)[:BODIES_IN_FILTER])

    @property
    def next_address(self) -> str:
        """The query string of the next page; "" on the last one."""
        if len(self._organizations) <= BODIES_PER_PAGE:
            return ""
        return self.filter.address(after=self._organizations[BODIES_PER_PAGE - 1].path)

    @cached_property
    def meant(self) -> Choice | None:
        """What a person probably looked for whose query found nothing: the nearest words, with the same filter."""
        typed = self.filter.form.cleaned_data.get("q") or ""
        told = searching.meant(typed, self.filter.without("q")) if typed and not self.filter.is_a_link else ""
        return Choice(told, None, self.filter.address(q=told), current=False) if told else None

    @cached_property
    def networks(self) -> list[Choice]:
        counts = Counter[int | None]()
        for cell in self._cells("status"):
            counts[cell.network] += cell.entries
        found = SocialNetwork.objects.filter(pk__in=filter(None, counts))
        return [self._choice("network", one.slug, one.name, counts[one.pk]) for one in found.order_by("position")]

    @cached_property
    def statuses(self) -> list[Choice]:
        counts = Counter[str]()
        for cell in self._cells("network"):
            counts[cell.status] += cell.entries
        return [
            self._choice("status", status.value, str(status.label), counts[status])
            for status in PUBLIC_STATUSES
            if status in counts
        ]

    @cached_property
    def organizations(self) -> list[Choice]:
        rows = self.filter.without("organization").annotate(place=self._place("organization__path")).order_by("place")
        counts = rows.values_list("organization__slug", "organization__short_name", "place").annotate(Count("pk"))
        # One more than is shown: the page says that there are others.
        return [
            self._choice("organization", slug, name, count) for slug, name, _, count in counts[: BODIES_IN_FILTER + 1]
        ]

    @property
    def organizations_shown(self) -> list[Choice]:
        """As many as a person can look through."""
        return self.organizations[:BODIES_IN_FILTER]

    @property
    def has_more_organizations(self) -> bool:
        """Whether the filter is cut: the others are found by the search."""
        return len(self.organizations) > BODIES_IN_FILTER

    @property
    def chosen(self) -> list[Choice]:
        """The chosen body and status: they stand folded away among the others, and must be seen and dropped."""
        body, status = (self.filter.form.cleaned_data[name] for name in ("organization", "status"))
        labels = {
            "organization": body.short_name if body else "",
            "status": AccountStatus(status).label if status else "",
        }
        return [
            Choice(str(label), None, self.filter.address(**{name: ""}), current=True)
            for name, label in labels.items()
            if label
        ]

    def _choice(self, name: str, value: str, label: str, count: int) -> Choice:
        chosen = self.filter.data.get(name) == value
        return Choice(label, count, self.filter.address(**{name: "" if chosen else value}), chosen)
