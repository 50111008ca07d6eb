"""The widget on the sites of others: what it shows, who may frame it, how little it asks."""

import gzip
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from conftest import make_account
from people.models import Organization, User
from registry import widget
from registry.models import Account, AccountStatus, LegalStatus, NetworkStatus, SocialNetwork

pytestmark = pytest.mark.django_db
DATA, FRAME, SCRIPT, PAGE = "/widget/urtam.json", "/widget/urtam/", "/widget.js", "/widget/"


@pytest.fixture
def verified(urtam_vk: Account, coordinator: User) -> Account:
    urtam_vk.last_verified_on, urtam_vk.last_verified_by = date(2026, 11, 12), coordinator
    urtam_vk.save()
    return urtam_vk


def test_it_shows_the_pages_with_the_day_of_the_check_and_who_keeps_the_registry(
    client: Client, verified: Account
) -> None:
    said = client.get(DATA).json()

    assert said == {
        "lang": "ru",
        "title": "Официальные страницы в социальных сетях",
        "bodies": [
            {
                "name": "Urtam",
                "pages": [
                    {
                        "name": verified.name,
                        "network": "ВКонтакте",
                        "url": verified.url,
                        "verified": "проверено 12 ноября 2026 г.",
                    }
                ],
            }
        ],
        "none": "",
        "checked": "Проверено: реестр официальных аккаунтов, Kozhevnikovo",
        "registry_url": f"{settings.SITE_URL}/?organization=urtam",
    }


@pytest.mark.parametrize("status", [status for status in AccountStatus if status != AccountStatus.ACTIVE])
@pytest.mark.parametrize("address", [DATA, FRAME])
def test_only_active_pages_are_shown(
    client: Client,
    urtam: Organization,
    urtam_vk: Account,
    vk: SocialNetwork,
    the_order: object,
    status: str,
    address: str,
) -> None:
    hidden = make_account(urtam, vk, "urtam_old", status=status, legal_act=the_order, closed_on=None)

    text = client.get(address).content.decode()

    assert urtam_vk.url in text
    assert hidden.url not in text


@pytest.mark.usefixtures("past_the_database")
@pytest.mark.parametrize("address", [DATA, FRAME, f"{PAGE}?organization=urtam"])
def test_a_network_prohibited_since_is_gone_from_every_form(
    client: Client, urtam_vk: Account, vk: SocialNetwork, address: str
) -> None:
    before = client.get(address).content.decode()
    NetworkStatus.objects.create(network=vk, status=LegalStatus.PROHIBITED, starts_on="2026-01-01", basis="суд")

    after = client.get(address).content.decode()

    assert urtam_vk.url in before
    assert "vk.com" not in after


def test_the_bodies_below_come_along_when_asked(
    client: Client, district: Organization, urtam_vk: Account, chilino: Organization, vk: SocialNetwork
) -> None:
    make_account(chilino, vk, "chilino")

    alone, whole = (client.get(f"/widget/kozhevnikovo.json{query}").json() for query in ("", "?below=1"))

    assert (alone["bodies"], alone["none"]) == ([], "Сейчас в реестре нет официальных страниц.")
    assert [body["name"] for body in whole["bodies"]] == ["Urtam", "Chilino"]
    assert whole["registry_url"] == f"{settings.SITE_URL}/"


def test_it_speaks_the_language_of_the_site(client: Client, verified: Account) -> None:
    said = client.get(DATA, {"lang": "en-GB"}).json()

    assert (said["lang"], said["title"]) == ("en", "Official pages in social networks")
    assert said["bodies"][0]["pages"][0]["verified"] == "verified on Nov. 12, 2026"


@pytest.mark.parametrize("query", [{"lang": "tt"}, {"level": "99"}, {"level": "<b>"}, {"size": "1000000"}])
def test_a_wish_that_cannot_be_read_breaks_no_site(client: Client, urtam_vk: Account, query: dict[str, str]) -> None:
    assert client.get(FRAME, query).content == client.get(FRAME).content


def test_three_and_one_pages_cost_the_same_queries(
    client: Client, urtam: Organization, urtam_vk: Account, vk: SocialNetwork, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get(DATA)
    for handle in ("urtam_two", "urtam_three"):
        make_account(urtam, vk, handle)

    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(client.get(DATA).json()["bodies"][0]["pages"]) == 3


# --- on pages of others ---


def test_only_the_frame_may_be_framed_and_it_has_no_form_and_no_cookie(client: Client, urtam_vk: Account) -> None:
    frame = client.get(FRAME)

    assert "X-Frame-Options" not in frame.headers
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert not frame.cookies
    assert "<form" not in frame.content.decode()
    for address in ("/", PAGE, SCRIPT, DATA, "/check/", "/me/login/"):
        answer = client.get(address)
        assert answer.headers["X-Frame-Options"] == "DENY", address
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], address


@pytest.mark.parametrize("address", [SCRIPT, DATA])
def test_a_page_of_any_site_may_use_it(client: Client, urtam_vk: Account, address: str) -> None:
    answer = client.get(address, headers={"Origin": "https://urtam.example"})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies


@pytest.mark.parametrize("address", [SCRIPT, DATA, FRAME])
def test_what_has_not_changed_is_not_sent_again(client: Client, urtam_vk: Account, address: str) -> None:
    tag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert "public" in again.headers["Cache-Control"]


def test_a_changed_page_is_sent_anew(client: Client, urtam_vk: Account) -> None:
    tag = client.get(DATA).headers["ETag"]
    Account.objects.filter(pk=urtam_vk.pk).update(name="Уртам сегодня")

    again = client.get(DATA, headers={"If-None-Match": tag})

    assert again.json()["bodies"][0]["pages"][0]["name"] == "Уртам сегодня"


def test_the_script_is_small_and_writes_no_html() -> None:
    text = (Path(settings.BASE_DIR) / "static/js/widget.js").read_bytes()

    assert len(gzip.compress(text)) <= 5_000
    assert not re.search(rb"innerHTML|document\.write|\.style\b|document\.cookie|localStorage|eval\(", text)


@pytest.mark.parametrize("address", ["/widget/nobody.json", "/widget/nobody/"])
def test_an_unknown_body_is_not_there(client: Client, urtam_vk: Account, address: str) -> None:
    assert client.get(address).status_code == 404


# --- the page with the lines ---


class Tags(HTMLParser):
    """The tags of a text with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_lines_are_whole_addresses_of_the_portal(client: Client, urtam: Organization, urtam_vk: Account) -> None:
    lines = client.get(PAGE, {"organization": "urtam", "level": "3", "lang": "en", "size": "150"}).context["lines"]

    assert lines.script == (
        f'<script src="{settings.SITE_URL}/widget.js" data-organization="urtam" data-heading="3" async></script>'
    )
    assert Tags(lines.frame).found[0][1]["src"] == f"{settings.SITE_URL}/widget/urtam/?lang=en&level=3&size=150"
    assert 'data-official-pages="urtam"' in lines.script_with_list


def test_plain_html_is_safe_to_paste(client: Client, urtam: Organization, urtam_vk: Account) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(name='<img src=x onerror="alert(1)">')

    text = widget.Lines(urtam, widget.Options()).html

    assert {tag for tag, _ in Tags(text).found} == {"section", "h2", "ul", "li", "a", "span", "p"}
    assert "По состоянию на" in text


def test_an_unknown_body_gets_a_sentence_and_no_lines(client: Client, urtam: Organization) -> None:
    answer = client.get(PAGE, {"organization": "nobody"})

    assert "lines" not in answer.context
    assert "Такого органа в реестре нет" in answer.content.decode()


def test_json_is_read_as_json(client: Client, urtam_vk: Account) -> None:
    answer = client.get(DATA)

    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.content)["lang"] == "ru"
