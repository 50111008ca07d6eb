"""The feed of decisions: Atom as RFC 4287 has it, the same names for ever, cheap to ask for again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from moderation import actions
from moderation.tests.conftest import Record
from people.models import Organization, User
from registry import editions, kept
from registry.models import Account
from registry.tests.test_editions import counted

pytestmark = pytest.mark.django_db
ADDRESS = "/moderation/atom.xml"
A = "{http://www.w3.org/2005/Atom}"


def read(client: Client) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(ADDRESS).content)  # noqa: S314 - our own


def once(element: ElementTree.Element, name: str) -> str:
    """The text of what RFC 4287 wants exactly once, and not empty."""
    found = element.findall(A + name)
    assert len(found) == 1
    assert found[0].text
    return found[0].text


def faults(feed: ElementTree.Element) -> list[str]:
    """What RFC 4287 asks of a feed and of its entries, and this one lacks."""
    found = [] if feed.tag == f"{A}feed" else ["the root is no feed"]
    for element in [feed, *feed.findall(f"{A}entry")]:
        where = once(element, "title")
        if not urlsplit(once(element, "id")).scheme:
            found.append(f"{where}: the id is no absolute IRI (4.2.6)")
        if datetime.fromisoformat(once(element, "updated")).tzinfo is None:
            found.append(f"{where}: the moment has no zone (3.3)")
        links = [(link.get("rel", "alternate"), link.get("href", "")) for link in element.findall(f"{A}link")]
        if len({rel for rel, _href in links}) != len(links):
            found.append(f"{where}: two links of one relation (4.1.1)")
        found += [f"{where}: {href} is not absolute" for _rel, href in links if not urlsplit(href).netloc]
        if "alternate" not in dict(links):
            found.append(f"{where}: no page to read it on (4.1.2)")
    if not feed.findtext(f"{A}author/{A}name"):
        found.append("nobody speaks (4.1.1)")
    return found


def ids(feed: ElementTree.Element) -> list[str]:
    return [once(entry, "id") for entry in feed.findall(f"{A}entry")]


class TestFeed:
    """What a reader of feeds wants."""

    def test_it_is_what_the_standard_says(self, client: Client, record: Record, editor: User) -> None:
        actions.reverse(record(), "Ошиблись", by=editor)

        response = client.get(ADDRESS)
        feed = read(client)

        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert (faults(feed), len(set(ids(feed)))) == ([], 2)
        assert all(name.startswith("tag:") for name in [once(feed, "id"), *ids(feed)])

    def test_it_tells_where_it_is_itself(self, client: Client, settings: Settings) -> None:
        settings.SITE_URL = "https://portal.example"

        links = {link.get("rel", "alternate"): link.get("href") for link in read(client).findall(f"{A}link")}

        assert links["self"] == "https://portal.example/moderation/atom.xml"

    def test_it_is_whole_without_decisions(self, client: Client) -> None:
        assert faults(read(client)) == []

    def test_nothing_is_called_otherwise_when_the_body_is_renamed_and_the_decision_taken_back(
        self, client: Client, record: Record, editor: User
    ) -> None:
        decision = record()
        before = read(client)

        Organization.objects.filter(pk=decision.organization_id).update(short_name="Новое имя", slug="drugoe")
        actions.reverse(decision, "Ошиблись", by=editor)

        after = read(client)
        assert ids(after)[1:] == ids(before)
        assert once(after, "id") == once(before, "id")

    def test_a_link_of_an_entry_opens_the_decision(self, client: Client, record: Record) -> None:
        decision = record()
        link = read(client).find(f"{A}entry/{A}link")
        assert link is not None

        page = client.get(link.attrib["href"])

        assert page.context["decision"] == decision

    def test_a_name_with_what_xml_or_html_cannot_say_breaks_nothing(
        self, client: Client, record: Record, urtam_vk: Account
    ) -> None:
        urtam_vk.organization.name = "У\x0bртам ]]> <b>&"
        record()

        said = read(client).findtext(f"{A}entry/{A}summary")

        assert said == "У ртам ]]&gt; &lt;b&gt;&amp;. Спам-рассылка"


@pytest.fixture
def keeping(settings: Settings) -> Iterator[None]:
    settings.KEEP_PAGES = True
    kept.forget()
    yield
    kept.forget()


@pytest.mark.usefixtures("keeping")
class TestAskedAgain:
    """Readers ask every few minutes: they get the feed when there is something new."""

    def test_by_its_tag(self, client: Client, record: Record) -> None:
        record()
        _counted()
        tag = client.get(ADDRESS)["ETag"]

        assert client.get(ADDRESS, headers={"if-none-match": tag}).status_code == 304

    def test_by_the_moment(self, client: Client, record: Record) -> None:
        record()
        _counted()

        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=2), tick=False):  # the database's clock goes on
            since = client.get(ADDRESS)["Last-Modified"]
            again = client.get(ADDRESS, headers={"if-modified-since": since})

        assert again.status_code == 304

    def test_a_new_decision_is_told_at_once(self, client: Client, record: Record) -> None:
        record()
        _counted()
        tag = client.get(ADDRESS)["ETag"]

        record(text="Ещё реклама")
        _counted()

        assert client.get(ADDRESS, headers={"if-none-match": tag}).status_code == 200


def _counted() -> None:
    for area in editions.AREAS:
        counted(area)
