"""Roles from a day to a day, given and ended; people switched off and on; never the last administrator."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from conftest import make_user
from people.models import AuditEntry, Letter, Membership, Organization, User
from people.roles import GRANTS, PERMISSION_NAMES, ROLE_DESCRIPTIONS, Permission, Role, table

TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def _thursday() -> Iterator[None]:
    """Half past midnight in Tomsk, when it is still Wednesday in London."""
    with time_machine.travel(datetime(2026, 11, 26, 0, 30, tzinfo=ZoneInfo("Asia/Tomsk")), tick=False):
        yield


@pytest.fixture
def second_administrator(district: Organization) -> User:
    return make_user("second", Role.ADMINISTRATOR, district)


def may_see(user: User, organization: Organization) -> bool:
    return User.objects.get(pk=user.pk).may(Permission.VIEW, organization)


# --- the table ----------------------------------------------------------------------------------


def test_every_role_and_permission_has_words() -> None:
    assert (set(ROLE_DESCRIPTIONS), set(GRANTS), set(PERMISSION_NAMES)) == (set(Role), set(Role), set(Permission))


def test_an_observer_only_reads() -> None:
    assert set(GRANTS[Role.OBSERVER]) == {Permission.VIEW, Permission.VIEW_JOURNAL}


def test_nobody_both_keeps_people_and_decides_about_plans() -> None:
    both = [role for role, may in GRANTS.items() if {Permission.MANAGE_PEOPLE, Permission.DECIDE_PLAN} <= may.keys()]

    assert both == []


@pytest.mark.parametrize("page", ["people:role_list", "admin:role_table"])
def test_the_portal_and_the_admin_show_the_same_table(client: Client, editor: User, page: str) -> None:
    client.force_login(editor)

    response = client.get(reverse(page))

    assert response.context["table"] == table()
    assert response.content.decode().count('<th scope="row">') == len(Permission)


# --- from day to day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (date(2026, 11, 26), None, True),
        (date(2026, 11, 27), None, False),
        (date(2026, 1, 1), date(2026, 11, 25), False),
        (date(2026, 1, 1), date(2026, 11, 26), True),
    ],
    ids=["starts today", "starts tomorrow", "ended yesterday", "last day"],
)
def test_a_role_holds_from_its_first_day_to_its_last(
    urtam: Organization, nobody: User, starts: date, ends: date | None, holds: bool
) -> None:
    Membership.objects.create(user=nobody, organization=urtam, role=Role.EDITOR, starts_on=starts, ends_on=ends)

    assert may_see(nobody, urtam) is holds


def test_roles_of_a_body_that_is_closed_hold_no_more(urtam: Organization, editor: User) -> None:
    urtam.is_active = False
    urtam.save()

    assert not may_see(editor, urtam)


def test_a_person_may_be_something_else_elsewhere(urtam: Organization, chilino: Organization, editor: User) -> None:
    Membership.objects.create(user=editor, organization=chilino, role=Role.OBSERVER)

    person = User.objects.get(pk=editor.pk)
    may = [person.may(Permission.WRITE_PLAN, body) for body in (urtam, chilino)]
    assert (may, person.may(Permission.VIEW, chilino)) == ([True, False], True)


# --- given and ended on the page ----------------------------------------------------------------


def give(client: Client, person: User, organization: Organization, **fields: object) -> int:
    data = {"organization": organization.pk, "role": "observer", **fields}
    return client.post(reverse("people:membership_create", args=[person.pk]), data).status_code


def end(client: Client, membership: Membership) -> None:
    client.post(reverse("people:membership_end", args=[membership.pk]))


def test_a_role_is_given_from_a_day_to_a_day(
    client: Client, administrator: User, editor: User, chilino: Organization
) -> None:
    client.force_login(administrator)

    give(client, editor, chilino, starts_on="2026-12-01", ends_on="2026-12-31")

    given = editor.memberships.get(organization=chilino)
    assert (given.role, given.starts_on, given.ends_on) == ("observer", date(2026, 12, 1), date(2026, 12, 31))


def test_the_person_gets_a_letter_about_the_role(
    client: Client, administrator: User, editor: User, chilino: Organization
) -> None:
    client.force_login(administrator)

    give(client, editor, chilino)

    letter = Letter.objects.get()
    assert (letter.user, letter.subject) == (editor, "У вас новая роль в «Глашатае»")
    assert "наблюдатель, Chilino" in letter.body


def test_a_role_is_not_given_twice(client: Client, administrator: User, editor: User, urtam: Organization) -> None:
    client.force_login(administrator)

    give(client, editor, urtam, role="editor")

    assert editor.memberships.count() == 1


def test_a_role_cannot_end_before_it_starts(
    client: Client, administrator: User, editor: User, chilino: Organization
) -> None:
    client.force_login(administrator)

    status = give(client, editor, chilino, starts_on="2026-12-31", ends_on="2026-12-01")

    assert (status, editor.memberships.count()) == (200, 1)


def test_no_role_is_given_in_a_body_out_of_reach(
    client: Client, administrator: User, editor: User, other_district: Organization
) -> None:
    client.force_login(administrator)

    status = give(client, editor, other_district)

    assert (status, editor.memberships.count()) == (200, 1)


def test_an_ended_role_had_its_last_day_yesterday(client: Client, administrator: User, editor: User) -> None:
    client.force_login(administrator)
    membership = editor.memberships.get()

    end(client, membership)

    membership.refresh_from_db()
    assert (membership.ends_on, may_see(editor, membership.organization)) == (date(2026, 11, 25), False)


def test_a_role_that_began_today_leaves_only_the_log(client: Client, administrator: User, urtam: Organization) -> None:
    person = make_user("petrova")
    membership = Membership.objects.create(user=person, organization=urtam, role=Role.EDITOR)
    client.force_login(administrator)

    end(client, membership)

    entry = AuditEntry.objects.latest("pk")
    assert (person.memberships.count(), entry.action, entry.changes["role"]) == (0, 2, ["editor", None])


def test_the_end_of_a_role_is_in_the_log(client: Client, administrator: User, editor: User) -> None:
    client.force_login(administrator)

    end(client, editor.memberships.get())

    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor, entry.changes) == (administrator, {"ends_on": [None, "2026-11-25"]})


# --- off and on ---------------------------------------------------------------------------------


def test_a_person_switched_off_loses_everything_at_once(client: Client, administrator: User, editor: User) -> None:
    at_work = Client()
    at_work.force_login(editor)
    client.force_login(administrator)

    client.post(reverse("people:user_deactivate", args=[editor.pk]))

    assert at_work.get("/today/").status_code == 302
    assert editor.memberships.count() == 1


def test_switching_off_and_on_is_in_the_log(client: Client, administrator: User, editor: User) -> None:
    client.force_login(administrator)

    client.post(reverse("people:user_deactivate", args=[editor.pk]))
    client.post(reverse("people:user_reactivate", args=[editor.pk]))

    changes = [entry.changes for entry in AuditEntry.objects.filter(actor=administrator).order_by("pk")]
    assert changes == [{"is_active": [True, False]}, {"is_active": [False, True]}]


def test_no_role_is_given_to_a_person_switched_off(
    client: Client, administrator: User, editor: User, chilino: Organization
) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False)
    client.force_login(administrator)

    give(client, editor, chilino)

    assert editor.memberships.count() == 1


def test_a_person_with_a_role_in_another_district_is_not_switched_off_from_here(
    client: Client, administrator: User, editor: User, other_district: Organization
) -> None:
    Membership.objects.create(user=editor, organization=other_district, role=Role.EDITOR)
    client.force_login(administrator)

    status = client.post(reverse("people:user_deactivate", args=[editor.pk])).status_code

    editor.refresh_from_db()
    assert (status, editor.is_active) == (403, True)


# --- the last administrator ---------------------------------------------------------------------


def test_nobody_switches_oneself_off(client: Client, administrator: User, second_administrator: User) -> None:
    client.force_login(administrator)

    client.post(reverse("people:user_deactivate", args=[administrator.pk]))

    administrator.refresh_from_db()
    assert administrator.is_active


def test_nobody_takes_the_role_of_administrator_from_oneself(
    client: Client, administrator: User, second_administrator: User
) -> None:
    client.force_login(administrator)

    end(client, administrator.memberships.get())

    assert administrator.memberships.current().exists()


def test_one_of_two_administrators_can_go(client: Client, administrator: User, second_administrator: User) -> None:
    client.force_login(administrator)

    end(client, second_administrator.memberships.get())

    assert not second_administrator.memberships.current().exists()


@pytest.mark.parametrize("other", ["switched off", "invited", "tomorrow", "of a settlement"])
def test_who_cannot_help_is_no_second_administrator(
    client: Client, administrator: User, district: Organization, urtam: Organization, other: str
) -> None:
    """The administrator of a settlement may end roles there only; above, the last one stays."""
    region_keeper = make_user("keeper", Role.ADMINISTRATOR, urtam if other == "of a settlement" else district)
    if other == "switched off":
        User.objects.filter(pk=region_keeper.pk).update(is_active=False)
    if other == "invited":
        region_keeper.set_unusable_password()
        region_keeper.save()
    if other == "tomorrow":
        region_keeper.memberships.update(starts_on=date(2026, 11, 27))
    boss = make_user("boss", Role.ADMINISTRATOR, district)
    client.force_login(boss)
    end(client, administrator.memberships.get())  # fine: the boss remains
    client.force_login(User.objects.get(pk=boss.pk))

    client.post(reverse("people:user_deactivate", args=[boss.pk]))
    end(client, boss.memberships.get())

    assert boss.memberships.current().exists()


def test_the_last_administrator_of_a_body_is_told_so(
    client: Client, district: Organization, urtam: Organization
) -> None:
    above = make_user("above", Role.ADMINISTRATOR, district)
    below = make_user("below", Role.ADMINISTRATOR, urtam)
    client.force_login(above)

    end(client, below.memberships.get())

    assert not below.memberships.current().exists()  # whoever is above can still give roles there
