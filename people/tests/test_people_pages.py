"""The pages of people and of the audit log show what is in reach, in human words, in few queries."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conftest import make_user
from people import audit
from people.audit_words import tell
from people.models import AuditEntry, Membership, Organization, User
from people.roles import Role

LIST, LOG = "/people/", "/audit/"


@pytest.fixture
def at_desk(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def names(client: Client, query: str = "") -> list[str]:
    return [person.username for person in client.get(LIST + query).context["page"]]


# --- the list -----------------------------------------------------------------------------------


def test_the_list_names_people_of_bodies_in_reach_only(
    at_desk: Client, editor: User, outsider: User, nobody: User
) -> None:
    assert names(at_desk) == ["administrator", "editor"]


def test_an_administrator_of_a_settlement_sees_its_people_only(
    client: Client, urtam: Organization, editor: User, chilino_editor: User, coordinator: User
) -> None:
    client.force_login(make_user("keeper", Role.ADMINISTRATOR, urtam))

    assert names(client) == ["editor", "keeper"]


def test_roles_elsewhere_are_not_told(
    at_desk: Client, editor: User, other_district: Organization, urtam: Organization
) -> None:
    Membership.objects.create(user=editor, organization=other_district, role=Role.COORDINATOR)

    pages = [at_desk.get(address).content.decode() for address in (LIST, f"{LIST}{editor.pk}/")]

    assert ["Urtam" in page for page in pages] == [True, True]
    assert ["Elsewhere" in page for page in pages] == [False, False]


def test_a_filter_does_not_tell_what_somebody_is_elsewhere(
    at_desk: Client, editor: User, other_district: Organization
) -> None:
    Membership.objects.create(user=editor, organization=other_district, role=Role.COORDINATOR)

    assert names(at_desk, "?role=coordinator") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=editor", ["chilino_editor", "editor"]),
        ("?q=EDITOR@example.org", ["chilino_editor", "editor"]),
        ("?q=снабжен", ["editor"]),
        ("?role=editor", ["chilino_editor", "editor"]),
        ("?state=off", ["chilino_editor"]),
        ("?state=invited", []),
        ("?q=nobody-like-this", []),
    ],
)
def test_the_list_is_filtered(
    at_desk: Client, editor: User, chilino_editor: User, query: str, found: list[str]
) -> None:
    User.objects.filter(pk=editor.pk).update(job_title="Отдел снабжЕния")
    User.objects.filter(pk=chilino_editor.pk).update(is_active=False)

    assert names(at_desk, query) == found


def test_the_list_of_one_and_of_three_takes_the_same_queries(
    at_desk: Client, urtam: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at_desk.get(LIST)  # the session notes its beginning
    for number in (1, 3):
        for n in range(number):
            make_user(f"person{number}{n}", Role.EDITOR, urtam)
        with django_assert_num_queries(8):
            at_desk.get(LIST)


def test_earlier_roles_stand_on_the_page_of_the_person(at_desk: Client, editor: User) -> None:
    editor.memberships.update(ends_on=date(2021, 5, 31))

    response = at_desk.get(f"{LIST}{editor.pk}/")

    assert (list(response.context["ongoing"]), [m.role for m in response.context["past"]]) == ([], ["editor"])


# --- the log ------------------------------------------------------------------------------------


def test_the_log_shows_bodies_in_reach_only(at_desk: Client, urtam: Organization, other_district: Organization) -> None:
    for body in (urtam, other_district):
        body.centre = f"с. {body.short_name}"
        body.save()

    page = at_desk.get(LOG).content.decode()

    assert ["с. Urtam" in page, "с. Elsewhere" in page] == [True, False]


def test_an_entry_says_before_and_after_in_human_words(administrator: User, editor: User, urtam: Organization) -> None:
    membership = editor.memberships.get()
    membership.role = Role.MODERATOR
    membership.ends_on = date(2026, 12, 31)
    with audit.acting(administrator):
        membership.save()

    told = tell([AuditEntry.objects.latest("pk")])[0]

    assert (told.kind, told.who) == ("Роль человека", str(administrator))
    assert [(c.label, c.before, c.after) for c in told.changes] == [
        ("По (включительно)", "—", "31 декабря 2026"),
        ("Роль", "редактор", "модератор"),
    ]


def test_an_entry_names_what_it_points_at(editor: User, urtam: Organization) -> None:
    entry = AuditEntry.objects.get(content_type__model="membership", object_repr__startswith=str(editor))

    told = {change.label: change.after for change in tell([entry])[0].changes}

    assert (told["Орган"], told["Человек"]) == ("Urtam", str(editor))


def test_a_row_that_is_gone_keeps_its_number(editor: User) -> None:
    entry = AuditEntry.objects.get(content_type__model="membership", object_repr__startswith=str(editor))
    entry.changes["user"] = [None, 987654]

    told = {change.label: change.after for change in tell([entry])[0].changes}

    assert told["Человек"] == "987654"


def test_the_log_of_one_and_of_three_takes_the_same_queries(
    at_desk: Client, urtam: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at_desk.get(LOG)  # the session notes its beginning
    for number in (1, 3):
        for n in range(number):
            Membership.objects.create(user=make_user(f"p{number}{n}"), organization=urtam, role=Role.EDITOR)
        with django_assert_num_queries(8):
            at_desk.get(LOG)


def test_the_log_goes_on_where_the_page_ends(at_desk: Client, urtam: Organization) -> None:
    for n in range(60):
        urtam.centre = f"село {n}"
        urtam.save()

    first = at_desk.get(LOG)
    second = at_desk.get(LOG, {"before": first.context["before"]})

    shown = [[row.entry.pk for row in page.context["told"]] for page in (first, second)]
    assert (len(shown[0]), max(shown[1]) < min(shown[0])) == (50, True)


@pytest.mark.parametrize("mark", ["x", "2026-11-26T00:00:00_7", "2026-13-45T00:00:00+00:00_7", "_", "a_b_c"])
def test_a_broken_mark_of_the_page_shows_the_newest(at_desk: Client, mark: str) -> None:
    assert at_desk.get(LOG, {"before": mark}).status_code == 200


def test_the_log_is_filtered_by_person_and_kind(at_desk: Client, administrator: User, urtam: Organization) -> None:
    urtam.centre = "село"
    with audit.acting(administrator):
        urtam.save()

    page = at_desk.get(f"{LOG}?person={administrator.pk}&kind=people.organization")
    found = [row.entry.changes for row in page.context["told"]]

    assert found == [{"centre": ["", "село"]}]
