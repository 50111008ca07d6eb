"""Everything that happens to people and their roles: one function, one transaction, the audit log beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit, invitations, letters, rules
from people.http import TooLate
from people.models import Membership, Organization, User
from people.roles import Role

# Rooms above that hold copies of the names of organizations join here, in their AppConfig, to refresh them.
NAMES_COPIED: list[Callable[[Organization], None]] = []


@dataclass(frozen=True)
class Invitation:
    """Who is invited, to what."""

    email: str
    organization: Organization
    role: Role
    last_name: str = ""
    first_name: str = ""
    patronymic: str = ""
    job_title: str = ""


@transaction.atomic
def invite(invitation: Invitation, *, by: User | None) -> tuple[User, bool]:
    """The person and whether it is a new one. Somebody known gets the role and a short letter instead of a link."""
    known = User.objects.filter(email__iexact=invitation.email).first()
    if known:
        give_role(known, invitation.organization, invitation.role, by=by)
        return known, False
    with audit.about(invitation.organization):
        user = _newcomer(invitation)
    Membership.objects.create(user=user, organization=invitation.organization, role=invitation.role)
    _send_invitation(user, by)
    return user, True


def _newcomer(invitation: Invitation) -> User:
    email = invitation.email.strip().lower()
    return User.objects.create_user(
        free_login(email),
        email,
        password=None,
        last_name=invitation.last_name,
        first_name=invitation.first_name,
        patronymic=invitation.patronymic,
        job_title=invitation.job_title,
    )


def free_login(email: str) -> str:
    """«ivanova» of ivanova@…, «ivanova2» when that is taken."""
    base = email.partition("@")[0][:100] or "user"
    taken = {
        name.lower() for name in User.objects.filter(username__istartswith=base).values_list("username", flat=True)
    }
    number = 1
    while (f"{base}{number}" if number > 1 else base) in taken:
        number += 1
    return f"{base}{number}" if number > 1 else base


def _send_invitation(user: User, by: User | None) -> None:
    url = invitations.link(user)
    letters.invitation(user, url, by, key=f"invitation:{url.rstrip('/').rpartition('/')[2]}:{user.pk}")


@transaction.atomic
def invite_again(user: User, *, by: User) -> None:
    """A new link; the earlier ones stop working."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.has_usable_password() or not user.is_active:
        raise TooLate(_("This person signs in already, or was switched off. No new invitation was sent."))
    user.set_unusable_password()
    user.save(update_fields=["password"])
    _send_invitation(user, by)


def set_password(user: User, password: str) -> None:
    """The person's own new password. That it changed is recorded, the password is not."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.changed(user, by=user, password=("", "•••"))


@transaction.atomic
def give_role(
    user: User,
    organization: Organization,
    role: Role,
    *,
    by: User | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """One more role; the person gets a letter."""
    _refuse(not user.is_active, _("This person is switched off. Switch them on first."))
    same = user.memberships.ongoing().filter(organization=organization, role=role)
    _refuse(same.exists(), _("This person already has this role here."))
    membership = Membership.objects.create(
        user=user,
        organization=organization,
        role=role,
        starts_on=starts_on or timezone.localdate(),
        ends_on=ends_on,
    )
    letters.added(
        user,
        settings.SITE_URL + reverse("account_login"),
        by,
        key=f"role:{membership.pk}",
        role=str(role.label),
        organization=organization,
    )
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User) -> None:
    """The role ends now: yesterday was its last day; what began today never was."""
    _lock_administrators()
    back = reverse("people:user_detail", args=[membership.user_id])
    if membership.role == Role.ADMINISTRATOR and membership.user_id == by.pk:
        raise TooLate(_("You cannot take the administrator's role from yourself. Ask another administrator."), back)
    if rules.is_last_administrator(membership):
        raise TooLate(_("This is the last administrator here. Appoint another one first."), back)
    today = timezone.localdate()
    if membership.starts_on >= today:
        membership.delete()
        return
    membership.ends_on = today - timedelta(days=1)
    membership.save(update_fields=["ends_on"])


@transaction.atomic
def deactivate(user: User, *, by: User) -> None:
    """The person cannot sign in any more, from this moment; roles and the past stay."""
    _lock_administrators()
    back = reverse("people:user_detail", args=[user.pk])
    if user.pk == by.pk:
        raise TooLate(_("You cannot switch yourself off. Ask another administrator."), back)
    if any(rules.is_last_administrator(row) for row in user.memberships.current().select_related("organization")):
        raise TooLate(_("This is the last administrator here. Appoint another one first."), back)
    user.is_active = False
    user.save(update_fields=["is_active"])


@transaction.atomic
def reactivate(user: User, *, by: User) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])


@transaction.atomic
def keep_organization(organization: Organization, parent: Organization | None, *, by: User) -> None:
    """A new organization under `parent`, or a known one as it is now, moved when it stands under another."""
    if not organization.pk:
        Organization.objects.add_child(parent, instance=organization)
        return
    organization.save()
    for refresh in NAMES_COPIED:
        refresh(organization)
    before = Organization.objects.get_parent(organization)
    if parent and parent != before:
        Organization.objects.move(organization, parent, pos="last-child")
        audit.changed(organization, by=by, parent=(before, parent))


def _lock_administrators() -> None:
    """Two administrators who remove each other at the same moment wait for one another."""
    rows = Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR, ends_on__isnull=True).order_by("pk")
    list(rows.values_list("pk"))


def _refuse(refused: bool, sentence: str) -> None:
    if refused:
        raise TooLate(sentence)
