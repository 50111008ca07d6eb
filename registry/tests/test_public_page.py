"""The open registry: what a citizen sees, finds, and never sees."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conftest import make_account, make_organization
from people.models import Organization, User
from registry import actions
from registry.models import Account, AccountStatus, LegalAct, LegalStatus, NetworkStatus, SocialNetwork
from registry.tests.conftest import EVERYWHERE, PAGE, Found, enter, text_of

pytestmark = pytest.mark.django_db

PUBLIC = [AccountStatus.ACTIVE, AccountStatus.SUSPENDED, AccountStatus.ARCHIVED]
HIDDEN = [AccountStatus.PLANNED, AccountStatus.UNCONFIRMED, AccountStatus.PROHIBITED]


def card(account: Account) -> str:
    return f"/accounts/{account.pk}/"


class TestWhatIsPublic:
    @pytest.mark.parametrize("status", PUBLIC)
    def test_pages_that_are_or_were_official(
        self, found: Found, urtam: Organization, vk: SocialNetwork, status: AccountStatus
    ) -> None:
        enter(urtam, vk, "urtam", name="Уртам", status=status)

        assert found() == ["Уртам"]

    @pytest.mark.parametrize("status", HIDDEN)
    def test_pages_that_are_not_confirmed_yet_or_forbidden_are_not(
        self, found: Found, client: Client, urtam: Organization, vk: SocialNetwork, status: AccountStatus
    ) -> None:
        account = enter(urtam, vk, "urtam", name="Уртам", status=status)

        assert found() == []
        assert client.get(card(account)).status_code == 404

    def test_a_body_that_lawfully_keeps_no_page_says_so(
        self, client: Client, found: Found, duma_without_page: Account
    ) -> None:
        assert found() == ["Дума района"]
        assert "на законном основании" in text_of(client, card(duma_without_page))

    @pytest.mark.parametrize("status", [AccountStatus.SUSPENDED, AccountStatus.ARCHIVED])
    def test_a_page_that_may_be_in_other_hands_is_no_link(
        self, client: Client, urtam: Organization, vk: SocialNetwork, status: AccountStatus
    ) -> None:
        account = enter(urtam, vk, "urtam", status=status)

        hrefs = [text_of(client, address).count('href="https://vk.com/urtam"') for address in (PAGE, card(account))]

        assert hrefs == [0, 0]

    def test_a_live_page_is_a_link_on_the_list_and_on_its_card(self, client: Client, urtam_vk: Account) -> None:
        link = f'href="{urtam_vk.url}"'

        assert [text_of(client, address).count(link) for address in (PAGE, card(urtam_vk))] == [1, 1]

    @pytest.mark.usefixtures("past_the_database")
    @pytest.mark.parametrize("status", AccountStatus.values)
    def test_a_prohibited_network_is_never_shown_whatever_its_entry_says(
        self, client: Client, urtam: Organization, facebook: SocialNetwork, vk: SocialNetwork, status: str
    ) -> None:
        act = LegalAct.objects.create(title="Постановление")
        account = enter(urtam, facebook, "urtam.fb", name="Страница в запрещённой сети", status=status, legal_act=act)
        enter(urtam, vk, "urtam")

        for address in EVERYWHERE:
            text = text_of(client, address)
            assert ("urtam.fb" in text, "facebook" in text.casefold(), "запрещённой сети" in text) == (False,) * 3
        assert [client.get(f"{start}/accounts/{account.pk}/").status_code for start in ("", "/api/v1")] == [404, 404]

    @pytest.mark.usefixtures("past_the_database")
    def test_a_network_disappears_on_the_day_it_is_prohibited(
        self, found: Found, urtam_vk: Account, vk: SocialNetwork
    ) -> None:
        NetworkStatus.objects.create(
            network=vk, status=LegalStatus.PROHIBITED, starts_on=date(2026, 12, 1), basis="закон"
        )

        with time_machine.travel("2026-11-30T12:00+07:00"):
            assert found() == [urtam_vk.name]
        with time_machine.travel("2026-12-01T00:30+07:00"):
            assert found() == []

    def test_the_order_names_prohibited_networks_in_words_and_with_their_notice(
        self, client: Client, facebook: SocialNetwork, urtam_vk: Account
    ) -> None:
        SocialNetwork.objects.filter(pk=facebook.pk).update(named_in_order=True, notice="* Запрещена решением суда.")

        text = text_of(client, PAGE)

        assert ("Facebook*" in text, "* Запрещена решением суда." in text, "facebook.com" in text) == (
            True,
            True,
            False,
        )


class TestNoPersonalData:
    @pytest.mark.parametrize("address", [*EVERYWHERE, "card", "api card"])
    def test_no_person_is_named_anywhere(
        self, client: Client, urtam_vk: Account, coordinator: User, editor: User, address: str
    ) -> None:
        editor.last_name, editor.job_title = "Непубликуемая", "секретный специалист"
        editor.save()
        urtam_vk.responsible_people.add(editor)
        coordinator.last_name = "Проверяющая"
        coordinator.save()
        actions.verify(urtam_vk, by=coordinator)
        places = {"card": card(urtam_vk), "api card": f"/api/v1/accounts/{urtam_vk.pk}/"}

        text = text_of(client, places.get(address, address))

        secrets = [person_secret for person in (editor, coordinator) for person_secret in _secrets(person)]
        assert [secret for secret in secrets if secret in text] == []

    def test_those_who_may_see_them_do(self, client: Client, urtam_vk: Account, editor: User, outsider: User) -> None:
        urtam_vk.responsible_people.add(editor)

        client.force_login(editor)
        assert "Editor" in text_of(client, card(urtam_vk))
        client.force_login(outsider)
        assert "Editor" not in text_of(client, card(urtam_vk))

    def test_the_post_and_the_work_contact_are_public(
        self, client: Client, urtam: Organization, vk: SocialNetwork
    ) -> None:
        fields = {"responsible_post": "управляющий делами", "work_phone": "8 38244 1", "work_email": "u@example.org"}
        account = enter(urtam, vk, "urtam", **fields)

        for address in (card(account), *EVERYWHERE[1:]):
            assert [word for word in fields.values() if word not in text_of(client, address)] == []


def _secrets(person: User) -> list[str]:
    return [word for word in (person.last_name, person.username, person.email, person.job_title) if word]


class TestSearch:
    @pytest.mark.parametrize(
        "query",
        [
            "берёзовка",
            "БЕРЕЗОВКА",
            "Берё",
            "вка новости",
            "  новости   БЕРЁЗ ",
            "«Новости»",
            "с.Берёзовка",
            "@novosti_b",
            "novosti_b",
            "Бере\u0308зовка",  # ё in two signs, as some phones send it
            "вконтакте",
        ],
    )
    def test_words_are_found_in_any_place_case_and_spelling(
        self, found: Found, urtam: Organization, vk: SocialNetwork, ok: SocialNetwork, query: str
    ) -> None:
        Organization.objects.filter(pk=urtam.pk).update(centre="с. Берёзовка")
        urtam.refresh_from_db()
        enter(urtam, vk, "novosti_b", name="Новости сельсовета")
        enter(make_organization(None, "other"), ok, "other", name="Иное")

        assert found(q=query) == ["Новости сельсовета"]

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("100%", ["Сделано на 100%"]),
            ("%", ["Сделано на 100%"]),
            ("_", ["Село"]),
            ("\\", []),
            ("'", []),
            ("1_0", []),
        ],
    )
    def test_signs_of_patterns_mean_themselves(
        self, found: Found, urtam: Organization, vk: SocialNetwork, query: str, names: list[str]
    ) -> None:
        enter(urtam, vk, "urtam", name="Сделано на 100%")
        enter(urtam, vk, "se_lo", name="Село")

        assert found(q=query) == names

    @pytest.mark.parametrize(
        "query",
        [
            "https://m.vk.com/urtam?from=feed",
            "VK.COM/Urtam/",
            "vk.com/club77",
            "vk.com/public77",
            "Наша страница: https://vk.com/urtam",
        ],
    )
    def test_a_pasted_link_finds_its_page_only(
        self, found: Found, urtam: Organization, vk: SocialNetwork, query: str
    ) -> None:
        enter(urtam, vk, "urtam", name="Настоящая", external_id="77")
        enter(urtam, vk, "urtam_fan", name="Рядом")

        assert found(q=query) == ["Настоящая"]

    @pytest.mark.parametrize(
        ("query", "advice"),
        [
            ("vk.com/nobody", "https://vk.com/nobody"),
            ("vk.com/nobody", "нет"),
            ("https://vк.com/urtam", "Не открывайте"),
            ("facebook.com/urtam", "запрещена"),
            ("example.org/urtam", "example.org"),
            ("лунапарк", "Попробуйте"),
        ],
    )
    def test_a_search_in_vain_says_what_it_means(
        self, client: Client, urtam_vk: Account, facebook: SocialNetwork, query: str, advice: str
    ) -> None:
        text = text_of(client, PAGE, q=query)

        assert ("Ничего не нашлось" in text, advice in text, urtam_vk.url in text) == (True, True, False)

    def test_a_renamed_body_is_found_by_its_new_name(
        self, found: Found, urtam: Organization, vk: SocialNetwork, administrator: User
    ) -> None:
        from people.actions import keep_organization

        enter(urtam, vk, "urtam", name="Страница")
        urtam.name = "Администрация Озёрского поселения"

        keep_organization(urtam, None, by=administrator)

        assert found(q="озерск") == ["Страница"]


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({}, ["У в ВК", "У в ОК", "Ч в ВК"]),
            ({"network": "vk"}, ["У в ВК", "Ч в ВК"]),
            ({"organization": "urtam"}, ["У в ВК", "У в ОК"]),
            ({"organization": "urtam", "network": "vk"}, ["У в ВК"]),
            ({"status": "suspended"}, ["Ч в ВК"]),
            ({"network": "ok", "q": "urtam"}, ["У в ОК"]),
            ({"network": "ok", "organization": "chilino"}, []),
        ],
    )
    def test_a_filter_is_a_link_that_means_the_same_everywhere(
        self,
        found: Found,
        urtam: Organization,
        chilino: Organization,
        vk: SocialNetwork,
        ok: SocialNetwork,
        query: dict[str, str],
        names: list[str],
    ) -> None:
        enter(urtam, vk, "urtam", name="У в ВК")
        enter(urtam, ok, "urtam", name="У в ОК")
        enter(chilino, vk, "chilino", name="Ч в ВК", status=AccountStatus.SUSPENDED)

        assert found(**query) == names

    @pytest.mark.parametrize("query", ["network=nowhere", "organization=nowhere", "status=planned", "q=%00"])
    @pytest.mark.parametrize("address", EVERYWHERE)
    def test_a_filter_that_cannot_be_is_refused_with_a_sentence(
        self, client: Client, urtam_vk: Account, address: str, query: str
    ) -> None:
        response = client.get(f"{address}?{query}")

        assert (response.status_code, urtam_vk.url in response.content.decode()) == (400, False)

    def test_a_prohibited_network_is_no_choice(self, client: Client, facebook: SocialNetwork) -> None:
        assert client.get(f"{PAGE}?network=facebook").status_code == 400

    def test_counts_beside_networks_obey_the_other_filters(
        self, client: Client, urtam_vk: Account, urtam_ok: Account, chilino_vk: Account
    ) -> None:
        networks = client.get(f"{PAGE}?organization=urtam&network=vk").context["catalogue"].networks

        assert [(choice.label, choice.count, choice.current) for choice in networks] == [
            ("ВКонтакте", 1, True),
            ("Одноклассники", 1, False),
        ]

    def test_a_chosen_network_is_dropped_by_its_own_link_and_the_body_stays(
        self, client: Client, urtam_vk: Account
    ) -> None:
        networks = client.get(f"{PAGE}?organization=urtam&network=vk").context["catalogue"].networks

        assert networks[0].url == "?organization=urtam"

    def test_a_chosen_body_and_status_are_seen_and_dropped_one_by_one(self, client: Client, urtam_vk: Account) -> None:
        chosen = client.get(f"{PAGE}?organization=urtam&status=active&q=x").context["catalogue"].chosen

        assert [(choice.label, choice.url) for choice in chosen] == [
            ("Urtam", "?q=x&status=active"),
            ("действует", "?q=x&organization=urtam"),
        ]

    def test_files_are_offered_with_the_filter_of_the_page(self, client: Client, urtam_vk: Account) -> None:
        text = text_of(client, PAGE, network="vk")

        assert [f'href="{address}?network=vk"' in text for address in EVERYWHERE[1:]] == [True, True]


class TestPage:
    def test_says_how_much_it_holds_and_how_fresh_it_is(
        self, client: Client, urtam_vk: Account, urtam_ok: Account, duma_without_page: Account, coordinator: User
    ) -> None:
        actions.verify(urtam_vk, by=coordinator, on=date(2026, 11, 20))
        actions.verify(urtam_ok, by=coordinator, on=date(2026, 10, 1))

        totals = client.get(PAGE).context["catalogue"].totals

        assert totals == {"accounts": 2, "not_kept": 1, "bodies": 2, "as_of": date(2026, 11, 20)}

    def test_names_the_order_it_rests_on(self, client: Client, the_order: LegalAct) -> None:
        assert the_order.title not in text_of(client, PAGE)

        LegalAct.objects.update(founds_registry=True)

        assert the_order.title in text_of(client, PAGE)

    def test_names_working_bodies_the_registry_says_nothing_of(
        self, client: Client, urtam_vk: Account, chilino: Organization, other_district: Organization
    ) -> None:
        Organization.objects.filter(pk=other_district.pk).update(is_active=False)

        bodies = client.get(PAGE).context["catalogue"].bodies_without_entries

        assert [body.slug for body in bodies] == ["kozhevnikovo", "chilino"]

    def test_an_unconfirmed_page_does_not_betray_itself_there(
        self, client: Client, district: Organization, urtam: Organization, vk: SocialNetwork
    ) -> None:
        make_account(urtam, vk, "urtam", status=AccountStatus.PLANNED)
        make_account(district, vk, "district")

        assert [body.slug for body in client.get(PAGE).context["catalogue"].bodies_without_entries] == ["urtam"]

    def test_a_narrowed_list_names_no_other_bodies(
        self, client: Client, urtam_vk: Account, chilino: Organization
    ) -> None:
        assert client.get(f"{PAGE}?organization=urtam").context["catalogue"].bodies_without_entries == []

    def test_an_empty_registry_says_what_will_be_here(self, client: Client) -> None:
        assert "Реестр пока пуст" in text_of(client, PAGE)

    def test_bodies_stand_in_the_order_of_the_tree_and_pages_go_on_after_a_full_one(
        self, client: Client, district: Organization, vk: SocialNetwork
    ) -> None:
        for number in range(25):
            make_account(make_organization(district, f"body{number:02}"), vk, f"body{number:02}")

        first = client.get(PAGE).context["catalogue"]
        second = client.get(PAGE + first.next_address).context["catalogue"]

        assert [body.organization.slug for body in first.bodies] == [f"body{number:02}" for number in range(24)]
        assert [body.organization.slug for body in second.bodies] == ["body24"]
        assert second.next_address == ""

    @pytest.mark.parametrize("after", ["'", "zzz", "%00", "0" * 300, "ZZZZ"])
    def test_a_strange_place_in_the_list_is_still_a_page(self, client: Client, urtam_vk: Account, after: str) -> None:
        assert client.get(f"{PAGE}?after={after}").status_code == 200

    def test_markup_in_names_is_text(self, client: Client, urtam: Organization, vk: SocialNetwork) -> None:
        enter(urtam, vk, "urtam", name="<script>alert(1)</script>")

        assert "<script>alert(1)" not in text_of(client, PAGE, q="<script>")

    @pytest.mark.parametrize("rows", [1, 3])
    def test_queries_do_not_grow_with_rows(
        self,
        client: Client,
        district: Organization,
        vk: SocialNetwork,
        rows: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(rows):
            make_account(make_organization(district, f"body{number}"), vk, f"body{number}")

        with django_assert_num_queries(12):
            client.get(PAGE)


class TestCard:
    def test_has_a_permanent_address_and_the_other_pages_of_the_body(
        self, client: Client, urtam_vk: Account, urtam_ok: Account, chilino_vk: Account
    ) -> None:
        response = client.get(card(urtam_vk))

        assert [other.pk for other in response.context["others"]] == [urtam_ok.pk]

    def test_people_of_the_body_open_a_hidden_card_and_strangers_do_not(
        self, client: Client, urtam: Organization, vk: SocialNetwork, editor: User, outsider: User
    ) -> None:
        hidden = make_account(urtam, vk, "urtam", status=AccountStatus.PLANNED)

        answers = {}
        for person in (editor, outsider):
            client.force_login(person)
            answers[person.username] = client.get(card(hidden)).status_code

        assert answers == {"editor": 200, "outsider": 404}

    def test_an_archive_entry_of_a_prohibited_network_shows_no_address_even_inside(
        self, client: Client, urtam: Organization, facebook: SocialNetwork, coordinator: User
    ) -> None:
        SocialNetwork.objects.filter(pk=facebook.pk).update(notice="* Запрещена решением суда.")
        old = make_account(urtam, facebook, "urtam.fb", status=AccountStatus.ARCHIVED)
        client.force_login(coordinator)

        text = text_of(client, card(old))

        assert ("facebook.com" in text, "* Запрещена решением суда." in text) == (False, True)

    @pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
    def test_a_card_that_is_not_there_is_a_friendly_404(self, client: Client, number: str) -> None:
        response = client.get(f"/accounts/{number}/")

        assert (response.status_code, "Такой страницы нет" in response.content.decode()) == (404, True)
