"""May this person do it? People, roles, the audit log."""

from people.models import Membership, Organization, User
from people.roles import Permission, Role


def can_see_people(user: User) -> bool:
    return user.may_anywhere(Permission.MANAGE_PEOPLE)


def can_invite(user: User) -> bool:
    return user.may_anywhere(Permission.MANAGE_PEOPLE)


def can_give_role(user: User, organization: Organization) -> bool:
    return user.may(Permission.MANAGE_PEOPLE, organization)


def can_end(user: User, membership: Membership) -> bool:
    return user.may(Permission.MANAGE_PEOPLE, membership.organization)


def can_manage(user: User, person: User) -> bool:
    """Switch off, switch on, rename: only who reaches every role the person holds now, and at least one ever held."""
    if not user.may_anywhere(Permission.MANAGE_PEOPLE):
        return False
    rows = Membership.objects.filter(user=person)
    return rows.visible_to(user).exists() and not rows.ongoing().exclude(user.reach(Permission.MANAGE_PEOPLE)).exists()


def can_keep_absences(user: User, person: User) -> bool:
    """Enter that somebody is away: the person, or who keeps the person."""
    return user.pk == person.pk or can_manage(user, person)


def can_see_roles(user: User) -> bool:
    return bool(user.current_memberships)


def can_see_audit(user: User) -> bool:
    return user.may_anywhere(Permission.VIEW_AUDIT)


def can_manage_keys(user: User, organization: Organization) -> bool:
    return user.may(Permission.MANAGE_KEYS, organization)


def can_see_keys(user: User) -> bool:
    return user.may_anywhere(Permission.MANAGE_KEYS)


def is_last_administrator(membership: Membership) -> bool:
    """Whether nobody else could give roles in that organization any more."""
    if membership.role != Role.ADMINISTRATOR:
        return False
    others = Membership.objects.current().filter(
        role=Role.ADMINISTRATOR, user__is_active=True, organization__path__in=membership.organization.path_up
    )
    # Whoever was invited and has no password yet cannot help.
    return not others.exclude(user=membership.user_id).exclude(user__in=User.objects.invited()).exists()
