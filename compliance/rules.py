"""Who may do what with the results of a week."""

from people.models import Organization, User
from people.roles import Permission


def can_check(user: User) -> bool:
    """Have a week checked again."""
    return user.may_anywhere(Permission.RUN_CHECK)


def can_explain(user: User, organization: Organization) -> bool:
    """Say why accounts of the body are exempt or cannot be verified, and take that back."""
    return user.may(Permission.EXPLAIN_WEEK, organization)


def can_explain_somewhere(user: User) -> bool:
    return user.may_anywhere(Permission.EXPLAIN_WEEK)
