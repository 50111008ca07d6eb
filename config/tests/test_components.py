"""The components: they render, they carry no inline code, trouble is told in Russian."""

import re
from typing import NoReturn

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from config import urls
from config.components import SampleForm, SampleMeter
from deploy import inline
from people.models import User


def breaks(request: HttpRequest) -> NoReturn:
    raise RuntimeError("for the test")


urlpatterns = [path("breaks/", breaks), *urls.urlpatterns]


def render(client: Client, administrator: User) -> str:
    client.force_login(administrator)
    return client.get("/ui/").content.decode()


def test_no_template_has_inline_code() -> None:
    assert inline.find() == []


def test_administrator_sees_all_components(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    assert client.get("/ui/").status_code == 200


def test_others_do_not(client: Client, editor: User) -> None:
    client.force_login(editor)

    assert [client.get(address).status_code for address in ("/ui/", "/ui/question/")] == [403, 403]


def test_meter_has_a_pip_for_every_publication_and_a_twin_in_words(client: Client, administrator: User) -> None:
    html = render(client, administrator)

    seven = '<span class="pips" aria-hidden="true">' + '<i class="out"></i>' * 7 + "</span>"
    assert seven + '<b aria-hidden="true">7 из 5</b><span class="visually-hidden">ВКонтакте: вышло 7' in html


def test_meter_shows_what_is_missing() -> None:
    assert SampleMeter(2, 1, 5).pips == ["out", "out", "plan", "none", "none"]


def test_mistakes_and_help_are_tied_to_the_input(client: Client, administrator: User) -> None:
    html = render(client, administrator)

    tied = 'name="topic" aria-invalid="true" aria-describedby="wrong_topic_helptext wrong_topic_error"'
    assert (tied in re.sub(r"\srequired\b", "", html), 'id="wrong_topic_error"' in html) == (True, True)


def test_native_inputs_get_iso_values(client: Client, administrator: User) -> None:
    html = render(client, administrator)

    assert re.findall(r'type="datetime-local" name="moment" value="(\d{4}-\d\d-\d\dT\d\d:\d\d)"', html) != []


@pytest.mark.parametrize("typed", ["2026-11-30", "30.11.2026"])
def test_days_are_read_in_both_forms(typed: str) -> None:
    form = SampleForm({"day": typed})

    assert "day" not in form.errors


def test_prohibited_network_is_named_and_has_no_mark(client: Client, administrator: User) -> None:
    html = render(client, administrator)

    assert '<span class="net nameless">Facebook</span>' in html


def test_pagination_keeps_the_filter(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    html = client.get("/ui/?network=vk&page=7").content.decode()

    assert 'href="?network=vk&amp;page=8"' in html


def test_dialog_leads_to_a_page_without_scripts(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    assert [client.get("/ui/question/").status_code, client.post("/ui/question/").status_code] == [200, 302]


def test_unknown_page_is_told_in_russian(client: Client, db: None) -> None:
    response = client.get("/no/such/page/")

    assert (response.status_code, "Такой страницы нет" in response.content.decode()) == (404, True)


def test_lost_csrf_token_tells_that_nothing_is_lost(db: None) -> None:
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/me/login/", {"login": "x"})

    assert (response.status_code, "введённое сохранилось" in response.content.decode()) == (403, True)


@override_settings(ROOT_URLCONF=__name__, LOGIN_URL="/me/login/")
def test_broken_page_needs_no_database(client: Client, editor: User) -> None:
    client.raise_request_exception = False
    client.force_login(editor)

    response = client.get("/breaks/")

    assert (response.status_code, "У нас что-то сломалось" in response.content.decode()) == (500, True)
