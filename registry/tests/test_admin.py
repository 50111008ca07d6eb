"""The admin stores entries by the same actions, and lets no broken network reach the people who paste links."""

import json
from typing import Any

import pytest
from django.test import Client

from conftest import make_account
from people.models import Organization, User
from registry.models import Account, AccountStatus, LegalStatus, NetworkStatus, SocialNetwork
from registry.tests.conftest import Found, enter

pytestmark = pytest.mark.django_db

ACCOUNTS = "/admin/registry/account/"
NETWORKS = "/admin/registry/socialnetwork/"


def typed(organization: Organization, **fields: object) -> dict[str, object]:
    return {"organization": organization.pk, "url": "vk.com/public77", "name": "Уртам", "status": "active", **fields}


def network_form(network: SocialNetwork, **changed: object) -> dict[str, object]:
    """What the form of a network sends, with its one legal status below."""
    lists = ("hosts", "matchers", "post_matchers", "service_paths")
    status = network.statuses.get()
    return {
        "slug": network.slug,
        "name": network.name,
        "mark": network.mark,
        "notice": network.notice,
        "position": network.position,
        **{name: json.dumps(getattr(network, name)) for name in lists},
        "statuses-TOTAL_FORMS": 1,
        "statuses-INITIAL_FORMS": 1,
        "statuses-0-id": status.pk,
        "statuses-0-network": network.pk,
        "statuses-0-status": status.status,
        "statuses-0-starts_on": status.starts_on,
        "statuses-0-basis": status.basis,
        **changed,
    }


class TestAccounts:
    @pytest.mark.parametrize("login", ["coordinator", "administrator"])
    def test_nobody_enters_or_changes_an_entry_past_the_second_person(
        self, client: Client, request: pytest.FixtureRequest, urtam_vk: Account, login: str
    ) -> None:
        client.force_login(request.getfixturevalue(login))
        fields = typed(urtam_vk.organization, name="Другое имя")

        answers = [
            client.get(f"{ACCOUNTS}{urtam_vk.pk}/change/").status_code,
            client.post(f"{ACCOUNTS}{urtam_vk.pk}/change/", fields).status_code,
            client.post(f"{ACCOUNTS}add/", fields).status_code,
        ]

        urtam_vk.refresh_from_db()
        assert answers == [200, 403, 403]
        assert (urtam_vk.name, Account.objects.count()) == ("Urtam официально", 1)

    def test_an_editor_only_reads(self, client: Client, editor: User, urtam_vk: Account, chilino_vk: Account) -> None:
        client.force_login(editor)

        answers = [
            client.get(f"{ACCOUNTS}{urtam_vk.pk}/change/").status_code,
            client.post(f"{ACCOUNTS}{urtam_vk.pk}/change/", typed(urtam_vk.organization)).status_code,
            client.get(f"{ACCOUNTS}add/").status_code,
            client.get(f"{ACCOUNTS}{chilino_vk.pk}/change/").status_code,
        ]

        assert answers == [200, 403, 403, 404]

    def test_nobody_deletes_an_entry(self, client: Client, administrator: User, urtam_vk: Account) -> None:
        client.force_login(administrator)

        response = client.post(f"{ACCOUNTS}{urtam_vk.pk}/delete/", {"post": "yes"})

        assert (response.status_code, Account.objects.count()) == (403, 1)

    def test_search_knows_no_case_and_no_yo(
        self, client: Client, coordinator: User, urtam: Organization, vk: SocialNetwork
    ) -> None:
        enter(urtam, vk, "urtam", name="Озёрное")
        enter(urtam, vk, "other", name="Иное")
        client.force_login(coordinator)

        rows = client.get(f"{ACCOUNTS}?q=ОЗЕРН").context["cl"].result_list

        assert [row.name for row in rows] == ["Озёрное"]


class TestNetworks:
    def change(self, client: Client, network: SocialNetwork, **changed: object) -> Any:
        response = client.post(f"{NETWORKS}{network.pk}/change/", network_form(network, **changed))
        return response.context["adminform"].form.errors if response.context else {}

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("matchers", '[{"pattern": "(", "link": "a", "handle": "a"}]'),
            ("matchers", '[{"pattern": "a", "link": "{gone}", "handle": "a"}]'),
            ("matchers", '[{"pattern": "a", "link": "a"}]'),
            ("matchers", '[{"pattern": 1, "link": "a", "handle": "a"}]'),
            ("matchers", '["a"]'),
            ("matchers", '{"pattern": "a"}'),
            ("post_matchers", '[{"pattern": "a", "link": "a"}]'),
            ("hosts", '"vk.com"'),
            ("hosts", "[1]"),
            ("service_paths", "{}"),
            ("service_paths", "feed"),
        ],
    )
    def test_a_broken_list_is_refused(
        self, client: Client, administrator: User, vk: SocialNetwork, field: str, value: str
    ) -> None:
        client.force_login(administrator)

        assert list(self.change(client, vk, **{field: value})) == [field]

    def test_a_renamed_network_is_found_by_its_new_name(
        self, client: Client, administrator: User, urtam: Organization, vk: SocialNetwork, found: Found
    ) -> None:
        enter(urtam, vk, "urtam", name="Уртам")
        client.force_login(administrator)

        assert self.change(client, vk, name="Новая сеть") == {}

        assert found(q="новая сеть") == ["Уртам"]

    def test_a_prohibition_hides_its_pages_at_once(
        self, client: Client, administrator: User, urtam: Organization, vk: SocialNetwork, found: Found
    ) -> None:
        make_account(urtam, vk, "urtam", name="Уртам", status=AccountStatus.ACTIVE)
        client.force_login(administrator)
        assert found() == ["Уртам"]

        self.change(client, vk, **{"statuses-0-status": "prohibited"})

        assert NetworkStatus.objects.get().status == LegalStatus.PROHIBITED
        assert found() == []

    @pytest.mark.parametrize("person", ["coordinator", "editor", "observer"])
    def test_networks_are_kept_by_the_administrator_only(
        self, client: Client, person: str, vk: SocialNetwork, request: pytest.FixtureRequest
    ) -> None:
        client.force_login(request.getfixturevalue(person))

        assert client.post(f"{NETWORKS}{vk.pk}/change/", network_form(vk)).status_code in (403, 404)
