"""The registry for machines beyond the list: cursors, changes, networks, caches, refusals."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from conftest import make_account
from people.models import Organization, User
from registry import history
from registry.api import lists
from registry.models import Account, SocialNetwork
from registry.tests.conftest import API
from registry.verification import Verdict

pytestmark = pytest.mark.django_db
VERIFY, CHANGES = f"{API}verify/", "/api/v1/changes/"


def walk(client: Client, address: str) -> list[Any]:
    """The numbers on each page, by cursor from the first to the last."""
    pages = []
    while address:
        answer = client.get(address).json()
        pages.append([row["id"] for row in answer["results"]])
        address = answer["next"]
    return pages


def test_entries_follow_one_another_by_cursor(client: Client, urtam: Organization, vk: SocialNetwork) -> None:
    keys = [make_account(urtam, vk, f"page{number}").pk for number in range(3)]

    assert walk(client, f"{API}?cursor=&page_size=2&network=vk") == [keys[:2], keys[2:]]


def test_bodies_follow_one_another_by_cursor(client: Client, urtam: Organization, chilino: Organization) -> None:
    keys = sorted(Organization.objects.values_list("pk", flat=True))

    assert walk(client, "/api/v1/organizations/?page_size=2") == [keys[:2], keys[2:]]


def test_one_body_is_found_by_its_short_address(client: Client, urtam: Organization) -> None:
    assert client.get("/api/v1/organizations/urtam/").json()["name"] == urtam.name
    assert client.get("/api/v1/organizations/nobody/").status_code == 404


def test_prohibited_networks_are_left_out(client: Client, vk: SocialNetwork, facebook: SocialNetwork) -> None:
    assert [row["slug"] for row in client.get("/api/v1/networks/").json()["results"]] == ["vk"]


def test_changes_are_told_after_a_moment_and_only_those_after_the_cursor(
    client: Client, urtam_vk: Account, coordinator: User
) -> None:
    first = history.record(urtam_vk, None, by=coordinator)
    before = client.get(CHANGES).json()["results"]

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        told = client.get(CHANGES).json()
        later = client.get(CHANGES, {"cursor": told["cursor"]}).json()
        tomorrow = client.get(CHANGES, {"since": f"{timezone.localdate() + timedelta(days=1)}"}).json()

    assert first is not None
    assert (before, [row["id"] for row in told["results"]]) == ([], [first.pk])
    assert (later["results"], later["cursor"], tomorrow["results"]) == ([], told["cursor"], [])
    assert "Coordinator" not in str(told)


@pytest.mark.parametrize("query", ["since=вчера", "since=2026-13-01", "cursor=17", "cursor=c١", "page=1"])
def test_what_cannot_be_read_is_refused(client: Client, query: str) -> None:
    response = client.get(f"{CHANGES}?{query}")

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_what_has_not_changed_is_not_sent_again(client: Client, urtam_vk: Account) -> None:
    tag = client.get(API)["ETag"]
    again = client.get(API, headers={"if-none-match": tag})
    urtam_vk.name = "Новое имя"
    urtam_vk.save()
    changed = client.get(API, headers={"if-none-match": tag})

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


def test_no_cookie_is_looked_at_or_set(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)

    response = client.get(API)

    assert (len(response.cookies), "cookie" in response.get("Vary", "").lower()) == (0, False)


@pytest.mark.parametrize(
    ("method", "address", "code"),
    [
        ("GET", "/api/v1/nothing/", 404),
        ("GET", "/api/v2/", 404),
        ("DELETE", API, 405),
        ("POST", VERIFY, 415),
        ("GET", f"{API}?q=%00", 400),
    ],
)
def test_every_refusal_has_one_shape(client: Client, method: str, address: str, code: int) -> None:
    response = client.generic(method, address, "a=b", content_type="text/plain")

    assert (response.status_code, response["Content-Type"]) == (code, "application/problem+json")
    assert response.json()["status"] == code


def test_a_failure_has_the_same_shape(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr(lists, "reverse", lambda name: 1 / 0)

    response = client.get("/api/v1/")

    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")


@pytest.mark.parametrize("body", ["[" * 100_000, "{", '{"urls": "a"}', '{"urls": []}', "[1]"])
def test_a_body_that_means_nothing_is_refused(client: Client, body: str) -> None:
    assert client.post(VERIFY, body, content_type="application/json").status_code == 400


def test_half_a_character_is_no_failure(client: Client) -> None:
    response = client.post(VERIFY, '{"urls": ["\\ud800", "vk.com/a\\u0000b"]}', content_type="application/json")

    answers = [answer["answer"] for answer in response.json()["answers"]]
    assert (response.status_code, set(answers) <= {verdict.value for verdict in Verdict}) == (200, True)


def test_the_page_for_people_names_every_address(client: Client) -> None:
    page = client.get("/api/").content.decode()

    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert [path for path in paths if path not in page] == []
