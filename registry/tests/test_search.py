"""The search of the registry: word forms, typos, and an index behind it on both databases."""

import pytest
from django.db import connection
from django.test import Client

from conftest import make_organization
from people.models import Organization
from registry import actions, searching
from registry.models import Account, SocialNetwork
from registry.tests.conftest import PAGE, Found, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(district: Organization, vk: SocialNetwork) -> Account:
    body = make_organization(district, "shkola")
    return enter(body, vk, "school_1", name="Кожевниковская школа", description="Ёлка во дворе")


class TestForms:
    @pytest.mark.parametrize(
        "q", ["школы", "школами", "КОЖЕВНИКОВСКОЙ школе", "кожевник", "елкой", "hool_1", "шк", "дворами школ"]
    )
    def test_a_word_is_found_in_any_form_and_part(self, found: Found, school: Account, q: str) -> None:
        assert found(q=q) == ["Кожевниковская школа"]

    @pytest.mark.parametrize("q", ["шк", "дв", "1", "ко шк", "школа 1"])
    def test_two_letters_begin_a_word_and_one_is_a_word(self, found: Found, school: Account, q: str) -> None:
        Account.objects.filter(pk=school.pk).update(description="Школа 1, дверь")
        school.refresh_from_db()
        actions.refresh_search([school])

        assert found(q=q) == ["Кожевниковская школа"]
        assert (found(q="ол"), found(q="2"), found(q="дч")) == ([], [], [])

    @pytest.mark.parametrize("q", ["школа в кожевниковской", "школа на дворе", "с. Школа"])
    def test_prepositions_and_single_letters_ask_for_nothing(self, found: Found, school: Account, q: str) -> None:
        assert found(q=q) == ["Кожевниковская школа"]

    @pytest.mark.parametrize("q", ["школьник", "дворник", 'школ" OR "двор', "school_2", "школа NOT двор"])
    def test_another_word_is_not(self, found: Found, school: Account, q: str) -> None:
        assert found(q=q) == []

    def test_a_renamed_page_is_found_by_its_new_words_only(self, found: Found, school: Account) -> None:
        Account.objects.filter(pk=school.pk).update(name="Гимназия", description="")
        school.refresh_from_db()
        actions.refresh_search([school])

        assert (found(q="гимназии"), found(q="дворами")) == (["Гимназия"], [])


class TestTypo:
    @pytest.mark.parametrize(
        ("q", "meant"),
        [
            ("кожевнековская", "кожевниковская"),
            ("кажевниковская школа", "кожевниковская школа"),
            ("шкила", "школа"),
            ("школы двоор", "школы дворе"),
            ("космодром", ""),
            ("школа", ""),
            ("шк", ""),
        ],
    )
    def test_the_nearest_words_are_offered(self, school: Account, q: str, meant: str) -> None:
        assert searching.meant(q, Account.objects.public()) == meant

    def test_words_of_hidden_entries_are_not(self, school: Account) -> None:
        Account.objects.update(status="planned")

        assert searching.meant("кожевнековская", Account.objects.public()) == ""

    def test_the_page_leads_to_what_was_meant_and_keeps_the_filter(
        self, client: Client, school: Account, vk: SocialNetwork
    ) -> None:
        response = client.get(PAGE, {"q": "кожевнековская", "network": vk.slug})

        link = response.content.decode().split('class="meant"')[1].split("</p>")[0]
        assert ("Возможно, вы искали" in link, "кожевниковская</a>" in link, f"network={vk.slug}" in link) == (
            True,
        ) * 3

    def test_a_search_that_finds_offers_nothing(self, client: Client, school: Account) -> None:
        assert client.get(PAGE, {"q": "школа"}).content.decode().count('class="meant"') == 0


def plan(q: str) -> str:
    """How the database looks for it, when it does not shun its indexes because the table is small."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    rows = Account.objects.order_by().matching(q)
    return rows.explain()


@pytest.mark.parametrize(
    ("q", "indexes"), [("школами", ["account_search_trigrams", "account_search_russian"]), ("шк", None), ("1", None)]
)
def test_the_search_goes_by_an_index(school: Account, q: str, indexes: list[str] | None) -> None:
    told = plan(q)

    if connection.vendor == "postgresql":
        used = [name for name in ("account_search_trigrams", "account_search_russian") if name in told]
        assert used == (indexes or ["account_search_russian"])
    else:
        assert [line for line in told.splitlines() if line.split()[-1:] == ["registry_account"]] == []
        assert told.count("registry_account_words VIRTUAL TABLE INDEX") == 1
