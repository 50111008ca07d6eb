"""What the meters are made of, counted in the database: a fixed number of queries for any number of organizations.

The weeks of one call may be many and the organizations may live in several zones; a week is always
[Monday 00:00, next Monday 00:00) where the organization is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from contentplan.models import Norm, Placement, PlannedPost, PlanNorm, Publication, Status, WeeklyPlan
from contentplan.models.statuses import AHEAD
from people.models import Organization
from people.weeks import Week
from registry.models import Account, AccountStatus, SocialNetwork

Cell = tuple[int, date]  # the id of an account or an organization, and the Monday of a week


@dataclass(frozen=True)
class Planned:
    """What the plan still holds for an account: everything, and of that what is approved or awaits approval."""

    total: int = 0
    approved: int = 0
    submitted: int = 0


def accounts_of(organizations: Iterable[Organization], weeks: Iterable[Week]) -> list[Account]:
    """Accounts that owe publications in these weeks: the active ones in networks that are allowed.

    An account that was kept under one of the weeks' plans stays with that week, whatever became of it later.
    Each account comes with its organization and its network, legal status included.
    """
    bodies = {organization.pk: organization for organization in organizations}
    networks = {network.pk: network for network in SocialNetwork.objects.with_status()}
    allowed = [network.pk for network in networks.values() if not network.is_prohibited]
    active = Q(status=AccountStatus.ACTIVE, network__in=allowed)
    kept = PlanNorm.objects.filter(plan__organization__in=bodies, plan__monday__in=[week.monday for week in weeks])
    accounts = list(
        Account.objects.filter(active | Q(pk__in=kept.values("account")), organization__in=bodies).order_by(
            "organization__path", "network__position", "name", "pk"
        )
    )
    for account in accounts:
        account.organization = bodies[account.organization_id]  # what the caller holds is not read again
        if account.network_id:
            account.network = networks[account.network_id]
    return accounts


def owes(account: Account, week: Week, kept: Collection[Cell] = ()) -> bool:
    """Whether the account is counted in the week: not before it was opened, not after it was closed."""
    if (account.pk, week.monday) in kept:
        return True
    if account.opened_on and account.opened_on > week.sunday:
        return False
    if account.closed_on and account.closed_on < week.monday:
        return False
    return account.status == AccountStatus.ACTIVE


def published(organizations: Collection[Organization], weeks: Collection[Week]) -> dict[Cell, int]:
    """Publications that count, by account and week."""
    bounds = [(zone, week, *week.bounds(ZoneInfo(zone))) for zone in _zones(organizations) for week in weeks]
    if not bounds:
        return {}
    which = Case(
        *(
            When(
                account__organization__timezone=zone,
                published_at__gte=start,
                published_at__lt=end,
                then=Value(week.monday.toordinal()),
            )
            for zone, week, start, end in bounds
        ),
        output_field=IntegerField(),
    )
    rows = (
        Publication.objects.counting()
        .between(min(row[2] for row in bounds), max(row[3] for row in bounds))
        .filter(account__organization__in=organizations)
        .order_by()
        .values(cell_account=F("account"), cell_week=which)
        .annotate(n=Count("pk"))
    )
    return {(row["cell_account"], date.fromordinal(row["cell_week"])): row["n"] for row in rows if row["cell_week"]}


def planned(organizations: Collection[Organization], weeks: Collection[Week]) -> dict[Cell, Planned]:
    """Placements about the work of the Administration that have not come out yet, by account and week of the plan."""
    rows = (
        _placements(organizations, weeks)
        .filter(publication__isnull=True, post__about_work=True, post__status__in=AHEAD)
        .values("account", "post__plan__monday")
        .annotate(
            total=Count("pk"),
            approved=Count("pk", filter=Q(post__status=Status.APPROVED)),
            submitted=Count("pk", filter=Q(post__status=Status.SUBMITTED)),
        )
    )
    return {
        (row["account"], row["post__plan__monday"]): Planned(row["total"], row["approved"], row["submitted"])
        for row in rows
    }


def days(organizations: Collection[Organization], week: Week) -> dict[int, dict[date, int]]:
    """How full each day of the week is, by account: placements of the plan, out or not."""
    full: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    zones = {organization.pk: organization.zone for organization in organizations}
    rows = _placements(organizations, [week]).exclude(post__status=Status.CANCELLED)
    for account, organization, moment in rows.values_list("account", "post__plan__organization", "post__planned_at"):
        full[account][moment.astimezone(zones[organization]).date()] += 1
    return full


def plans(organizations: Collection[Organization], weeks: Collection[Week]) -> dict[Cell, WeeklyPlan]:
    """The plans there are, by organization and week."""
    rows = WeeklyPlan.objects.filter(organization__in=organizations, monday__in=[week.monday for week in weeks])
    return {(plan.organization_id, plan.monday): plan for plan in rows}


def statuses(organizations: Collection[Organization], weeks: Collection[Week]) -> dict[Cell, dict[Status, int]]:
    """How many posts of each plan stand where, by organization and week."""
    counts: dict[Cell, dict[Status, int]] = defaultdict(dict)
    rows = (
        PlannedPost.objects.filter(
            plan__organization__in=organizations, plan__monday__in=[week.monday for week in weeks]
        )
        .order_by()
        .values_list("plan__organization", "plan__monday", "status")
        .annotate(n=Count("pk"))
    )
    for organization, monday, status, n in rows:
        counts[organization, monday][Status(status)] = n
    return counts


def kept_norms(organizations: Collection[Organization], weeks: Collection[Week]) -> dict[Cell, int]:
    """The norms the plans were made under, by account and week."""
    rows = PlanNorm.objects.order_by().filter(
        plan__organization__in=organizations, plan__monday__in=[week.monday for week in weeks]
    )
    return {
        (account, monday): posts
        for account, monday, posts in rows.values_list("account", "plan__monday", "posts_per_week")
    }


class NormBook:
    """All norms in force between two days (both included), read at once; answers for an account and a day."""

    def __init__(self, first: date, last: date) -> None:
        in_force = Q(ends_on__isnull=True) | Q(ends_on__gte=first)
        self._by_scope: dict[tuple[str, object], list[Norm]] = defaultdict(list)
        for norm in Norm.objects.filter(in_force, starts_on__lte=last).select_related("legal_act"):
            self._by_scope[norm.scope].append(norm)  # the latest first: the ordering of the model

    def of(self, account: Account, day: date) -> Norm | None:
        """The norm of the narrowest scope in force on the day; None where nothing is owed."""
        organization = account.organization
        scopes: Iterable[tuple[str, object]] = (
            ("account", account.pk),
            ("organization", organization.pk),
            ("kind", organization.kind),
            ("all", None),
        )
        for scope in scopes:
            for norm in self._by_scope.get(scope, ()):
                if norm.is_in_force(day):
                    return norm
        return None


def _placements(organizations: Collection[Organization], weeks: Collection[Week]) -> "QuerySet[Placement]":
    return Placement.objects.filter(
        post__plan__organization__in=organizations, post__plan__monday__in=[week.monday for week in weeks]
    ).order_by()


def _zones(organizations: Iterable[Organization]) -> list[str]:
    return sorted({organization.timezone for organization in organizations})
