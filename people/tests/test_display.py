"""The panel for people with weak sight: a remembered choice that changes attributes of the page and nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from people.display import attributes, chosen

CHOICE = {"size": "150", "contrast": "white-on-black", "spacing": "wide", "font": "system"}
URL = "/display/"


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every page reads whose portal it is."""


def test_page_is_open_to_everybody(client: Client) -> None:
    assert client.get(URL).status_code == 200


def test_choice_is_remembered_and_shown_on_the_next_page(client: Client) -> None:
    client.post(URL, CHOICE)

    html = client.get(reverse("account_login")).content.decode()

    wanted = ' data-size="150" data-contrast="white-on-black" data-spacing="wide" data-font="system"'
    assert f'<html lang="ru"{wanted}>' in html


def test_ordinary_choice_leaves_no_attributes() -> None:
    assert attributes({"display": "size=100&contrast=usual&spacing=usual&font=usual"}) == ""


def test_choice_returns_to_the_page_it_was_made_on(client: Client) -> None:
    response = client.post(URL, {**CHOICE, "next": "/me/login/?next=/plans/"})

    assert response.headers["Location"] == "/me/login/?next=/plans/"


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_choice_never_leads_to_another_site(client: Client, address: str) -> None:
    response = client.post(URL, {**CHOICE, "next": address})

    assert response.headers["Location"] == URL


def test_choice_that_is_not_offered_is_refused(client: Client) -> None:
    response = client.post(URL, {**CHOICE, "size": "900"})

    assert response.status_code == 200
    assert "display" not in response.cookies


@pytest.mark.parametrize("cookie", ["size=900&contrast=pink", 'size="><script>', "=&&=", "%ff%fe"])
def test_forged_cookie_changes_nothing(cookie: str) -> None:
    assert attributes({"display": cookie}) == ""


def test_good_part_of_a_cookie_is_kept() -> None:
    assert chosen({"display": "size=125&contrast=pink"})["size"] == "125"


def test_ordinary_look_comes_back(client: Client) -> None:
    client.post(URL, CHOICE)

    client.post(URL, {"reset": "1"})

    assert 'data-size="150"' not in client.get(URL).content.decode()


def test_cookie_is_not_for_scripts_and_stays_a_year(client: Client) -> None:
    cookie = client.post(URL, CHOICE).cookies["display"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 31536000)


def test_footer_leads_to_the_panel_from_other_pages_only(client: Client) -> None:
    link = '<p><a href="/display/?next='
    offered = [client.get(address).content.decode().count(link) for address in ("/me/login/", URL)]

    assert offered == [1, 0]
