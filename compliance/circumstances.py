"""Which accounts a reason exempts in a week: asked by the weekly check's neighbours, and shown beside the plan."""

from collections.abc import Collection

from compliance.models import Circumstance, CircumstanceKind, CircumstanceQuerySet
from people.models import Organization
from people.weeks import Week
from registry.models import Account


def exempting(organizations: Collection[Organization], week: Week) -> CircumstanceQuerySet:
    """Reasons that exempt the bodies, or accounts of theirs, on at least one day of the week, as the check counts."""
    return Circumstance.objects.filter(
        organization__in=organizations,
        kind=CircumstanceKind.EXEMPT,
        starts_on__lte=week.sunday,
        ends_on__gte=week.monday,
    )


def exempt_accounts(accounts: Collection[Account], week: Week) -> set[int]:
    """The ids of those of the accounts that owe nothing in the week."""
    reasons = exempting({account.organization for account in accounts}, week).values_list("organization", "account")
    bodies = {organization for organization, account in reasons if account is None}
    alone = {account for _organization, account in reasons if account is not None}
    return {account.pk for account in accounts if account.organization_id in bodies or account.pk in alone}
