"""Who may read and who may write the journal (procedure, cl. 7: the department and the bodies moderate)."""

from people.models import Organization, User
from people.roles import Permission


def can_read(user: User) -> bool:
    """Opens the journal at all; which rows are there, `visible_to` says."""
    return user.may_anywhere(Permission.VIEW_JOURNAL)


def can_moderate(user: User) -> bool:
    """Opens the entry form; which accounts it offers, `accounts_of` in forms.py says."""
    return user.may_anywhere(Permission.MODERATE)


def can_moderate_for(user: User, organization: Organization) -> bool:
    """Enters decisions, and takes them back, for this body."""
    return user.may(Permission.MODERATE, organization)


def can_see_triage(user: User) -> bool:
    """Reads the lists of triage and tries a text on them: who moderates, and who keeps the lists."""
    return can_moderate(user) or can_keep_triage(user)


def can_keep_triage(user: User) -> bool:
    """Adds rules of triage and switches them off: they hold for the whole portal, like other reference lists."""
    return user.may_anywhere(Permission.MANAGE_REFERENCE)
