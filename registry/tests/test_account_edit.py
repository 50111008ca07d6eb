"""Entering and changing an entry: the link is pasted as it is found, and every refusal keeps what was typed."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from conftest import make_account, make_user
from people.audit_entry import AuditEntry
from people.models import Organization, User
from people.roles import Role
from registry import actions
from registry.models import (
    Account,
    AccountStatus,
    LegalAct,
    LegalStatus,
    NetworkStatus,
    RegistryRules,
    SocialNetwork,
)
from registry.tests.conftest import Found, entered

pytestmark = pytest.mark.django_db

NEW = "/accounts/new/"


@pytest.fixture
def desk(client: Client, coordinator: User, vk: SocialNetwork, ok: SocialNetwork, facebook: SocialNetwork) -> Client:
    """The coordinator at work, with all networks known; one person keeps the registry, so accepts it alone."""
    root = coordinator.current_memberships[0].organization
    RegistryRules.objects.create(organization=root, one_person_department=True)
    client.force_login(coordinator)
    return client


def typed(organization: Organization, **fields: object) -> dict[str, object]:
    return {
        "organization": organization.pk,
        "url": "https://m.vk.com/Urtam?from=feed",
        "name": "Уртам официальный",
        "status": "active",
        **fields,
    }


def edit(account: Account) -> str:
    return f"/accounts/{account.pk}/edit/"


def as_stored(account: Account, **fields: object) -> dict[str, object]:
    """What the form of an entry sends when nothing is changed but these fields."""
    names = ("url", "external_id", "name", "description", "status", "responsible_post", "work_phone", "work_email")
    days = {name: getattr(account, name) or "" for name in ("opened_on", "closed_on")}
    keys = {"organization": account.organization_id, "network": account.network_id or ""}
    act = {"legal_act": account.legal_act_id or ""}
    return {**{name: getattr(account, name) for name in names}, **days, **keys, **act, **fields}


class TestNewEntry:
    def test_everything_about_the_page_is_read_from_its_link(self, desk: Client, urtam: Organization) -> None:
        response = entered(desk, NEW, typed(urtam, url="  vk.com/public77?from=search "))

        account = Account.objects.get()
        assert response.headers["Location"] == f"/accounts/{account.pk}/"
        assert account.network
        assert (account.network.slug, account.url, account.handle, account.external_id) == (
            "vk",
            "https://vk.com/club77",
            "club77",
            "77",
        )

    def test_a_bare_name_goes_with_the_chosen_network(
        self, desk: Client, urtam: Organization, ok: SocialNetwork
    ) -> None:
        entered(desk, NEW, typed(urtam, url="@Urtam", network=ok.pk))

        assert Account.objects.get().url == "https://ok.ru/urtam"

    @pytest.mark.parametrize(
        ("fields", "field", "sentence"),
        [
            ({"url": "@urtam"}, "url", "Выберите сеть"),
            ({"url": "https://ok.ru/group/1", "network": "vk"}, "url", "Это ссылка на Одноклассники"),
            ({"url": "https://vk.com/feed"}, "url", "служебная страница"),
            ({"url": "https://vk.com/login"}, "url", "служебная страница"),
            ({"url": "https://facebook.com/urtam"}, "url", "запрещена"),
            ({"url": "https://vk.com/id5"}, "url", "страница человека"),
            ({"url": "not a link at all"}, "url", "нет ссылки"),
            ({"url": ""}, "url", "должна быть ссылка"),
            ({"url": "", "network": "", "status": "planned"}, "network", "Выберите сеть"),
            ({"status": "archived"}, "closed_on", "когда страница закрыта"),
            ({"status": "not_kept"}, "legal_act", "правовой акт"),
            ({"closed_on": "2024-01-01"}, "closed_on", "нет дня закрытия"),
            ({"status": "archived", "closed_on": "2099-01-01"}, "closed_on", "ещё не наступил"),
            ({"status": "archived", "opened_on": "2024-01-02", "closed_on": "2024-01-01"}, "__all__", "раньше"),
            ({"act_number": "5"}, "act_title", "название"),
            ({"work_email": "нет"}, "work_email", "адрес электронной почты"),
            ({"name": ""}, "name", "Обязательное"),
        ],
    )
    def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
        self,
        desk: Client,
        urtam: Organization,
        vk: SocialNetwork,
        fields: dict[str, str],
        field: str,
        sentence: str,
    ) -> None:
        if fields.get("network") == "vk":
            fields = {**fields, "network": str(vk.pk)}
        sent = typed(urtam, description="Набранное вручную", **fields)

        response = entered(desk, NEW, sent)

        form = response.context["form"]
        kept = {name: form[name].value() for name in sent}
        assert (list(form.errors), Account.objects.count()) == ([field], 0)
        assert sentence in form.errors[field][0]
        assert {name: str(value) for name, value in kept.items()} == {name: str(value) for name, value in sent.items()}

    def test_the_same_page_twice_is_refused_and_named(
        self, desk: Client, chilino: Organization, urtam: Organization, vk: SocialNetwork
    ) -> None:
        make_account(urtam, vk, "urtam", name="Уртам")

        response = entered(desk, NEW, typed(chilino))

        assert response.context["form"].errors["url"] == ["Эта страница уже есть в реестре: Уртам, Urtam."]

    def test_the_same_page_under_another_name_is_known_by_its_number(
        self, desk: Client, chilino: Organization, urtam: Organization, vk: SocialNetwork
    ) -> None:
        make_account(urtam, vk, "urtam", name="Уртам", external_id="77")

        response = entered(desk, NEW, typed(chilino, url="vk.com/club77"))

        assert list(response.context["form"].errors) == ["external_id"]

    def test_one_name_in_two_networks_is_two_pages(
        self, desk: Client, urtam: Organization, vk: SocialNetwork, ok: SocialNetwork
    ) -> None:
        make_account(urtam, vk, "urtam")

        entered(desk, NEW, typed(urtam, url="ok.ru/urtam"))

        assert sorted(Account.objects.values_list("url", flat=True)) == ["https://ok.ru/urtam", "https://vk.com/urtam"]

    def test_two_people_at_once_make_one_entry(
        self, desk: Client, urtam: Organization, vk: SocialNetwork, coordinator: User
    ) -> None:
        from people.http import TooLate

        make_account(urtam, vk, "urtam")
        rival = Account(organization=urtam, network=vk, url="https://vk.com/urtam", name="Та же", status="active")

        with pytest.raises(TooLate, match="только что"):
            actions.create_account(rival, by=coordinator)

    def test_prohibited_networks_are_no_choice(self, desk: Client, vk: SocialNetwork, ok: SocialNetwork) -> None:
        form = desk.get(NEW).context["form"]

        assert [str(network) for network in form.fields["network"].queryset] == ["ВКонтакте", "Одноклассники"]

    def test_a_prohibited_network_sent_past_the_page_is_refused(
        self, desk: Client, urtam: Organization, facebook: SocialNetwork
    ) -> None:
        entered(desk, NEW, typed(urtam, url="", network=facebook.pk, status="archived", closed_on="2022-03-21"))

        assert Account.objects.count() == 0

    def test_a_new_act_is_written_down_on_the_spot(self, desk: Client, urtam: Organization) -> None:
        act = {"act_title": "Решение о странице", "act_number": "5", "act_signed_on": "2024-02-01"}

        entered(desk, NEW, typed(urtam, url="", name="Дума", status="not_kept", **act))

        account = Account.objects.get()
        assert account.legal_act
        assert (account.status, account.network, account.legal_act.title, account.legal_act.organization) == (
            "not_kept",
            None,
            "Решение о странице",
            urtam,
        )

    def test_a_new_entry_is_found_at_once(self, desk: Client, urtam: Organization, found: Found) -> None:
        entered(desk, NEW, typed(urtam, name="Озёрная сторона"))

        assert found(q="озерная") == ["Озёрная сторона"]

    def test_who_entered_it_stands_in_the_audit_log(
        self, desk: Client, urtam: Organization, coordinator: User, editor: User
    ) -> None:
        entered(desk, NEW, typed(urtam, responsible_people=[editor.pk]))

        entry = AuditEntry.objects.filter(content_type__model="account").earliest("pk")
        assert (entry.actor, entry.organization) == (coordinator, urtam)
        assert list(Account.objects.get().responsible_people.all()) == [editor]


class TestReach:
    def test_bodies_acts_and_people_out_of_reach_are_no_choice(
        self, client: Client, outsider: User, urtam: Organization, the_order: LegalAct, vk: SocialNetwork, editor: User
    ) -> None:
        client.force_login(outsider)

        fields = client.get(NEW).context["form"].fields

        assert [fields[name].queryset.count() for name in ("organization", "legal_act", "responsible_people")] == [
            1,
            0,
            1,
        ]

    def test_a_body_out_of_reach_sent_past_the_page_is_refused(
        self, client: Client, outsider: User, urtam: Organization, vk: SocialNetwork
    ) -> None:
        client.force_login(outsider)

        response = entered(client, NEW, typed(urtam))

        assert (list(response.context["form"].errors), Account.objects.count()) == (["organization"], 0)

    def test_an_entry_keeps_the_act_of_the_body_above(
        self, client: Client, urtam: Organization, vk: SocialNetwork, the_order: LegalAct
    ) -> None:
        account = make_account(urtam, vk, "urtam", legal_act=the_order)
        RegistryRules.objects.create(organization=urtam, one_person_department=True)
        client.force_login(make_user("settler", Role.COORDINATOR, urtam))

        entered(client, edit(account), as_stored(account, name="Иначе"))

        account.refresh_from_db()
        assert (account.name, account.legal_act) == ("Иначе", the_order)


class TestEditing:
    def test_nothing_changes_when_nothing_is_changed(
        self, desk: Client, urtam: Organization, vk: SocialNetwork, the_order: LegalAct
    ) -> None:
        account = make_account(urtam, vk, "urtam", external_id="77", opened_on=date(2023, 3, 1), legal_act=the_order)
        before = Account.objects.filter(pk=account.pk).values().get()

        response = entered(desk, edit(account), as_stored(account))

        after = Account.objects.filter(pk=account.pk).values().get()
        assert response.status_code == 400
        assert {**after, "search": ""} == {**before, "search": ""}

    def test_a_new_link_brings_its_own_name(self, desk: Client, urtam_vk: Account) -> None:
        entered(desk, edit(urtam_vk), as_stored(urtam_vk, url="vk.com/Urtam_New"))

        urtam_vk.refresh_from_db()
        assert (urtam_vk.url, urtam_vk.handle) == ("https://vk.com/urtam_new", "urtam_new")

    def test_an_entry_moves_to_another_network_with_its_link(
        self, desk: Client, urtam_vk: Account, ok: SocialNetwork
    ) -> None:
        entered(desk, edit(urtam_vk), as_stored(urtam_vk, url="ok.ru/urtam", network=""))

        urtam_vk.refresh_from_db()
        assert (urtam_vk.network, urtam_vk.url) == (ok, "https://ok.ru/urtam")

    @pytest.mark.usefixtures("past_the_database")
    def test_an_old_entry_of_a_network_prohibited_since_can_only_be_an_archive(
        self, desk: Client, urtam_vk: Account, vk: SocialNetwork
    ) -> None:
        NetworkStatus.objects.create(
            network=vk, status=LegalStatus.PROHIBITED, starts_on=date(2026, 1, 1), basis="закон"
        )

        refused = entered(desk, edit(urtam_vk), as_stored(urtam_vk))
        closed: dict[str, object] = {
            "kind": "gone",
            "closed_on": "2026-01-01",
            "reason": "Сеть запрещена",
            "decision-confirmed": "on",
        }
        entered(desk, f"/accounts/{urtam_vk.pk}/archive/", closed)

        urtam_vk.refresh_from_db()
        assert list(refused.context["form"].errors) == ["status"]
        assert urtam_vk.status == AccountStatus.ARCHIVED

    def test_no_code_can_store_a_live_page_of_a_prohibited_network(
        self, urtam: Organization, facebook: SocialNetwork, coordinator: User
    ) -> None:
        account = Account(organization=urtam, network=facebook, url="https://facebook.com/urtam", status="active")

        with pytest.raises(ValueError, match="prohibited"):
            actions.create_account(account, by=coordinator)


class TestVerification:
    @time_machine.travel("2026-11-25T00:30+07:00")
    def test_says_who_looked_and_on_which_day_of_the_district(
        self, desk: Client, urtam_vk: Account, coordinator: User
    ) -> None:
        desk.post(f"/accounts/{urtam_vk.pk}/verify/")

        urtam_vk.refresh_from_db()
        assert (urtam_vk.last_verified_on, urtam_vk.last_verified_by) == (date(2026, 11, 25), coordinator)

    def test_opening_the_address_verifies_nothing(self, desk: Client, urtam_vk: Account) -> None:
        assert desk.get(f"/accounts/{urtam_vk.pk}/verify/").status_code == 405

    @pytest.mark.parametrize("status", ["planned", "suspended", "archived"])
    def test_only_a_live_page_can_be_verified(self, desk: Client, urtam_vk: Account, status: str) -> None:
        Account.objects.update(status=status)

        desk.post(f"/accounts/{urtam_vk.pk}/verify/")

        urtam_vk.refresh_from_db()
        assert urtam_vk.last_verified_on is None

    def test_from_the_list_the_person_stays_in_the_same_list(self, desk: Client, urtam_vk: Account) -> None:
        response = desk.post(f"/accounts/{urtam_vk.pk}/verify/", {"list": "due=on&page=2&q=ёж"})

        assert response.headers["Location"] == "/registry/?due=on&page=2&q=%D1%91%D0%B6"

    @pytest.mark.parametrize("tricky", ["//evil.example", "\r\nSet-Cookie: a=b", "https://evil.example/?a=1"])
    def test_and_nowhere_else(self, desk: Client, urtam_vk: Account, tricky: str) -> None:
        response = desk.post(f"/accounts/{urtam_vk.pk}/verify/", {"list": tricky})

        assert response.headers["Location"].startswith("/registry/?")

    @pytest.mark.parametrize(("day", "due"), [("2026-08-27", False), ("2026-08-26", True)])
    def test_falls_due_after_ninety_days(self, urtam_vk: Account, coordinator: User, day: str, due: bool) -> None:
        actions.verify(urtam_vk, by=coordinator, on=date.fromisoformat(day))

        with time_machine.travel("2026-11-25T12:00+07:00"):
            assert urtam_vk.is_verification_due is due
            assert Account.objects.due_for_verification(date(2026, 11, 25)).exists() is due

    def test_a_page_nobody_has_looked_at_is_due(self, urtam_vk: Account) -> None:
        assert urtam_vk.is_verification_due


def test_addresses_have_their_names() -> None:
    """Bookmarks and printed codes lead here: these addresses are for ever."""
    names = ("account_list", "account_csv", "account_create", "account_manage", "api_accounts")

    assert [reverse(f"registry:{name}") for name in names] == [
        "/",
        "/accounts.csv",
        "/accounts/new/",
        "/registry/",
        "/api/v1/accounts/",
    ]
