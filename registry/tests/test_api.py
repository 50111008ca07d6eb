"""The registry for machines: shape, pages, refusals."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from conftest import make_account, make_organization
from people.models import Organization, User
from registry import actions
from registry.api.reading import PublicView
from registry.api.throttling import WindowThrottle
from registry.models import Account, AccountStatus, LegalAct, SocialNetwork
from registry.tests.conftest import API

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(urtam: Organization, vk: SocialNetwork) -> list[Account]:
    """Five entries, in the order of the API."""
    return [make_account(urtam, vk, f"page{number}") for number in range(5)]


def sentence(response: Any) -> str:
    """What a refusal says, in the one shape of all refusals."""
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert (sorted(told), told["status"]) == (["detail", "status", "title", "type"], response.status_code)
    return str(told["detail"])


def ids(answer: dict[str, Any]) -> list[int]:
    return [row["id"] for row in answer["results"]]


def test_an_entry_has_exactly_these_fields(
    client: Client, urtam: Organization, vk: SocialNetwork, the_order: LegalAct, coordinator: User
) -> None:
    account = make_account(
        urtam,
        vk,
        "urtam",
        external_id="77",
        description="Новости",
        opened_on="2023-03-01",
        legal_act=the_order,
        responsible_post="управляющий делами",
        work_phone="8 38244 1",
        work_email="urtam@example.org",
    )
    account.responsible_people.add(coordinator)
    actions.verify(account, by=coordinator)
    account.refresh_from_db()

    answer = client.get(API).json()

    assert answer == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": account.pk,
                "url": "https://vk.com/urtam",
                "network": "vk",
                "network_name": "ВКонтакте",
                "handle": "urtam",
                "external_id": "77",
                "name": "Urtam официально",
                "description": "Новости",
                "status": "active",
                "status_name": "действует",
                "organization": {
                    "id": urtam.pk,
                    "slug": "urtam",
                    "kind": urtam.kind,
                    "name": "Администрация urtam",
                    "short_name": "Urtam",
                    "centre": "",
                    "official_site": "",
                },
                "opened_on": "2023-03-01",
                "closed_on": None,
                "verified_on": str(account.last_verified_on),
                "legal_act": {"title": the_order.title, "number": "", "signed_on": None, "url": ""},
                "responsible_post": "управляющий делами",
                "work_phone": "8 38244 1",
                "work_email": "urtam@example.org",
                "card": f"http://127.0.0.1:8000/accounts/{account.pk}/",
            }
        ],
    }


def test_one_entry_says_the_same_as_the_list(client: Client, urtam_vk: Account) -> None:
    assert client.get(f"{API}{urtam_vk.pk}/").json() == client.get(API).json()["results"][0]


def test_the_address_of_the_card_opens(client: Client, urtam_vk: Account, settings: Settings) -> None:
    card = client.get(f"{API}{urtam_vk.pk}/").json()["card"]

    assert client.get(card.removeprefix(settings.SITE_URL)).context["account"] == urtam_vk


def test_a_body_without_a_page_has_no_network_and_no_link(client: Client, duma_without_page: Account) -> None:
    row = client.get(API).json()["results"][0]

    assert (row["network"], row["network_name"], row["url"], row["status"]) == (None, None, "", "not_kept")


class TestPages:
    def test_follow_one_another_and_cover_everything_once(self, client: Client, five: list[Account]) -> None:
        address, seen = f"{API}?page_size=2", []
        while address:
            answer = client.get(address).json()
            assert answer["count"] == 5
            seen.append(ids(answer))
            address = answer["next"]

        keys = [account.pk for account in five]
        assert seen == [keys[:2], keys[2:4], keys[4:]]

    def test_keep_the_filter_on_the_way_there_and_back(self, client: Client, five: list[Account]) -> None:
        second = client.get(f"{API}?network=vk&page_size=2&page=2").json()

        assert second["next"] == "http://testserver/api/v1/accounts/?network=vk&page=3&page_size=2"
        assert second["previous"] == "http://testserver/api/v1/accounts/?network=vk&page_size=2"

    def test_an_empty_registry_is_an_empty_page(self, client: Client) -> None:
        assert client.get(API).json() == {"count": 0, "next": None, "previous": None, "results": []}

    def test_the_largest_page_is_of_a_hundred(self, client: Client, five: list[Account]) -> None:
        assert len(client.get(f"{API}?page_size=100").json()["results"]) == 5

    @pytest.mark.parametrize("name", ["page", "page_size"])
    @pytest.mark.parametrize("value", ["0", "-1", "abc", "", "1.5", "1e3", "٣", "9" * 25, "%00", "1;2"])
    def test_what_is_no_number_is_refused_with_a_sentence(
        self, client: Client, five: list[Account], name: str, value: str
    ) -> None:
        response = client.get(f"{API}?{name}={value}")

        assert (response.status_code, sentence(response)) == (400, f"«{name}» должно быть числом от 1.")

    def test_more_than_a_hundred_is_refused(self, client: Client) -> None:
        response = client.get(f"{API}?page_size=101")

        assert (response.status_code, sentence(response)) == (
            400,
            "На одной странице не больше 100 записей.",
        )

    def test_a_page_after_the_last_is_not_there(self, client: Client, five: list[Account]) -> None:
        response = client.get(f"{API}?page=2")

        assert (response.status_code, sentence(response)) == (404, "Такой страницы списка нет.")


def test_a_mistyped_filter_does_not_give_everything(client: Client, urtam_vk: Account) -> None:
    response = client.get(f"{API}?netwrok=vk")

    assert (response.status_code, sentence(response)) == (400, "Параметра «netwrok» нет.")


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_an_entry_that_is_not_there_is_a_sentence(client: Client, number: str) -> None:
    response = client.get(f"{API}{number}/")

    assert (response.status_code, sentence(response)) == (404, "Такой записи в реестре нет.")


def test_signed_in_people_get_no_more_than_anybody(
    client: Client, urtam: Organization, vk: SocialNetwork, coordinator: User
) -> None:
    hidden = make_account(urtam, vk, "urtam", status=AccountStatus.PLANNED)
    client.force_login(coordinator)

    assert (client.get(API).json()["count"], client.get(f"{API}{hidden.pk}/").status_code) == (0, 404)


def test_any_site_may_read_and_nobody_may_write(client: Client, urtam_vk: Account) -> None:
    read = client.get(API, headers={"origin": "https://example.org"})
    writes = [client.generic(method, API).status_code for method in ("POST", "PUT", "PATCH", "DELETE")]

    assert (read["Access-Control-Allow-Origin"], writes) == ("*", [405] * 4)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(
    client: Client,
    district: Organization,
    vk: SocialNetwork,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_account(make_organization(district, f"body{number}"), vk, f"body{number}")

    with django_assert_num_queries(4):
        assert client.get(API).json()["count"] == rows


def test_who_asks_too_often_is_told_to_wait(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(PublicView, "throttle_classes", [WindowThrottle])
    settings.API_RATES = {"read": "2/d", "batch": "1/d"}

    answers = [client.get(API, REMOTE_ADDR="192.0.2.77") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[2]["Retry-After"] == answers[2]["RateLimit-Reset"]
    assert sentence(answers[2]).startswith("Слишком много запросов")
