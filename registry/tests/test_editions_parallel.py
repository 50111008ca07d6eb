"""Two who write at once, on PostgreSQL: the number is counted at the commit: nobody waits for it or reads past it."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings

from conftest import make_account
from people.models import Organization
from registry import editions, kept
from registry.models import Account, SocialNetwork

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
NAME = "UPDATE registry_account SET name = %s WHERE id = %s"


@pytest.fixture
def pages(urtam: Organization, vk: SocialNetwork) -> list[Account]:
    return [make_account(urtam, vk, f"page{number}") for number in range(2)]


@pytest.fixture
def other() -> Iterator[Any]:
    """A second connection, its transaction begun by the first statement."""
    wrapper = connection.copy()
    wrapper.connect()
    wrapper.set_autocommit(False)
    yield wrapper.connection
    wrapper.connection.rollback()
    wrapper.close()


def test_writers_who_cross_end_as_they_would_without_the_number(pages: list[Account], other: Any) -> None:
    first, second = (account.pk for account in pages)
    before = editions.current()
    mine = connection.connection
    with ThreadPoolExecutor(1) as pool, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(NAME, ["one", first])
        with other.cursor() as theirs:
            theirs.execute("SELECT 1 FROM registry_account WHERE id = %s FOR UPDATE", [second])
            waits = pool.submit(lambda: mine.cursor().execute(NAME, ["one", second]))
            time.sleep(0.2)
            # Were the number counted with the row, this would wait for whoever waits for us.
            theirs.execute(NAME, ["two", second])
        other.commit()
        waits.result(timeout=5)

    assert list(Account.objects.order_by("pk").values_list("name", flat=True)) == ["one", "one"]
    assert editions.current() > before


def test_a_transaction_of_many_rows_counts_once(pages: list[Account]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_edition SET number = 9000000000000000")  # far above the time: counted by one

    with transaction.atomic():
        for _ in range(50):
            Account.objects.update(name="Другое")

    assert editions.current() == 9000000000000001


def test_who_reads_between_a_write_and_its_commit_leaves_no_old_page(
    client: Client, pages: list[Account], other: Any, settings: Settings
) -> None:
    settings.KEEP_PAGES = True
    kept.forget()
    address = f"/accounts/{pages[0].pk}/"
    with other.cursor() as theirs:
        theirs.execute(NAME, ["Новое имя", pages[0].pk])
        during = [client.get(address).content.decode() for _ in range(2)]
        other.commit()

    after = client.get(address).content.decode()

    assert ["Новое имя" in text for text in [*during, after]] == [False, False, True]
