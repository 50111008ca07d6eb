"""One log of every change: who, when, what, before and after; nobody can rewrite it."""

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import make_organization, make_user
from people import append_only, audit
from people.models import AuditEntry, Membership, Organization, User
from people.roles import Role


def latest(instance: object) -> AuditEntry:
    entry: AuditEntry = AuditEntry.objects.filter(object_repr=str(instance)).latest("pk")
    return entry


def test_every_save_leaves_what_was_and_what_is(urtam: Organization, administrator: User) -> None:
    urtam.centre = "с. Уртам"

    with audit.acting(administrator):
        urtam.save()

    entry = latest(urtam)
    assert (entry.changes, entry.actor, entry.organization) == ({"centre": ["", "с. Уртам"]}, administrator, urtam)


def test_change_without_anybody_signed_in_has_no_actor(urtam: Organization) -> None:
    urtam.centre = "с. Уртам"

    urtam.save()

    entry = latest(urtam)
    assert (entry.actor, entry.actor_name) == (None, "")


def test_password_never_comes_into_the_log(administrator: User) -> None:
    administrator.set_password("another long password")
    administrator.job_title = "Системный администратор"

    administrator.save()

    assert latest(administrator).changes == {"job_title": ["", "Системный администратор"]}


def test_change_made_by_one_update_is_told_by_hand(urtam: Organization, administrator: User) -> None:
    entry = audit.changed(urtam, by=administrator, is_active=(True, False), centre=("", ""))

    assert entry is not None
    assert (entry.changes, entry.actor_name) == ({"is_active": [True, False]}, str(administrator))


def test_nothing_is_told_when_nothing_changed(urtam: Organization) -> None:
    assert audit.changed(urtam, centre=("", "")) is None


def test_new_person_belongs_to_the_organization_the_invitation_is_about(urtam: Organization) -> None:
    with audit.about(urtam):
        person = User.objects.create_user("new", "new@example.org")

    assert latest(person).organization == urtam


def test_administrator_reads_entries_of_bodies_in_reach_only(
    administrator: User, urtam: Organization, other_district: Organization
) -> None:
    for organization in (urtam, other_district):
        organization.centre = "центр"
        organization.save()

    seen = AuditEntry.objects.visible_to(administrator).filter(action=AuditEntry.Action.UPDATE)

    assert [entry.organization for entry in seen if "centre" in entry.changes] == [urtam]


def test_person_without_organization_is_not_shown_to_administrators_of_any(administrator: User, nobody: User) -> None:
    assert str(nobody) not in [entry.object_repr for entry in AuditEntry.objects.visible_to(administrator)]


def test_those_who_may_not_read_the_log_see_nothing(editor: User) -> None:
    assert list(AuditEntry.objects.visible_to(editor)) == []


def test_membership_given_and_taken_is_in_the_log(urtam: Organization) -> None:
    person = make_user("petrova", Role.EDITOR, urtam)

    entry = latest(Membership.objects.get(user=person))

    assert (entry.organization, entry.changes["role"]) == (urtam, [None, "editor"])


@pytest.mark.parametrize("statement", ["UPDATE people_auditentry SET action = 9", "DELETE FROM people_auditentry"])
def test_database_refuses_to_rewrite_the_log(urtam: Organization, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEntry.objects.exists()


def test_log_stands_under_its_triggers(db: None) -> None:
    assert append_only.unprotected(connection, "people_auditentry") == []


def test_deleting_a_row_says_what_it_was(district: Organization) -> None:
    membership = Membership.objects.create(
        user=make_user("gone"), organization=make_organization(district, "short"), role=Role.EDITOR
    )

    membership.delete()

    entry = AuditEntry.objects.filter(action=AuditEntry.Action.DELETE).latest("pk")
    assert entry.changes["role"] == ["editor", None]
