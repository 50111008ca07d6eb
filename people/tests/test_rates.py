"""Allowances: so many requests in a window, counted in one statement, forgotten afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from pytest_django import DjangoAssertNumQueries, Settings

from people import rates
from people.models import RateWindow
from people.tasks import tidy

NOON = datetime(2026, 11, 26, 5, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_a_minute(settings: Settings) -> None:
    settings.API_RATES = {"read": "2/min"}


@pytest.fixture
def in_the_database(settings: Settings) -> None:
    """Where there is no Redis."""
    settings.REDIS_URL = ""


def test_the_third_request_of_a_minute_is_over() -> None:
    with time_machine.travel(NOON, tick=False):
        states = [rates.count("read", "192.0.2.1") for _ in range(3)]
    assert [state.remaining for state in states] == [1, 0, 0]
    assert [state.is_over for state in states] == [False, False, True]


def test_a_request_is_counted_in_one_statement(
    in_the_database: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        rates.count("read", "192.0.2.1")


def test_the_next_minute_begins_anew() -> None:
    for minute in (0, 1):
        with time_machine.travel(NOON + timedelta(minutes=minute), tick=False):
            assert rates.count("read", "192.0.2.1").remaining == 1


def test_each_asker_has_an_allowance_of_their_own() -> None:
    with time_machine.travel(NOON, tick=False):
        assert [rates.count("read", who).remaining for who in ("192.0.2.1", "192.0.2.2")] == [1, 1]


def test_who_has_asked_is_forgotten_when_the_window_is_over(in_the_database: None) -> None:
    with time_machine.travel(NOON, tick=False):
        rates.count("read", "192.0.2.1")
        tidy()
        assert RateWindow.objects.count() == 1
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        tidy()
    assert not RateWindow.objects.exists()


def test_sessions_that_have_ended_are_removed() -> None:
    for key, ends in (("old", NOON - timedelta(hours=1)), ("new", NOON + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    with time_machine.travel(NOON, tick=False):
        tidy()
    assert list(Session.objects.values_list("pk", flat=True)) == ["new"]
