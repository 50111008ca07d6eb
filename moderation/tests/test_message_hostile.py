"""Whatever a program sends to the intake of messages is answered with a sentence, and nothing is half-written."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from moderation.models import Message
from moderation.tests.test_message_api import API, one
from people import api_keys
from people.models import Organization, Scope, User
from registry.models import Account


@pytest.fixture
def key(urtam: Organization, coordinator: User) -> str:
    return api_keys.issue(urtam, "Сборщик", [Scope.MESSAGES_WRITE], by=coordinator)[1]


def send(client: Client, key: str, body: Any, content_type: str = "application/json") -> Any:
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.generic("POST", API, raw, content_type, headers={"Authorization": f"Bearer {key}"})


def of_one(client: Client, key: str, *messages: Any) -> tuple[int, list[list[str]]]:
    """The code, and the fields each message is refused for."""
    answer = send(client, key, {"messages": list(messages)})
    return answer.status_code, [list(row["errors"]) for row in answer.json()["results"]]


DEEP: Any = "[" * 900 + "]" * 900
TOO_DEEP = '{"messages": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize(
    "body",
    [
        {"messages": []},
        {"messages": {}},
        {"messages": "text"},
        {"messages": None},
        {},
        [],
        [{"text": "а"}],
        "null",
        "5",
        '"text"',
        "",
        "{",
        '{"messages": [{"text": "а", ]}',
        '{"messages": [NaN]}',
        b'{"messages": ["\xff\xfe"]}',
        TOO_DEEP,
        '{"messages": ' + "9" * 5000 + "}",
        {"messages": [{}] * 101},
    ],
    ids=lambda body: str(body)[:24],
)
def test_what_is_no_batch_is_refused_with_a_sentence(client: Client, key: str, body: Any) -> None:
    answer = send(client, key, body)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert len(answer.json()["detail"]) > 10


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "", "j"])
def test_another_kind_of_content_is_refused(client: Client, key: str, content_type: str) -> None:
    answer = send(client, key, {"messages": []}, content_type)

    assert (answer.status_code, bool(answer.json()["detail"])) == (415, True)


@pytest.mark.parametrize(
    "item",
    [None, 5, 1.5, True, "text", [], [[]], {}, {"text": {"a": [{"b": {}}]}}, {"text": None}],
    ids=str,
)
def test_what_is_no_message_is_refused_and_its_neighbour_taken(
    client: Client, key: str, urtam_vk: Account, item: Any
) -> None:
    code, errors = of_one(client, key, item, one(urtam_vk))

    assert (code, bool(errors[0]), errors[1], Message.objects.count()) == (207, True, [], 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"account": 10**15}, "account"),
        ({"account": 10**30}, "account"),
        ({"account": -1}, "account"),
        ({"account": 0}, "account"),
        ({"account": "один"}, "account"),
        ({"account": [1]}, "account"),
        ({"account": 1.5}, "account"),
        ({"account": None, "page": "https://vk.com/" + "a" * 300}, "page"),
        ({"account": None, "page": "\x00"}, "page"),
        ({"account": None, "page": "]]]http://[::1"}, "page"),
        ({"text": "а" * 100_000}, "text"),
        ({"text": "а\x00б"}, "text"),
        ({"text": "до \ud800 после"}, "text"),
        ({"text": " \n\t\u200b "}, "text"),
        ({"text": ["а"]}, "text"),
        ({"received_at": "2999-01-01T00:00:00+07:00"}, "received_at"),
        ({"received_at": "1900-01-01T00:00:00+07:00"}, "received_at"),
        ({"received_at": "0001-01-01T00:00:00+14:00"}, "received_at"),
        ({"received_at": "9999-12-31T23:59:59-14:00"}, "received_at"),
        ({"received_at": "вчера"}, "received_at"),
        ({"received_at": "2026-02-30T10:00:00"}, "received_at"),
        ({"received_at": ""}, "received_at"),
        ({"received_at": None}, "received_at"),
        ({"received_at": 1700000000}, "received_at"),
        ({"received_at": {}}, "received_at"),
        ({"kind": "letter"}, "kind"),
        ({"kind": []}, "kind"),
        ({"kind": None}, "kind"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://vk.com/wall-1_1?a=\ud800"}, "link"),
        ({"link": "https://vk.com@evil.example/wall-1_1"}, "link"),
        ({"link": "ftp://vk.com/wall-1_1"}, "link"),
        ({"external_id": "1\x00"}, "external_id"),
        ({"external_id": "\udfff"}, "external_id"),
        ({"external_id": "1" * 101}, "external_id"),
        ({"post": "\ud800"}, "post"),
        ({"thread": "\ud800"}, "thread"),
        ({"author_name": "\ud800"}, "author_name"),
        ({"author_name": "я" * 201}, "author_name"),
        ({"author_id": "\ud800"}, "author_id"),
        ({"author_id": {"id": 1}}, "author_id"),
        ({"is_urgent": "срочно"}, "is_urgent"),
        ({"is_urgent": None}, "is_urgent"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_is_wrong_with_a_message_is_said_of_its_field(
    client: Client, key: str, urtam_vk: Account, fields: dict[str, Any], field: str
) -> None:
    code, errors = of_one(client, key, one(urtam_vk, **fields), one(urtam_vk, external_id="2"))

    assert (code, errors, Message.objects.count()) == (207, [[field], []], 1)


def test_a_number_larger_than_any_is_no_account(client: Client, key: str, urtam_vk: Account) -> None:
    answer = send(client, key, '{"messages": [{"account": 1e400, "text": "а", "received_at": "2026-11-09T10:00:00"}]}')

    assert (answer.status_code, list(answer.json()["results"][0]["errors"])) == (207, ["account"])


def test_a_moment_without_a_zone_is_by_the_clock_of_the_body(client: Client, key: str, urtam_vk: Account) -> None:
    Organization.objects.filter(pk=urtam_vk.organization_id).update(timezone="Europe/Moscow")

    of_one(client, key, one(urtam_vk, received_at="2026-11-09T10:00:00"))

    assert Message.objects.get().received_at.isoformat() == "2026-11-09T07:00:00+00:00"


def test_the_same_number_with_other_words_leaves_the_first_ones(client: Client, key: str, urtam_vk: Account) -> None:
    answer = send(client, key, {"messages": [one(urtam_vk), one(urtam_vk, text="Подменено")]})
    again = send(client, key, {"messages": [one(urtam_vk, text="Опять подменено")]})

    said = [row["status"] for one in (answer, again) for row in one.json()["results"]]
    assert (said, Message.objects.get().text) == (["created", "known", "known"], "Где фонари?")


@pytest.mark.parametrize("change", ["none", "wrong", "revoked", "expired", "other scope", "basic"])
def test_without_a_key_that_opens_it_nothing_is_written(
    client: Client, key: str, urtam: Organization, urtam_vk: Account, coordinator: User, change: str
) -> None:
    body = json.dumps({"messages": [one(urtam_vk)]})
    headers = {"Authorization": f"Bearer {key}"}
    if change == "none":
        headers = {}
    elif change == "wrong":
        headers = {"Authorization": f"Bearer {key[:-1]}\u044f".encode().decode("latin-1")}
    elif change == "basic":
        headers = {"Authorization": f"Basic {key}"}
    elif change == "revoked":
        api_keys.revoke(urtam.api_keys.get(), by=coordinator)
    elif change == "expired":
        hour = timedelta(hours=1)
        urtam.api_keys.update(made_at=timezone.now() - 2 * hour, expires_at=timezone.now() - hour)
    else:
        headers = {"Authorization": f"Bearer {api_keys.issue(urtam, 'С', [Scope.REGISTRY_READ], by=coordinator)[1]}"}

    answer = client.generic("POST", API, body, "application/json", headers=headers)

    assert answer.status_code == (403 if change == "other scope" else 401)
    assert Message.objects.count() == 0
