"""The signed-in list: what each person sees of the registry, and may do with it."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conftest import make_account, make_organization
from people.models import Organization, User
from registry import actions
from registry.models import Account, AccountStatus, LegalAct, SocialNetwork
from registry.tests.conftest import enter, text_of

pytestmark = pytest.mark.django_db

LIST = "/registry/"


def names(client: Client, user: User, **query: str) -> list[str]:
    client.force_login(user)
    return [account.name for account in client.get(LIST, query).context["page"]]


@pytest.fixture
def entries(urtam: Organization, chilino: Organization, vk: SocialNetwork, ok: SocialNetwork) -> None:
    enter(urtam, vk, "urtam", name="Уртам")
    enter(urtam, ok, "urtam", name="Уртам, план", status=AccountStatus.PLANNED)
    enter(chilino, vk, "chilino", name="Чилино")


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("administrator", ["Уртам", "Уртам, план", "Чилино"]),
        ("coordinator", ["Уртам", "Уртам, план", "Чилино"]),
        ("moderator", ["Уртам", "Уртам, план", "Чилино"]),
        ("observer", ["Уртам", "Уртам, план", "Чилино"]),
        ("editor", ["Уртам", "Уртам, план"]),
        ("chilino_editor", ["Чилино"]),
        ("outsider", []),
    ],
)
def test_people_see_every_entry_of_their_bodies(
    client: Client, person: str, seen: list[str], request: pytest.FixtureRequest
) -> None:
    assert names(client, request.getfixturevalue(person)) == seen


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"status": "planned"}, ["Уртам, план"]),
        ({"organization": "chilino"}, ["Чилино"]),
        ({"network": "vk", "q": "урт"}, ["Уртам"]),
        ({"q": "vk.com/Chilino?from=x"}, ["Чилино"]),
        ({"status": "nonsense"}, []),
        ({"page": "999"}, ["Уртам", "Уртам, план", "Чилино"]),
        ({"page": "x"}, ["Уртам", "Уртам, план", "Чилино"]),
        ({"q": "\0"}, []),
    ],
)
def test_filters(client: Client, coordinator: User, query: dict[str, str], seen: list[str]) -> None:
    assert names(client, coordinator, **query) == seen


@pytest.mark.usefixtures("entries")
def test_a_filter_by_another_body_betrays_nothing(client: Client, editor: User) -> None:
    assert names(client, editor, organization="chilino") == []


@pytest.mark.usefixtures("entries")
def test_what_is_due_for_verification(client: Client, coordinator: User) -> None:
    actions.verify(Account.objects.get(name="Уртам"), by=coordinator)

    assert names(client, coordinator, due="on") == ["Чилино"]


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("person", "proposes", "verifies"),
    [
        ("administrator", True, True),
        ("coordinator", True, True),
        ("editor", True, False),
        ("moderator", False, False),
        ("observer", False, False),
    ],
)
def test_the_bodies_propose_and_the_department_verifies(
    client: Client, person: str, proposes: bool, verifies: bool, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(person))

    text = text_of(client, LIST)

    assert ["Добавить аккаунт" in text, "/edit/" in text] == [proposes] * 2
    assert ("Проверено сегодня" in text) is verifies


def test_an_old_entry_of_a_prohibited_network_is_named_in_words_with_its_notice(
    client: Client, urtam: Organization, facebook: SocialNetwork, coordinator: User
) -> None:
    SocialNetwork.objects.filter(pk=facebook.pk).update(notice="* Запрещена решением суда.")
    make_account(urtam, facebook, "urtam.fb", status=AccountStatus.ARCHIVED, closed_on=date(2022, 3, 21))
    client.force_login(coordinator)

    text = text_of(client, LIST)

    assert ('href="https://facebook' in text, "* Запрещена решением суда." in text) == (False, True)


def test_an_entry_without_a_network_stands_in_the_list(
    client: Client, coordinator: User, duma_without_page: Account, the_order: LegalAct
) -> None:
    assert names(client, coordinator) == ["Дума района"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(
    client: Client,
    district: Organization,
    coordinator: User,
    vk: SocialNetwork,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_account(make_organization(district, f"body{number}"), vk, f"body{number}")
    client.force_login(coordinator)

    with django_assert_num_queries(24):
        client.get(LIST)
