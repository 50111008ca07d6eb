"""Who may do what in the registry."""

from people.models import Organization, User
from people.roles import Permission
from registry.models import (
    IN_USE,
    TRANSITIONS,
    Account,
    AccountStatus,
    LegalAct,
    OwnActState,
    Proposal,
    RegistryRules,
)


def can_see_manage(user: User) -> bool:
    """Whether there is anything to show in the signed-in list."""
    return user.may_anywhere(Permission.VIEW)


def can_create(user: User) -> bool:
    """Propose a new entry for at least one body."""
    return user.may_anywhere(Permission.PROPOSE_ENTRY)


def can_decide_anywhere(user: User) -> bool:
    """Whether proposals of any body come to the person."""
    return user.may_anywhere(Permission.EDIT_REGISTRY)


def can_keep_for(user: User, organization: Organization) -> bool:
    """Whether the person keeps the registry of this body."""
    return user.may(Permission.EDIT_REGISTRY, organization)


def can_edit_account(user: User, account: Account) -> bool:
    """Propose a change of the entry; a second person accepts it."""
    return user.may(Permission.PROPOSE_ENTRY, account.organization)


def may_become(account: Account, status: str) -> bool:
    """Whether the entry can go over to this state from the one it is in."""
    return AccountStatus(status) in TRANSITIONS[AccountStatus(account.status)]


def is_alone(organization: Organization) -> bool:
    """Whether one person keeps the registry here, by the administrator's word: then no second one is asked for."""
    rows = RegistryRules.objects.filter(organization__path__in=organization.path_up, one_person_department=True)
    return rows.exists()


def can_decide(user: User, proposal: Proposal) -> bool:
    """Four eyes: who keeps the registry of the body, and did not propose it."""
    if not can_keep_for(user, proposal.organization):
        return False
    return proposal.proposed_by_id != user.pk or is_alone(proposal.organization)


def can_withdraw(user: User, proposal: Proposal) -> bool:
    return proposal.proposed_by_id == user.pk


def can_verify(user: User, account: Account) -> bool:
    """Who keeps the registry also looks whether its pages are still the bodies' own."""
    return can_keep_for(user, account.organization)


def can_see_people(user: User, account: Account) -> bool:
    """Names of responsible people are for the portal only."""
    return user.may(Permission.VIEW, account.organization)


def can_keep_security_anywhere(user: User) -> bool:
    """Whether the security of any account concerns the person."""
    return user.may_anywhere(Permission.KEEP_SECURITY)


def can_keep_security(user: User, account: Account) -> bool:
    """Checklist, holders of rights, lost access: of pages in use, for those concerned only."""
    return account.status in IN_USE and user.may(Permission.KEEP_SECURITY, account.organization)


def can_edit_act(user: User, act: LegalAct) -> bool:
    """Legal acts are kept by the department of the body that adopted them."""
    return act.organization is not None and can_keep_for(user, act.organization)


def can_edit_own_act(user: User, organization: Organization, state: OwnActState) -> bool:
    """A body brings the files of its own act until it is published; afterwards the department does."""
    if can_keep_for(user, organization):
        return True
    return state != OwnActState.PUBLISHED and user.may(Permission.PROPOSE_ENTRY, organization)


def can_handle_reports(user: User) -> bool:
    """Look into what residents report as fakes."""
    return user.may_anywhere(Permission.EDIT_REGISTRY)
