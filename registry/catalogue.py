"""What the public page shows: bodies with their pages, counts beside the filters, and how fresh it all is."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils.functional import cached_property

from people.models import Organization
from registry import searching
from registry.filters import AccountFilter
from registry.models import PUBLIC_STATUSES, Account, AccountStatus, EntryChange
from registry.models.accounts import AccountQuerySet

BODIES_PER_PAGE = 24
# A body with more pages than this is browsed by search or by file.
ACCOUNTS_PER_PAGE = 600
BODIES_IN_FILTER = 100

_SHOWN_FIRST = list(PUBLIC_STATUSES)


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
        return self.rows.aggregate(
            accounts=Count("pk", filter=~Q(status=AccountStatus.NOT_KEPT)),
            not_kept=Count("pk", filter=Q(status=AccountStatus.NOT_KEPT)),
            bodies=Count("organization", distinct=True),
            as_of=Max("last_verified_on"),
        )

    @cached_property
    def changed_at(self) -> datetime | None:
        """When one of the entries last changed in what anybody may read."""
        changes = EntryChange.objects.public()
        if self.filter.is_narrowed:
            changes = changes.filter(account__in=self.rows.values("pk"))
        return changes.order_by("-pk").values_list("made_at", flat=True).first()

    @cached_property
    def _organizations(self) -> list[Organization]:
        found = Organization.objects.filter(Exists(self.rows.filter(organization=OuterRef("pk"))))
        return list(found.filter(path__gt=self.after)[: BODIES_PER_PAGE + 1])

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
        rows = self.filter.without("network").filter(network__isnull=False).order_by("network__position")
        counts = rows.values_list("network__slug", "network__name", "network__position").annotate(Count("pk"))
        return [self._choice("network", slug, name, count) for slug, name, _, count in counts]

    @cached_property
    def statuses(self) -> list[Choice]:
        counts = dict(self.filter.without("status").order_by().values_list("status").annotate(Count("pk")))
        return [
            self._choice("status", status.value, str(status.label), counts[status])
            for status in PUBLIC_STATUSES
            if status in counts
        ]

    @cached_property
    def organizations(self) -> list[Choice]:
        rows = self.filter.without("organization").order_by("organization__path")
        counts = rows.values_list("organization__slug", "organization__short_name", "organization__path").annotate(
            Count("pk")
        )
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
