"""Prohibited networks on everything a visitor can open: no address, no name of a page, no link, no code.

The name of such a network is text and stands only where its footnote stands. Every open address of the access table is
visited, and every link found there; an open address that is not visited fails.
"""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from config.tests.access_table import LEADS_ON, OPEN, ROWS
from config.tests.stage import Place, furnish
from config.tests.test_access import quiet, url_of  # noqa: F401 - a fixture
from conftest import make_account, make_network
from contentplan.models import PostFormat
from moderation.models import Ground
from people.models import Organization, User
from registry import actions, history
from registry.api.reading import PublicView
from registry.models import Account, AccountStatus, KnownFake, LegalStatus, SocialNetwork

MARK = "zapretnaya"
FOOTNOTE = "Сноска: деятельность запрещена."
LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
MOST_LINKS = 300
OUTSIDE = re.compile(rf'(?:href|src)="(?:\w+:)?//(?!testserver)[^"]*{MARK}[^"]*')


@pytest.fixture
def prohibited(past_the_database: None, urtam: Organization, coordinator: User) -> list[Account]:
    """Entries of the archive, one of them wrongly active, and a fake: each carries the mark wherever it can."""
    day = date(2026, 11, 1)
    fake: dict[str, Any] = {"seen_on": day, "state_since": day, "confirmed_by": coordinator, "organization": urtam}
    entries = []
    for slug in ("facebook", "instagram"):
        network = make_network(slug, slug.title(), LegalStatus.PROHIBITED, hosts=[f"{slug}.com"])
        SocialNetwork.objects.filter(pk=network.pk).update(notice=FOOTNOTE)
        for status in (AccountStatus.PROHIBITED, AccountStatus.ACTIVE):
            handle = f"{MARK}_{status}"
            entry = make_account(urtam, network, handle, name=f"{MARK} {slug}", status=status, external_id=handle)
            history.record(entry, None, by=None)
            entries.append(entry)
        KnownFake.objects.create(network=network, url=f"https://{slug}.com/{MARK}_fake", **fake)
    actions.refresh_search(entries)
    return entries


def text_of(response: Any) -> str:
    """All that an answer says, also inside a workbook."""
    content = b"".join(response)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content.decode(errors="replace").lower()


def faults(address: str, text: str) -> list[str]:
    """What is wrong with an answer."""
    found = [f"{address}: {word}" for word in (MARK, "facebook.com", "instagram.com") if word in text]
    named = "facebook" in text or "instagram" in text
    return found + ([f"{address}: a name without the footnote"] if named and FOOTNOTE.lower() not in text else [])


def first_addresses(place: Place) -> list[str]:
    """Every open address once, and those that say more when asked something."""
    body = place.organization.slug
    rows = [url_of(row, place) for row in ROWS if row.method == "GET" and row.cells["visit"] == "200"]
    asked = [
        f"{reverse('registry:api_verify')}?url=vk.com/{body}_demo",
        f"{reverse('registry:widget')}?organization={body}",
    ]
    return rows + asked


def walked(client: Client, addresses: list[str]) -> tuple[set[str], list[str]]:
    """The names of what was visited, links followed, and all that is wrong."""
    waiting, seen, names, wrong = list(addresses), set(addresses), set(), []
    while waiting and len(seen) < MOST_LINKS:
        address = waiting.pop(0)
        response = client.get(address)
        if response.status_code != 200:
            continue
        names.add(name_of(address))
        text = text_of(response)
        wrong += faults(address, text)
        found = (
            {link.replace("&amp;", "&") for link in LINK.findall(text)} if "html" in response["Content-Type"] else set()
        )
        new = sorted(link for link in found - seen if not link.startswith("/static/"))
        waiting, seen = waiting + new, seen | set(new)
    return names, wrong


def name_of(address: str) -> str:
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def test_nothing_a_visitor_opens_leads_to_a_prohibited_network(
    client: Client,
    prohibited: list[Account],
    urtam: Organization,
    vk: SocialNetwork,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(PublicView, "throttle_classes", [])
    text = PostFormat.objects.create(slug="text", name="Текст")
    spam = Ground.objects.create(slug="spam", name="Спам-рассылка", needs_citation=False)
    place = furnish(urtam, vk, text, spam)

    names, wrong = walked(client, first_addresses(place))

    assert wrong == []
    # What only the holder of a key reads is walked with a key (test_api_staff.py), what one only sends to says nothing.
    assert sorted(OPEN - LEADS_ON - names) == ["moderation:api_messages", "registry:api_staff_accounts"]


@pytest.mark.parametrize("address", ["account_detail", "account_sign", "account_code", "api_account"])
def test_an_entry_of_such_a_network_has_no_address(client: Client, prohibited: list[Account], address: str) -> None:
    answers = {client.get(reverse(f"registry:{address}", args=[entry.pk])).status_code for entry in prohibited}

    assert answers == {404}


@pytest.mark.parametrize("address", ["/check/?url=", "/api/v1/accounts/verify/?url=", "/?q=", "/api/v1/accounts/?q="])
def test_whoever_asks_for_such_a_page_gets_no_link(client: Client, prohibited: list[Account], address: str) -> None:
    pages = [text_of(client.get(f"{address}{entry.url}")) for entry in prohibited]

    told = [OUTSIDE.findall(page) for page in pages] + [re.findall(f"{MARK} ", page) for page in pages]
    assert [found for found in told if found] == []
