"""Sessions end: after three hours without a request, and at the end of a working day in any case."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from people.models import User

MORNING = datetime(2026, 11, 26, 2, tzinfo=UTC)  # nine o'clock in Tomsk
PAGE, SIGN_IN = "/me/", "/me/login/?next=/me/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def at_work(client: Client, editor: User, clock: time_machine.Traveller) -> Client:
    """The editor signed in at nine and opened a page."""
    client.force_login(editor)
    client.get(PAGE)
    return client


def where(client: Client) -> str:
    """Where a page leads; "" when it opens."""
    return client.get(PAGE).headers.get("Location", "")


def test_almost_three_idle_hours_are_fine(at_work: Client, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=3) - MINUTE)

    assert where(at_work) == ""


def test_more_than_three_idle_hours_end_the_session(at_work: Client, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=3) + MINUTE)

    assert where(at_work) == SIGN_IN


def test_the_sign_in_page_says_why(at_work: Client, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=4))

    page = at_work.get(PAGE, follow=True).content.decode()

    assert "Вас долго не было, поэтому вход закрыт. Войдите ещё раз." in page


def test_work_keeps_the_session(at_work: Client, clock: time_machine.Traveller) -> None:
    answers = []
    for _ in range(5):
        clock.shift(timedelta(hours=2))
        answers.append(where(at_work))

    assert answers == [""] * 5


def test_twelve_hours_end_it_whatever_was_done(at_work: Client, clock: time_machine.Traveller) -> None:
    for _ in range(6):
        clock.shift(timedelta(hours=2))
        where(at_work)
    clock.shift(MINUTE)

    assert where(at_work) == SIGN_IN


def test_the_open_pages_stay_open_to_whom_was_signed_out(at_work: Client, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=13))

    assert at_work.get("/display/").status_code == 200


def test_a_person_switched_off_is_out_at_once(at_work: Client, editor: User) -> None:
    editor.is_active = False
    editor.save()

    assert where(at_work) == SIGN_IN


def test_the_cookie_ends_with_the_browser_and_no_script_reads_it(client: Client, editor: User) -> None:
    client.post("/me/login/", {"login": "editor", "password": "a good long password"})

    cookie = client.cookies["sessionid"]

    assert (cookie["max-age"], bool(cookie["httponly"]), cookie["samesite"]) == ("", True, "Lax")
