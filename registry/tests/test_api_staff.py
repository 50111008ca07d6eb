"""What a key opens in the API, and what it does not."""

from typing import Any

import pytest
from django.test import Client

from conftest import make_account
from people import api_keys
from people.models import Organization, Scope, User
from registry.models import Account, AccountStatus, SocialNetwork

API = "/api/v1/staff/accounts/"


@pytest.fixture
def key(urtam: Organization, coordinator: User) -> str:
    return api_keys.issue(urtam, "Сайт", [Scope.REGISTRY_READ], by=coordinator)[1]


def ask(client: Client, key: str, address: str = API) -> Any:
    return client.get(address, headers={"Authorization": f"Bearer {key}"})


def test_key_opens_entries_that_are_not_public(
    client: Client, key: str, urtam: Organization, chilino: Organization, vk: SocialNetwork
) -> None:
    hidden = make_account(urtam, vk, "urtam", status=AccountStatus.PLANNED)
    make_account(chilino, vk, "chilino")

    response = ask(client, key)

    assert [row["id"] for row in response.json()["results"]] == [hidden.pk]


def test_answer_stays_in_no_cache(client: Client, key: str) -> None:
    response = ask(client, key)

    assert (response["Cache-Control"], "ETag" in response, response.cookies) == ("private, no-store", False, {})
    assert response["RateLimit-Limit"] == "600"


def test_neither_people_nor_security_are_told(client: Client, key: str, urtam_vk: Account) -> None:
    (row,) = ask(client, key).json()["results"]

    assert not {name for name in row if "people" in name or name.endswith("_by") or "secur" in name}


def test_prohibited_networks_are_left_out(
    client: Client, key: str, urtam: Organization, facebook: SocialNetwork
) -> None:
    make_account(urtam, facebook, "urtam", status=AccountStatus.ARCHIVED)

    assert ask(client, key).json()["results"] == []


def test_without_a_key_the_answer_is_401(client: Client, db: None) -> None:
    response = client.get(API)

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "Нужен ключ"


def test_sign_in_is_no_key(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)

    assert client.get(API).status_code == 401


def test_key_of_another_scope_is_refused(client: Client, urtam: Organization, coordinator: User) -> None:
    _key, text = api_keys.issue(urtam, "Сайт", [Scope.MESSAGES_WRITE], by=coordinator)

    assert ask(client, text).status_code == 403


def test_entries_of_one_status(client: Client, key: str, urtam: Organization, vk: SocialNetwork) -> None:
    make_account(urtam, vk, "urtam")
    planned = make_account(urtam, vk, "other", status=AccountStatus.PLANNED)

    assert [row["id"] for row in ask(client, key, f"{API}?status=planned").json()["results"]] == [planned.pk]
    assert ask(client, key, f"{API}?status=none").status_code == 400
