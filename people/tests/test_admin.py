"""The admin follows the roles: rows, choices and buttons; Django's own flags mean nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from conftest import make_organization, make_user
from people.models import AuditEntry, Membership, Organization, User
from people.roles import Role

ORGANIZATIONS = "/admin/people/organization/"


def rows(client: Client, address: str) -> list[str]:
    return [str(row) for row in client.get(address).context["cl"].result_list]


NO_ROWS_BELOW = {f"{table}-{n}_FORMS": 0 for table in ("memberships", "work_hours") for n in ("TOTAL", "INITIAL")}


def edit(organization: Organization) -> str:
    return f"{ORGANIZATIONS}{organization.pk}/change/"


def fields(organization: Organization, **changed: object) -> dict[str, object]:
    """What the form of an organization sends, with the empty table of roles below it."""
    names = ("name", "short_name", "slug", "kind", "centre", "oktmo", "official_site", "timezone")
    values = {name: getattr(organization, name) for name in names}
    parent = Organization.objects.get_parent(organization)
    return {**values, **NO_ROWS_BELOW, "is_active": "on", "parent": parent.pk if parent else "", **changed}


def test_an_editor_sees_the_own_body_only(
    client: Client, editor: User, chilino: Organization, other_district: Organization
) -> None:
    client.force_login(editor)

    assert rows(client, ORGANIZATIONS) == ["Urtam"]


@pytest.mark.parametrize("address", ["/admin/people/user/", "/admin/people/membership/", "/admin/people/auditentry/"])
def test_lists_of_people_are_closed_to_an_editor(client: Client, editor: User, address: str) -> None:
    client.force_login(editor)

    assert client.get(address).status_code == 403


def test_an_editor_opens_no_other_body(
    client: Client, editor: User, urtam: Organization, chilino: Organization
) -> None:
    client.force_login(editor)

    assert [client.get(edit(body)).status_code for body in (urtam, chilino)] == [200, 404]


def test_a_search_finds_nothing_out_of_reach(client: Client, editor: User, chilino: Organization) -> None:
    client.force_login(editor)

    assert rows(client, f"{ORGANIZATIONS}?q=Администрация") == ["Urtam"]


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_flags_of_django_open_nothing(client: Client, nobody: User, flag: str) -> None:
    User.objects.filter(pk=nobody.pk).update(**{flag: True})
    client.force_login(nobody)

    assert client.get("/admin/", follow=True).status_code == 403


def test_who_works_here_and_has_no_flag_gets_in(client: Client, editor: User) -> None:
    client.force_login(editor)

    assert (editor.is_staff, client.get("/admin/").status_code) == (False, 200)


def test_the_admin_has_no_sign_in_of_its_own(client: Client, db: None) -> None:
    assert client.get("/admin/login/").headers["Location"] == "/me/login/?next=/admin/login/"


def test_signed_in_through_the_admin_the_person_is_in_the_admin(client: Client, editor: User) -> None:
    client.force_login(editor)

    assert client.get("/admin/login/").headers["Location"] == "/admin/"


def test_an_administrator_keeps_bodies_and_the_log_knows_it(
    client: Client, administrator: User, urtam: Organization
) -> None:
    client.force_login(administrator)

    client.post(edit(urtam), fields(urtam, centre="с. Уртам"))

    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor, entry.changes) == (administrator, {"centre": ["", "с. Уртам"]})


def test_a_body_is_added_under_another(client: Client, administrator: User, urtam: Organization) -> None:
    client.force_login(administrator)
    new = {**NO_ROWS_BELOW, "name": "Дом культуры", "short_name": "Дом культуры", "slug": "dk", "kind": "institution"}

    client.post(f"{ORGANIZATIONS}add/", {**new, "parent": urtam.pk, "timezone": "Asia/Tomsk", "is_active": "on"})

    assert Organization.objects.get_parent(Organization.objects.get(slug="dk")) == urtam


def test_a_body_is_moved_and_the_log_names_both_places(
    client: Client, administrator: User, urtam: Organization, chilino: Organization
) -> None:
    club = make_organization(urtam, "club", "institution")
    client.force_login(administrator)

    client.post(edit(club), fields(club, parent=chilino.pk))

    assert Organization.objects.get_parent(Organization.objects.get(pk=club.pk)) == Organization.objects.get(
        pk=chilino.pk
    )
    assert AuditEntry.objects.latest("pk").changes == {"parent": ["Urtam", "Chilino"]}


def test_a_body_is_not_put_under_a_place_out_of_reach(
    client: Client, administrator: User, urtam: Organization, other_district: Organization
) -> None:
    client.force_login(administrator)

    response = client.post(edit(urtam), fields(urtam, parent=other_district.pk))

    assert "parent" in response.context["adminform"].form.errors


def test_a_body_is_not_put_under_itself(client: Client, administrator: User, urtam: Organization) -> None:
    club = make_organization(urtam, "club", "institution")
    client.force_login(administrator)

    response = client.post(edit(urtam), fields(urtam, parent=club.pk))

    assert "parent" in response.context["adminform"].form.errors


def test_an_unknown_zone_is_refused(client: Client, administrator: User, urtam: Organization) -> None:
    client.force_login(administrator)

    response = client.post(edit(urtam), fields(urtam, timezone="Mars/Olympus"))

    assert response.context["adminform"].form.errors["timezone"] == ["Часового пояса «Mars/Olympus» нет."]


def test_a_name_is_mended_but_neither_password_nor_flags(client: Client, administrator: User, editor: User) -> None:
    client.force_login(administrator)
    data = {"username": "editor", "last_name": "Кедрова", "first_name": "Мария", "email": "editor@example.org"}

    client.post(
        reverse("admin:people_user_change", args=[editor.pk]),
        {**data, "password": "x", "is_superuser": "on", "is_staff": "on", "is_active": ""},
    )

    editor.refresh_from_db()
    assert (editor.last_name, editor.is_superuser, editor.is_staff, editor.is_active) == ("Кедрова", False, False, True)
    assert editor.check_password("a good long password")


def test_a_person_with_a_role_elsewhere_is_only_looked_at(
    client: Client, administrator: User, editor: User, other_district: Organization
) -> None:
    Membership.objects.create(user=editor, organization=other_district, role=Role.EDITOR)
    client.force_login(administrator)

    page = reverse("admin:people_user_change", args=[editor.pk])

    assert (client.get(page).status_code, client.post(page, {"last_name": "X"}).status_code) == (200, 403)


def test_the_roles_below_a_body_are_shown_to_administrators_only(
    client: Client, administrator: User, coordinator: User, editor: User, urtam: Organization
) -> None:
    shown = []
    for person in (administrator, coordinator):
        client.force_login(person)
        shown.append(str(editor) in client.get(edit(urtam)).content.decode())

    assert shown == [True, False]


def test_the_history_of_a_row_is_its_part_of_the_log(client: Client, administrator: User, urtam: Organization) -> None:
    client.force_login(administrator)

    response = client.get(reverse("admin:people_organization_history", args=[urtam.pk]))

    assert response.headers["Location"] == f"/audit/?kind=people.organization&object={urtam.pk}"


def test_no_link_to_the_history_for_those_who_may_not_read_it(
    client: Client, administrator: User, editor: User, urtam: Organization
) -> None:
    linked = []
    for person in (administrator, editor):
        client.force_login(person)
        linked.append("historylink" in client.get(edit(urtam)).content.decode())

    assert linked == [True, False]


def test_nobody_deletes_a_body(client: Client, administrator: User, urtam: Organization) -> None:
    client.force_login(administrator)

    status = client.post(reverse("admin:people_organization_delete", args=[urtam.pk]), {"post": "yes"}).status_code

    assert (status, Organization.objects.filter(pk=urtam.pk).exists()) == (403, True)


def test_no_action_deletes_rows_of_a_list(client: Client, administrator: User, urtam: Organization) -> None:
    client.force_login(administrator)

    client.post(ORGANIZATIONS, {"action": "delete_selected", "_selected_action": [urtam.pk], "post": "yes"})

    assert Organization.objects.filter(pk=urtam.pk).exists()


def test_a_role_is_not_given_past_the_letter(client: Client, administrator: User, editor: User) -> None:
    client.force_login(administrator)

    assert client.get(reverse("admin:people_membership_add")).status_code == 403


def test_an_administrator_of_a_settlement_keeps_that_body_only(
    client: Client, urtam: Organization, chilino: Organization, district: Organization
) -> None:
    client.force_login(make_user("keeper", Role.ADMINISTRATOR, urtam))

    answers = [client.post(edit(body), fields(body, centre="село")).status_code for body in (urtam, chilino, district)]

    assert answers == [302, 404, 404]
