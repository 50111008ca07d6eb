"""Own acts of bodies (order, cl. 4): which states a person may give one, the list of all, the one door of a step."""

from datetime import date

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from people.audit import acting
from people.http import TooLate
from people.models import Organization, OrganizationQuerySet, User
from people.roles import Permission
from registry.models.own_acts import TRANSITIONS, BodyAct, BodyActStep, OwnActState


def listed(user: User, state: str = "") -> OrganizationQuerySet:
    """Bodies in reach that work now, each with its act, if it has one; only those in a state, if it is one."""
    bodies: OrganizationQuerySet = (
        Organization.objects.visible_to(user)
        .filter(is_active=True)
        .select_related("own_act")
        .annotate(n_files=Count("own_act__files"))
    )
    if state == OwnActState.NONE:
        return bodies.filter(Q(own_act__isnull=True) | Q(own_act__state=state))
    return bodies.filter(own_act__state=state) if state in OwnActState.values else bodies


def counts(user: User) -> dict[str, int]:
    """How many bodies in reach stand in each state; "" for all of them."""
    bodies = Organization.objects.visible_to(user).filter(is_active=True)
    by_state: dict[str, int] = dict.fromkeys(["", *OwnActState.values], 0)
    for state, number in bodies.order_by().values_list("own_act__state").annotate(n=Count("pk")):
        by_state[state or OwnActState.NONE.value] += number
        by_state[""] += number
    return by_state


def state_of(organization: Organization) -> OwnActState:
    act = BodyAct.objects.filter(organization=organization).first()
    return OwnActState(act.state) if act else OwnActState.NONE


def next_states(user: User, organization: Organization, state: OwnActState) -> list[OwnActState]:
    """Where the person may move the act: a body its own up to adoption, the department further."""
    keeps = user.may(Permission.EDIT_REGISTRY, organization)
    if not (keeps or user.may(Permission.PROPOSE_ENTRY, organization)):
        return []
    return [to for to in TRANSITIONS[state] if keeps or OwnActState.PUBLISHED not in (state, to)]


@transaction.atomic
def move(
    organization: Organization,
    *,
    seen: str,
    to: str,
    number: str = "",
    signed_on: date | None = None,
    url: str = "",
    by: User,
) -> BodyAct:
    """Moves the act from the state it was seen in, and writes the step down. Raises TooLate if it moved meanwhile."""
    with acting(by):
        BodyAct.objects.get_or_create(organization=organization)
        act = BodyAct.objects.select_for_update().get(organization=organization)
        if act.state != seen or OwnActState(to) not in TRANSITIONS[OwnActState(act.state)]:
            raise TooLate(_("The act is in another state now."))
        act.state, act.number, act.signed_on, act.url = to, number, signed_on, url
        act.save()
        BodyActStep.objects.create(act=act, state=to, number=number, signed_on=signed_on, url=url, made_by=by)
    return act
