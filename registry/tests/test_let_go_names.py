"""Old names of pages that are kept on under another: anybody may take them, so they stand beside the closed ones."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from people.models import Organization, User
from registry import actions
from registry.models import Account, AccountStatus, FormerName, NetworkStatus, SocialNetwork
from registry.tests.conftest import enter, text_of
from registry.tests.test_former_names import RENAMED, rename

LIST = "/registry/closed/"
QUERIES = 14
pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(urtam: Organization, vk: SocialNetwork, coordinator: User) -> Account:
    """A page of Urtam that was `urtam_old` until it was renamed."""
    return rename(enter(urtam, vk, "urtam_old", name="Уртам сегодня"), "urtam_new", coordinator)


@pytest.fixture
def keeper(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def listed(client: Client, **query: Any) -> list[str]:
    return [name.handle for name in client.get(LIST, {"renamed": "1", **query}).context["renamed"]]


def count(client: Client) -> int:
    return int(next(tab["count"] for tab in client.get(LIST).context["tabs"] if "renamed" in tab["url"]))


def test_an_old_name_stands_with_the_page_of_today_beside_it(keeper: Client, renamed: Account) -> None:
    page = text_of(keeper, LIST, renamed="1")

    assert "vk.com/urtam_old" in page
    assert f'href="/accounts/{renamed.pk}/">Уртам сегодня' in page
    assert "vk.com/urtam_new" in page
    assert "/fakes/report/?url=https%3A%2F%2Fvk.com%2Furtam_old" in page
    assert count(keeper) == 1


def test_an_old_name_of_a_closed_page_or_one_taken_back_is_not_listed(
    keeper: Client, renamed: Account, chilino: Organization, vk: SocialNetwork, coordinator: User
) -> None:
    assert listed(keeper) == ["urtam_old"]
    rename(rename(enter(chilino, vk, "chilino_old"), "chilino_new", coordinator), "chilino_old", coordinator)
    actions.archive(renamed, by=coordinator, on=RENAMED, note="страницы больше нет")

    assert listed(keeper) == ["chilino_new"]


def test_a_name_in_a_network_prohibited_since_is_not_listed(
    keeper: Client, renamed: Account, vk: SocialNetwork, past_the_database: None
) -> None:
    NetworkStatus.objects.filter(network=vk).update(status="prohibited")

    assert (listed(keeper), count(keeper)) == ([], 0)
    assert "urtam_old" not in text_of(keeper, LIST, renamed="1")


@pytest.mark.parametrize("query", ["vk.com/urtam_old", "https://vk.com/urtam_old/", "urtam_old", "Уртам сегодня"])
def test_it_is_found_by_the_old_address_and_by_the_page_of_today(
    query: str, keeper: Client, renamed: Account, chilino: Organization, vk: SocialNetwork, coordinator: User
) -> None:
    rename(enter(chilino, vk, "chilino_old"), "chilino_new", coordinator)

    assert listed(keeper, q=query) == ["urtam_old"]


def test_the_list_is_narrowed_by_body_and_network(
    keeper: Client, renamed: Account, chilino: Organization, ok: SocialNetwork, coordinator: User
) -> None:
    rename(enter(chilino, ok, "chilino_old"), "chilino_new", coordinator)

    assert sorted(listed(keeper)) == ["chilino_old", "urtam_old"]
    assert listed(keeper, organization="urtam") == ["urtam_old"]
    assert listed(keeper, network="ok") == ["chilino_old"]


def test_names_out_of_reach_are_not_listed(
    keeper: Client, other_district: Organization, vk: SocialNetwork, coordinator: User
) -> None:
    strange = enter(other_district, vk, "strange_new")
    FormerName.objects.create(
        account=strange, network=vk, url="https://vk.com/strange_old", handle="strange_old", until="2026-11-01T00:00Z"
    )

    assert (listed(keeper), count(keeper)) == ([], 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_name_and_for_three(
    rows: int,
    keeper: Client,
    urtam: Organization,
    vk: SocialNetwork,
    coordinator: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        rename(enter(urtam, vk, f"old_{number}"), f"new_{number}", coordinator)

    with django_assert_num_queries(QUERIES):
        keeper.get(LIST, {"renamed": "1"})


def test_a_citizen_who_searches_the_list_by_an_old_address_is_told_the_new_one(
    client: Client, renamed: Account
) -> None:
    said = text_of(client, "/", q="https://vk.com/urtam_old")

    assert "vk.com/urtam_old переименована, сегодня её адрес vk.com/urtam_new" in said


def test_an_old_address_of_a_page_nobody_may_see_is_told_to_nobody(client: Client, renamed: Account) -> None:
    Account.objects.filter(pk=renamed.pk).update(status=AccountStatus.UNCONFIRMED)

    assert "urtam_new" not in text_of(client, "/", q="https://vk.com/urtam_old")


def test_what_only_closed_pages_have_is_not_asked_there(keeper: Client, renamed: Account) -> None:
    asked = [field.name for field in keeper.get(LIST, {"renamed": "1"}).context["filter"].asked]

    assert asked == ["q", "organization", "network"]
