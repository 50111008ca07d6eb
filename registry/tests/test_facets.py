"""The counts beside the filters of the public page say what a person then finds."""

import pytest
from django.test import Client

from people.models import Organization
from registry import catalogue
from registry.models import Account, AccountStatus, SocialNetwork
from registry.tests.conftest import PAGE, enter

pytestmark = pytest.mark.django_db

FILTERS = [
    "",
    "?network=vk",
    "?organization=urtam",
    "?status=active",
    "?status=not_kept",
    "?q=urtam",
    "?q=urtam&status=archived",
]


@pytest.fixture
def entries(
    urtam: Organization, vk: SocialNetwork, ok: SocialNetwork, chilino_vk: Account, duma_without_page: Account
) -> None:
    enter(urtam, vk, "urtam")
    enter(urtam, vk, "urtam_old", status=AccountStatus.ARCHIVED)
    enter(urtam, ok, "urtam_ok", status=AccountStatus.SUSPENDED)
    enter(urtam, ok, "urtam_plan", status=AccountStatus.PLANNED)


def entries_at(client: Client, address: str) -> int:
    """How many entries the heading of the page counts."""
    totals = client.get(f"{PAGE}{address}").context["catalogue"].totals
    return int(totals["accounts"] + totals["not_kept"])


@pytest.mark.parametrize("address", FILTERS)
def test_each_count_is_what_its_address_finds(client: Client, entries: None, address: str) -> None:
    page = client.get(f"{PAGE}{address}").context["catalogue"]
    choices = [choice for choice in [*page.networks, *page.organizations, *page.statuses] if not choice.current]

    found = [entries_at(client, choice.url) for choice in choices]

    assert found == [choice.count for choice in choices]


@pytest.mark.parametrize("address", FILTERS)
def test_counts_of_bodies_and_of_states_add_up_to_the_heading(client: Client, entries: None, address: str) -> None:
    page = client.get(f"{PAGE}{address}").context["catalogue"]

    chosen = page.filter.form.cleaned_data
    sums = {
        "organization": sum(choice.count for choice in page.organizations),
        "status": sum(choice.count for choice in page.statuses),
    }
    unchosen = [total for name, total in sums.items() if not chosen[name]]
    assert unchosen == [entries_at(client, address)] * len(unchosen)


def test_an_entry_without_a_page_is_named_in_the_heading(client: Client, duma_without_page: Account) -> None:
    heading = client.get(PAGE).content.decode().split("<h2>")[1].split("</h2>")[0]

    assert " ".join(heading.split()) == "1 орган, 0 аккаунтов, 1 запись о том, что страница не ведётся"


@pytest.mark.parametrize(("most", "said"), [(1, 1), (2, 0)])
def test_a_filter_of_bodies_that_is_cut_says_so(
    client: Client, urtam_vk: Account, chilino_vk: Account, monkeypatch: pytest.MonkeyPatch, most: int, said: int
) -> None:
    monkeypatch.setattr(catalogue, "BODIES_IN_FILTER", most)

    response = client.get(PAGE)

    shown = len(response.context["catalogue"].organizations_shown)
    assert (shown, response.content.decode().count("остальные находит поиск")) == (most, said)
