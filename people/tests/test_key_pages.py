"""The page of keys: given, shown once, revoked; only to those who answer for the body."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import api_keys
from people.models import ApiKey, Organization, Scope, User

LIST, NEW = reverse("people:key_list"), reverse("people:key_create")


def filled(organization: Organization, **other: Any) -> dict[str, Any]:
    values = {"name": "Сайт", "organization": organization.pk, "scopes": ["registry:read"]}
    return values | {"last_day": timezone.localdate()} | other


def test_key_is_shown_once(client: Client, coordinator: User, urtam: Organization) -> None:
    client.force_login(coordinator)

    response = client.post(NEW, filled(urtam))

    text = response.context["text"]
    assert text in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert text not in client.get(LIST).content.decode()
    assert ApiKey.objects.get().scopes == ["registry:read"]


def test_key_holds_to_the_end_of_its_last_day(client: Client, coordinator: User, urtam: Organization) -> None:
    client.force_login(coordinator)

    client.post(NEW, filled(urtam))

    expires_at = ApiKey.objects.get().expires_at
    assert expires_at
    ends = timezone.localtime(expires_at)
    assert (ends.hour, ends.minute, (ends.date() - timezone.localdate()).days) == (0, 0, 1)


@pytest.mark.parametrize(
    "wrong", [{"scopes": []}, {"scopes": ["security:read"]}, {"last_day": "2020-01-01"}, {"last_day": "2999-01-01"}]
)
def test_form_without_sense_gives_no_key(
    client: Client, coordinator: User, urtam: Organization, wrong: dict[str, Any]
) -> None:
    client.force_login(coordinator)

    response = client.post(NEW, filled(urtam, **wrong))

    assert list(response.context["form"].errors) == list(wrong)
    assert not ApiKey.objects.exists()


def test_nobody_gives_keys_for_another_body(client: Client, outsider: User, urtam: Organization) -> None:
    client.force_login(outsider)

    client.post(NEW, filled(urtam))

    assert not ApiKey.objects.exists()


def test_revoked_in_one_press(client: Client, coordinator: User, urtam: Organization) -> None:
    key, _text = api_keys.issue(urtam, "Сайт", [Scope.REGISTRY_READ], by=coordinator)
    client.force_login(coordinator)

    client.post(reverse("people:key_revoke", args=[key.pk]))

    key.refresh_from_db()
    assert key.revoked_by == coordinator
    assert "отозван</span>" in client.get(LIST).content.decode()


def test_keys_of_other_bodies_are_not_seen(
    client: Client, outsider: User, coordinator: User, urtam: Organization
) -> None:
    api_keys.issue(urtam, "Сайт", [Scope.REGISTRY_READ], by=coordinator)
    client.force_login(outsider)

    assert list(client.get(LIST).context["page"]) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_the_same_number_of_times(
    client: Client, coordinator: User, urtam: Organization, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        api_keys.issue(urtam, f"Сайт {number}", [Scope.REGISTRY_READ], by=coordinator)
    client.force_login(coordinator)

    with django_assert_num_queries(10):
        client.get(LIST)
