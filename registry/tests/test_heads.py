"""How open pages introduce themselves: canonical addresses, words of schema.org, Open Graph, the map of the site."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import URLResolver, get_resolver
from pytest_django import DjangoAssertNumQueries, Settings

from config.tests.access_table import OPEN
from people.models import Organization
from registry.models import Account, AccountStatus, SocialNetwork
from registry.tests.conftest import enter, text_of
from registry.views.robots import INNER

pytestmark = pytest.mark.django_db

CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
GRAPH = re.compile(r'<meta property="(og:[\w:]+)" content="([^"]*)">')
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def canonical(client: Client, address: str) -> str:
    found = [unescape(url) for url in CANONICAL.findall(text_of(client, address))]
    assert len(found) == 1, address
    return found[0].removeprefix(settings.SITE_URL)


def things(client: Client, address: str) -> list[dict[str, Any]]:
    """What a page says in words of schema.org."""
    said = json.loads(DATA.findall(text_of(client, address))[0])
    assert said["@context"] == "https://schema.org"
    return list(said["@graph"])


class TestCanonical:
    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ("/", "/"),
            ("/?", "/"),
            ("/?utm_source=vk&q=", "/"),
            ("/?status=active&network=vk&organization=urtam", "/?network=vk&organization=urtam&status=active"),
            ("/?organization=urtam&status=active&network=vk", "/?network=vk&organization=urtam&status=active"),
            ("/?q=+уртам+", "/"),
            ("/?after=!!", "/"),
            ("/check/?url=vk.com/urtam&network=vk", "/check/"),
            ("/changes/?until=2026-11-30&kind=&since=2026-11-01", "/changes/?since=2026-11-01&until=2026-11-30"),
            ("/changes/?before=x", "/changes/"),
        ],
    )
    def test_one_page_has_one_address(self, client: Client, urtam_vk: Account, asked: str, told: str) -> None:
        found = canonical(client, asked)

        assert found == told
        assert canonical(client, found) == found

    def test_a_card_is_found_at_its_number(self, client: Client, urtam_vk: Account) -> None:
        assert canonical(client, f"/accounts/{urtam_vk.pk}/?from=sign") == f"/accounts/{urtam_vk.pk}/"

    def test_later_pages_of_the_list_have_their_own(
        self,
        client: Client,
        urtam: Organization,
        chilino: Organization,
        vk: SocialNetwork,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("registry.catalogue.BODIES_PER_PAGE", 1)
        enter(urtam, vk, "urtam"), enter(chilino, vk, "chilino")
        second = client.get("/").context["catalogue"].next_address

        assert canonical(client, f"/{second}") == f"/{second}"

    def test_what_only_the_portal_sees_introduces_itself_to_nobody(
        self, client: Client, urtam: Organization, vk: SocialNetwork, coordinator: Any
    ) -> None:
        hidden = enter(urtam, vk, "urtam", status=AccountStatus.PLANNED)
        client.force_login(coordinator)

        page = text_of(client, f"/accounts/{hidden.pk}/")

        assert (CANONICAL.findall(page), DATA.findall(page)) == ([], [])


class TestWordsOfSchemaOrg:
    def test_a_body_is_the_same_as_its_official_pages(
        self, client: Client, urtam: Organization, vk: SocialNetwork, ok: SocialNetwork
    ) -> None:
        live = enter(urtam, vk, "urtam")
        for number, status in enumerate((AccountStatus.SUSPENDED, AccountStatus.ARCHIVED, AccountStatus.PLANNED)):
            enter(urtam, ok, f"other{number}", status=status)

        said = [*things(client, f"/accounts/{live.pk}/"), *things(client, "/?organization=urtam")]

        assert [thing["@type"] for thing in said] == ["GovernmentOrganization"] * 2
        assert [thing["sameAs"] for thing in said] == [["https://vk.com/urtam"]] * 2
        assert {thing["@id"] for thing in said} == {f"{settings.SITE_URL}/?organization=urtam"}

    def test_words_end_no_script(self, client: Client, urtam: Organization, vk: SocialNetwork) -> None:
        Organization.objects.filter(pk=urtam.pk).update(name="</script><!--<script>alert(1)&amp;")
        enter(urtam, vk, "urtam")

        assert things(client, "/")[0]["name"] == "</script><!--<script>alert(1)&amp;"

    def test_a_search_is_not_to_be_found_by_searching(self, client: Client, urtam_vk: Account) -> None:
        pages = [text_of(client, address) for address in ("/", "/?q=уртам")]

        assert [page.count('name="robots" content="noindex, follow"') for page in pages] == [0, 1]


@pytest.mark.parametrize("address", ["/", "/check/", "/changes/"])
def test_a_shared_link_shows_a_title_a_sentence_and_our_picture(
    client: Client, urtam_vk: Account, address: str
) -> None:
    said = dict(GRAPH.findall(text_of(client, address)))

    assert said["og:locale"] == "ru_RU"
    assert all(said[name] for name in ("og:title", "og:description", "og:type", "og:site_name"))
    assert (said["og:url"], said["og:image"]) == (
        f"{settings.SITE_URL}{address}",
        f"{settings.SITE_URL}/static/img/share.png",
    )
    assert finders.find("img/share.png")


class TestMap:
    def addresses(self, client: Client, sitemap: str) -> list[str]:
        root = ElementTree.fromstring(client.get(sitemap).content)  # noqa: S314 - our own
        return [place.text or "" for place in root.iter(f"{NAMESPACE}loc")]

    def test_all_of_it_names_the_portal_as_people_reach_it(self, settings: Settings, urtam_vk: Account) -> None:
        settings.ALLOWED_HOSTS = ["10.0.0.5"]

        maps = [
            (place.scheme, place.netloc)
            for sitemap in ("/sitemap.xml", "/sitemap-pages.xml", "/sitemap-cards.xml")
            for place in map(urlsplit, self.addresses(Client(headers={"host": "10.0.0.5"}), sitemap))
        ]

        site = urlsplit(settings.SITE_URL)
        assert set(maps) == {(site.scheme, site.netloc)}

    def paths(self, client: Client, sitemap: str) -> list[str]:
        found = [urlsplit(address) for address in self.addresses(client, sitemap)]
        return [f"{place.path}?{place.query}" if place.query else place.path for place in found]

    def test_every_address_in_it_answers_and_is_canonical_where_it_says_so(
        self, client: Client, urtam: Organization, chilino: Organization, vk: SocialNetwork, ok: SocialNetwork
    ) -> None:
        enter(urtam, vk, "urtam")
        closed = enter(chilino, ok, "chilino", status=AccountStatus.ARCHIVED)
        hidden = enter(chilino, vk, "planned", status=AccountStatus.PLANNED)

        maps = self.paths(client, "/sitemap.xml")
        found = [address for each in maps for address in self.paths(client, each)]

        assert [client.get(address).status_code for address in found] == [200] * len(found)
        assert len(set(found)) == len(found)
        assert f"/accounts/{closed.pk}/" in found
        assert f"/accounts/{hidden.pk}/" not in found
        told = [CANONICAL.findall(text_of(client, address)) for address in found]
        wrong = [address for address, said in zip(found, told, strict=True) if said not in ([], [at(address)])]
        assert wrong == []

    def test_a_long_section_has_pages(
        self, client: Client, urtam: Organization, vk: SocialNetwork, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("registry.sitemaps.Cards.limit", 2)
        for number in range(3):
            enter(urtam, vk, f"urtam{number}")

        maps = [address for address in self.paths(client, "/sitemap.xml") if "cards" in address]

        assert maps == ["/sitemap-cards.xml", "/sitemap-cards.xml?p=2"]
        assert [len(self.paths(client, address)) for address in maps] == [2, 1]

    @pytest.mark.parametrize("rows", [1, 3, 50])
    def test_the_number_of_queries_is_fixed(
        self,
        client: Client,
        urtam: Organization,
        vk: SocialNetwork,
        rows: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(rows):
            enter(urtam, vk, f"urtam{number}")

        with django_assert_num_queries(2):
            client.get("/sitemap-cards.xml")

    @pytest.mark.parametrize("address", ["/sitemap-none.xml", "/sitemap-cards.xml?p=9", "/sitemap-cards.xml?p=x"])
    def test_what_is_not_there_is_not_found(self, client: Client, db: None, address: str) -> None:
        assert client.get(address).status_code == 404


def at(address: str) -> str:
    return f"{settings.SITE_URL}{address}"


class TestRobots:
    def test_inner_rooms_are_not_for_them_and_open_pages_are(self, client: Client, db: None) -> None:
        answer = client.get("/robots.txt")
        told = RobotFileParser()
        told.parse(answer.content.decode().splitlines())

        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert told.site_maps() == [f"{settings.SITE_URL}/sitemap.xml"]
        may = ["/", "/accounts/1/", "/check/", "/fakes/", "/changes/", "/opendata/", "/acts/files/1/", "/api/"]
        assert [path for path in may if not told.can_fetch("*", path)] == []
        assert [path for path in INNER if told.can_fetch("*", f"{path}1")] == []

    def test_every_inner_room_is_named(self) -> None:
        """A room is the first word of addresses; one with nothing open in it is named, whoever adds it."""
        rooms: dict[str, list[bool]] = {}
        for name, address in addresses(get_resolver()):
            rooms.setdefault(f"/{address.partition('/')[0]}/", []).append(name in OPEN)

        inner = [room for room, open_ in rooms.items() if not any(open_)]
        assert [room for room in inner if room not in INNER] == []


def addresses(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the portal: its name and its pattern."""
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, pattern, f"{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", pattern
