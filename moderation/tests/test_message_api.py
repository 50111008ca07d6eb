"""Messages from a program: a batch, each message by itself, each once."""

from typing import Any

import pytest
from django.test import Client

from people import api_keys
from people.models import Organization, Scope, User
from registry.models import Account

API = "/api/v1/messages/"


@pytest.fixture
def key(urtam: Organization, coordinator: User) -> str:
    return api_keys.issue(urtam, "Сборщик", [Scope.MESSAGES_WRITE], by=coordinator)[1]


def one(of: Account, **fields: Any) -> dict[str, Any]:
    values = {
        "account": of.pk,
        "text": "Где фонари?",
        "received_at": "2026-11-09T10:00:00+07:00",
        "external_id": "1",
    }
    return {**values, **fields}


def bring(client: Client, key: str, *messages: Any) -> Any:
    headers = {"Authorization": f"Bearer {key}"}
    return client.post(API, {"messages": list(messages)}, "application/json", headers=headers)


def test_a_batch_is_taken_once(client: Client, key: str, urtam_vk: Account) -> None:
    first = bring(client, key, one(urtam_vk), one(urtam_vk, external_id="2"))
    again = bring(client, key, one(urtam_vk), one(urtam_vk, external_id="3"))

    assert (first.status_code, [row["status"] for row in first.json()["results"]]) == (200, ["created", "created"])
    assert [row["status"] for row in again.json()["results"]] == ["known", "created"]
    assert again.json()["results"][0]["id"] == first.json()["results"][0]["id"]


def test_bad_messages_are_refused_by_their_index(client: Client, key: str, urtam_vk: Account) -> None:
    response = bring(
        client, key, one(urtam_vk), one(urtam_vk, text=""), 5, one(urtam_vk, received_at="2999-01-01T00:00Z")
    )

    found = [(row["index"], row["status"], list(row["errors"])) for row in response.json()["results"]]
    assert (response.status_code, found) == (
        207,
        [
            (0, "created", []),
            (1, "refused", ["text"]),
            (2, "refused", ["non_field_errors"]),
            (3, "refused", ["received_at"]),
        ],
    )


def test_a_key_of_a_body_writes_to_no_other(client: Client, key: str, chilino_vk: Account) -> None:
    response = bring(client, key, one(chilino_vk), one(chilino_vk, account=None, page="https://vk.com/chilino_demo"))

    assert [list(row["errors"]) for row in response.json()["results"]] == [["account"], ["page"]]


def test_the_link_of_a_comment_tells_everything(client: Client, key: str, urtam_vk: Account) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(external_id="777")
    link = "https://vk.com/wall-777_45?reply=67"

    response = bring(client, key, one(urtam_vk, account=None, external_id="", link=link))

    assert urtam_vk.messages.values_list("pk", "post", "external_id").get() == (
        response.json()["results"][0]["id"],
        "45",
        "67",
    )


def test_more_than_a_hundred_are_refused_as_a_whole(client: Client, key: str, urtam_vk: Account) -> None:
    response = bring(client, key, *[one(urtam_vk, external_id=str(n)) for n in range(101)])

    assert (response.status_code, response["Content-Type"], urtam_vk.messages.count()) == (
        400,
        "application/problem+json",
        0,
    )


def test_a_key_that_only_reads_brings_nothing(
    client: Client, urtam: Organization, urtam_vk: Account, coordinator: User
) -> None:
    _key, text = api_keys.issue(urtam, "Сайт", [Scope.REGISTRY_READ], by=coordinator)

    assert (bring(client, text, one(urtam_vk)).status_code, urtam_vk.messages.count()) == (403, 0)


def test_a_hundred_ask_as_many_queries_as_one(
    client: Client, key: str, urtam_vk: Account, django_assert_max_num_queries: Any
) -> None:
    bring(client, key, one(urtam_vk))

    with django_assert_max_num_queries(32):  # SQLite writes a hundred rows in several statements
        bring(client, key, *[one(urtam_vk, external_id=f"many-{n}") for n in range(100)])


def test_how_much_is_left_stands_in_the_headers(client: Client, key: str, urtam_vk: Account) -> None:
    response = bring(client, key, one(urtam_vk))

    assert (response["RateLimit-Limit"], response["Cache-Control"]) == ("600", "private, no-store")
