"""Who may do what in the registry."""

from people.models import Organization, User
from people.roles import Permission
from registry.models import Account


def can_see_manage(user: User) -> bool:
    """Whether there is anything to show in the signed-in list."""
    return user.may_anywhere(Permission.VIEW)


def can_create(user: User) -> bool:
    return user.may_anywhere(Permission.EDIT_REGISTRY)


def can_keep_for(user: User, organization: Organization) -> bool:
    """Whether the person keeps the registry of this body."""
    return user.may(Permission.EDIT_REGISTRY, organization)


def can_edit_account(user: User, account: Account) -> bool:
    return can_keep_for(user, account.organization)


def can_verify(user: User, account: Account) -> bool:
    """Who keeps the registry also looks whether its pages are still the bodies' own."""
    return can_edit_account(user, account)


def can_see_people(user: User, account: Account) -> bool:
    """Names of responsible people are for the portal only."""
    return user.may(Permission.VIEW, account.organization)


def can_handle_reports(user: User) -> bool:
    """Look into what residents report as fakes."""
    return user.may_anywhere(Permission.EDIT_REGISTRY)
