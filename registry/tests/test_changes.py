"""What changed in the registry, for everybody: the page, Atom and RSS of the same filter, and former names."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from people.models import Organization, User
from registry import actions, trust
from registry.models import Account, EntryChange, SocialNetwork, TrustSign, TrustState
from registry.tests.conftest import enter, text_of

pytestmark = pytest.mark.django_db

PAGE, ATOM, RSS, A = "/changes/", "/changes/atom.xml", "/changes/rss.xml", "{http://www.w3.org/2005/Atom}"
BEGUN = datetime(2026, 11, 20, 3, tzinfo=UTC)


def said(client: Client, **query: Any) -> list[str]:
    return [f"{change.account.name}: {change.kind}" for change in client.get(PAGE, query).context["log"].changes]


@pytest.fixture
def story(
    urtam: Organization, chilino: Organization, vk: SocialNetwork, ok: SocialNetwork, coordinator: User
) -> Account:
    """A page that was entered and renamed, the next day one of another body in another network that was suspended."""
    with time_machine.travel(BEGUN, tick=False) as clock:
        one = Account(organization=urtam, network=vk, name="Уртам", url="https://vk.com/urtam", handle="urtam")
        one.status = "active"
        one = actions.create_account(one, by=coordinator)
        one.url, one.handle = "https://vk.com/urtam_new", "urtam_new"
        actions.edit_account(one, by=coordinator)
        clock.shift(86400)
        two = Account(organization=chilino, network=ok, name="Чилино", url="https://ok.ru/chilino", handle="chilino")
        two.status = "active"
        two = actions.create_account(two, by=coordinator)
        two.status = "suspended"
        actions.edit_account(two, by=coordinator)
    return one


def test_the_newest_change_comes_first(client: Client, story: Account) -> None:
    assert said(client) == ["Чилино: suspended", "Чилино: added", "Уртам: renamed", "Уртам: added"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"organization": "urtam"}, ["Уртам: renamed", "Уртам: added"]),
        ({"network": "ok"}, ["Чилино: suspended", "Чилино: added"]),
        ({"kind": "added"}, ["Чилино: added", "Уртам: added"]),
        ({"organization": "urtam", "kind": "suspended"}, []),
        ({"until": "2020-01-01"}, []),
        ({"since": "2020-01-01", "network": "vk"}, ["Уртам: renamed", "Уртам: added"]),
    ],
)
def test_the_page_and_both_feeds_obey_one_filter(
    client: Client, story: Account, query: dict[str, str], found: list[str]
) -> None:
    entries = ElementTree.fromstring(client.get(ATOM, query).content).findall(f"{A}entry")  # noqa: S314 - our own
    items = ElementTree.fromstring(client.get(RSS, query).content).findall("channel/item")  # noqa: S314

    assert (said(client, **query), len(entries), len(items)) == (found, len(found), len(found))


@pytest.mark.parametrize("query", ["organization=nobody", "network=facebook", "kind=prohibited", "since=yesterday"])
def test_a_filter_that_does_not_fit_is_a_sentence(client: Client, facebook: SocialNetwork, query: str) -> None:
    answers = [client.get(f"{address}?{query}") for address in (PAGE, ATOM, RSS)]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert answers[0].context["filter"].sentence
    assert "text/plain" in answers[1]["Content-Type"]


def test_names_of_people_and_what_is_internal_are_nowhere(
    client: Client, story: Account, coordinator: User, editor: User
) -> None:
    actions.edit_account(story, by=coordinator, responsible_people=[editor])
    secret = {"account": story, "kind": "edited", "by": coordinator, "note": "тайна", "inner": {"name": ["", "тайна"]}}
    EntryChange.objects.create(**secret)
    shown = EntryChange.objects.create(**secret, is_public=True)

    pages = [client.get(address).content.decode() for address in (PAGE, ATOM, RSS)]

    assert all(f"changes/{shown.pk}" in page or f"change-{shown.pk}" in page for page in pages)
    assert [word for word in ("тайна", "Coordinator", "Editor") if any(word in page for page in pages)] == []


def test_earlier_changes_have_addresses_that_stay(
    client: Client, story: Account, monkeypatch: pytest.MonkeyPatch, coordinator: User
) -> None:
    monkeypatch.setattr("registry.changelog.PAGE_SIZE", 3)
    earlier = client.get(PAGE).context["log"].next_address
    before = [change.pk for change in client.get(PAGE + earlier).context["log"].changes]

    actions.verify(story, by=coordinator)

    assert [change.pk for change in client.get(PAGE + earlier).context["log"].changes] == before != []


class TestFeeds:
    def test_atom_says_all_that_it_must(self, client: Client, story: Account) -> None:
        response = client.get(ATOM, {"organization": "urtam"})
        feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own

        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert [feed.findtext(f"{A}{name}") is not None for name in ("id", "title", "updated")] == [True] * 3
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{A}link")}
        assert links == {
            "alternate": f"{settings.SITE_URL}/changes/?organization=urtam",
            "self": f"{settings.SITE_URL}/changes/atom.xml?organization=urtam",
        }
        for entry in feed.findall(f"{A}entry"):
            assert all(entry.findtext(f"{A}{name}") for name in ("id", "title", "updated", "published", "summary"))
            assert entry.find(f"{A}link").get("href") == f"{settings.SITE_URL}/accounts/{story.pk}/"  # type: ignore[union-attr]
        assert feed.findtext(f"{A}author/{A}name")

    def test_rss_says_all_that_it_must(self, client: Client, story: Account) -> None:
        channel = ElementTree.fromstring(client.get(RSS).content).find("channel")  # noqa: S314
        assert channel is not None

        assert all(channel.findtext(name) for name in ("title", "link", "description", "language", "lastBuildDate"))
        guids = [item.find("guid") for item in channel.findall("item")]
        assert [guid.get("isPermaLink") for guid in guids if guid is not None] == ["false"] * 4

    def test_names_are_unique_and_stay(self, client: Client, story: Account, coordinator: User) -> None:
        def ids() -> list[str]:
            feed = ElementTree.fromstring(client.get(ATOM).content)  # noqa: S314
            return [feed.findtext(f"{A}id") or "", *(row.findtext(f"{A}id") or "" for row in feed.findall(f"{A}entry"))]

        before = ids()
        actions.verify(story, by=coordinator)
        after = ids()

        assert len(set(after)) == len(after) == len(before) + 1
        assert (after[0], after[2:]) == (before[0], before[1:])
        assert all(name.startswith("tag:") and ",2026:changes" in name for name in after)

    def test_an_empty_feed_is_a_feed(self, client: Client) -> None:
        feed = ElementTree.fromstring(client.get(ATOM).content)  # noqa: S314

        assert (feed.findtext(f"{A}updated") or "").endswith("T00:00:00+07:00")

    def test_what_xml_cannot_say_does_not_break_it(
        self, client: Client, urtam: Organization, vk: SocialNetwork, coordinator: User
    ) -> None:
        odd = Account(organization=urtam, network=vk, name="У\x0bр\x1fт]]>ам <b>&", url="https://vk.com/u", handle="u")
        odd.status = "active"
        actions.create_account(odd, by=coordinator)

        titles = [
            ElementTree.fromstring(client.get(ATOM).content).findtext(f"{A}entry/{A}title"),  # noqa: S314
            ElementTree.fromstring(client.get(RSS).content).findtext("channel/item/title"),  # noqa: S314
        ]

        assert titles == ["Urtam: У р т]]>ам <b>& – добавлена"] * 2


@pytest.mark.parametrize("address", [PAGE, ATOM, RSS])
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_is_fixed(
    client: Client,
    urtam: Organization,
    vk: SocialNetwork,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    rows: int,
) -> None:
    pages = [enter(urtam, vk, f"urtam{number}") for number in range(rows)]
    EntryChange.objects.bulk_create(EntryChange(account=page, kind="added", is_public=True) for page in pages)

    with django_assert_num_queries({PAGE: 4, ATOM: 2, RSS: 2}[address]):
        client.get(address)


class TestFormerNames:
    @pytest.mark.parametrize("name", ["urtam", "urtam_new", "URTAM"])
    def test_every_name_a_page_ever_bore_leads_to_its_card(self, client: Client, story: Account, name: str) -> None:
        response = client.get(f"/accounts/vk/{name}/")

        assert (response.status_code, response["Location"]) == (301, f"/accounts/{story.pk}/")

    @pytest.mark.parametrize("address", ["/accounts/vk/stranger/", "/accounts/ok/urtam/", "/accounts/none/urtam/"])
    def test_a_name_nobody_bore_there_leads_nowhere(self, client: Client, story: Account, address: str) -> None:
        assert client.get(address).status_code == 404

    def test_who_bears_the_name_now_comes_first(
        self, client: Client, story: Account, chilino: Organization, vk: SocialNetwork
    ) -> None:
        heir = enter(chilino, vk, "urtam")

        assert client.get("/accounts/vk/urtam/")["Location"] == f"/accounts/{heir.pk}/"

    def test_the_card_shows_them_as_text(self, client: Client, story: Account) -> None:
        page = text_of(client, f"/accounts/{story.pk}/")

        assert "Прежние адреса" in page
        assert 'href="https://vk.com/urtam"' not in page

    def test_a_closed_entry_keeps_its_card_and_its_names(
        self, client: Client, story: Account, coordinator: User
    ) -> None:
        story.status = "archived"
        actions.edit_account(story, by=coordinator)

        assert client.get("/accounts/vk/urtam/", follow=True).status_code == 200


@pytest.mark.parametrize(("person", "shown"), [("observer", False), ("coordinator", True)])
def test_how_many_hold_the_rights_is_told_to_those_who_keep_security_only(
    client: Client, urtam_vk: Account, request: pytest.FixtureRequest, coordinator: User, person: str, shown: bool
) -> None:
    findings = [trust.Finding(sign, TrustState.NO) for sign in (TrustSign.TWO_PEOPLE, TrustSign.LINKS_SITE)]
    trust.record(urtam_vk, findings, on=BEGUN.date(), by=coordinator)
    client.force_login(request.getfixturevalue(person))

    page = text_of(client, f"/accounts/{urtam_vk.pk}/")

    assert str(TrustSign.LINKS_SITE.label) in page
    assert (str(TrustSign.TWO_PEOPLE.label) in page) is shown
