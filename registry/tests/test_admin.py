"""The admin stores entries by the same actions, and lets no broken network reach the people who paste links."""

import json
from typing import Any

import pytest
from django.forms import BoundField, ModelChoiceField, ModelMultipleChoiceField
from django.test import Client

from conftest import make_account
from people.models import Organization, User
from registry.models import Account, AccountStatus, LegalAct, LegalStatus, NetworkStatus, SocialNetwork
from registry.tests.conftest import Found, enter

pytestmark = pytest.mark.django_db

ACCOUNTS = "/admin/registry/account/"
NETWORKS = "/admin/registry/socialnetwork/"


def typed(organization: Organization, **fields: object) -> dict[str, object]:
    return {"organization": organization.pk, "url": "vk.com/public77", "name": "Уртам", "status": "active", **fields}


def _sent(bound: BoundField) -> object:
    """What a browser sends of a field as it stands: of choices only those that are offered."""
    field, value = bound.field, bound.value()
    if not isinstance(field, ModelChoiceField) or field.queryset is None:
        return value
    offered = set(field.queryset.values_list("pk", flat=True))
    if isinstance(field, ModelMultipleChoiceField):
        return [key for key in value if key in offered]
    return value if value in offered else None


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
    def test_a_pasted_link_is_read_as_in_the_portal(
        self, client: Client, coordinator: User, urtam: Organization, vk: SocialNetwork, found: Found
    ) -> None:
        client.force_login(coordinator)

        client.post(f"{ACCOUNTS}add/", typed(urtam))

        account = Account.objects.get()
        assert (account.url, account.handle, account.external_id) == ("https://vk.com/club77", "club77", "77")
        assert found(q="уртам") == ["Уртам"]

    @pytest.mark.parametrize("link", ["https://vk.com/feed", "https://facebook.com/urtam", "https://ok.ru/"])
    def test_a_bad_link_is_refused_with_one_sentence(
        self,
        client: Client,
        coordinator: User,
        urtam: Organization,
        vk: SocialNetwork,
        ok: SocialNetwork,
        facebook: SocialNetwork,
        link: str,
    ) -> None:
        client.force_login(coordinator)

        response = client.post(f"{ACCOUNTS}add/", typed(urtam, url=link))

        form = response.context["adminform"].form
        assert (list(form.errors), len(form.errors["url"]), Account.objects.count()) == (["url"], 1, 0)

    def test_responsible_people_are_stored_and_kept(
        self, client: Client, coordinator: User, editor: User, urtam_vk: Account
    ) -> None:
        client.force_login(coordinator)
        change = f"{ACCOUNTS}{urtam_vk.pk}/change/"
        fields = typed(urtam_vk.organization, url=urtam_vk.url, network=urtam_vk.network_id)

        client.post(change, {**fields, "responsible_people": [editor.pk]})

        assert list(urtam_vk.responsible_people.all()) == [editor]

    def test_saving_what_the_page_shows_loses_nobody_and_no_act(
        self, client: Client, coordinator: User, editor: User, urtam_vk: Account
    ) -> None:
        editor.is_active = False
        editor.save()
        act = LegalAct.objects.create(title="Закон, который принял не орган района")
        Account.objects.filter(pk=urtam_vk.pk).update(legal_act=act)
        urtam_vk.responsible_people.add(editor)
        client.force_login(coordinator)
        change = f"{ACCOUNTS}{urtam_vk.pk}/change/"

        form = client.get(change).context["adminform"].form
        shown = {bound.name: _sent(bound) for bound in form}
        response = client.post(change, {name: value for name, value in shown.items() if value is not None})

        urtam_vk.refresh_from_db()
        assert response.status_code == 302
        assert (urtam_vk.legal_act, list(urtam_vk.responsible_people.all())) == (act, [editor])

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
