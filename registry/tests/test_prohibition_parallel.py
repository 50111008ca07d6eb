"""One forbids a network while another brings a page to life there, on PostgreSQL: never do both get their way."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from conftest import make_account
from people.models import Organization
from registry import prohibition
from registry.models import Account, AccountStatus, NetworkStatus, SocialNetwork

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
PROHIBIT = (
    "INSERT INTO registry_networkstatus (network_id, status, starts_on, basis) VALUES (%s, 'prohibited', %s, 'суд')"
)
COMES_ALIVE = "UPDATE registry_account SET status = 'active' WHERE id = %s"
MOVES = "UPDATE registry_account SET network_id = %s WHERE id = %s"


@pytest.fixture
def sleeping(urtam: Organization, vk: SocialNetwork) -> Account:
    """An entry of the archive: nothing against forbidding its network, until it comes to life."""
    return make_account(urtam, vk, "urtam", status=AccountStatus.ARCHIVED)


@pytest.fixture
def two() -> Iterator[list[Any]]:
    """Two connections, each begins its transaction with its first statement."""
    wrappers = [connection.copy() for _ in range(2)]
    for wrapper in wrappers:
        wrapper.connect()
        wrapper.set_autocommit(False)
    yield [wrapper.connection for wrapper in wrappers]
    for wrapper in wrappers:
        wrapper.connection.rollback()
        wrapper.close()


def do(held: Any, statement: str, values: list[Any]) -> str:
    """The statement and the commit; "" when both went through, else what the database had against it."""
    try:
        held.cursor().execute(statement, values)
        held.commit()
    except Exception as error:  # whatever is raised is compared
        held.rollback()
        return str(error)
    return ""


def one_then_other(two: list[Any], first: tuple[str, list[Any]], second: tuple[str, list[Any]]) -> tuple[bool, str]:
    """The second begins before the first commits: whether it waited, and what was said to it."""
    with ThreadPoolExecutor(1) as pool:
        two[0].cursor().execute(*first)
        waits: Future[str] = pool.submit(do, two[1], *second)
        time.sleep(0.3)
        waited = not waits.done()
        two[0].commit()
        return waited, waits.result(timeout=10)


def lives_where_prohibited() -> bool:
    networks = NetworkStatus.objects.prohibited().values("network")
    return Account.objects.filter(network__in=networks, status=AccountStatus.ACTIVE).exists()


def test_a_page_that_comes_alive_waits_for_the_prohibition_and_is_refused(two: list[Any], sleeping: Account) -> None:
    forbid = (PROHIBIT, [sleeping.network_id, timezone.localdate()])

    waited, said = one_then_other(two, forbid, (COMES_ALIVE, [sleeping.pk]))

    assert (waited, prohibition.REFUSAL in said, lives_where_prohibited()) == (True, True, False)


def test_a_prohibition_waits_for_the_page_that_comes_alive_and_is_refused(two: list[Any], sleeping: Account) -> None:
    forbid = (PROHIBIT, [sleeping.network_id, timezone.localdate()])

    waited, said = one_then_other(two, (COMES_ALIVE, [sleeping.pk]), forbid)

    assert (waited, prohibition.REFUSAL in said, lives_where_prohibited()) == (True, True, False)


def test_a_page_that_moves_into_the_network_waits_too(two: list[Any], urtam_ok: Account, vk: SocialNetwork) -> None:
    forbid = (PROHIBIT, [vk.pk, timezone.localdate()])

    waited, said = one_then_other(two, forbid, (MOVES, [vk.pk, urtam_ok.pk]))

    assert (waited, prohibition.REFUSAL in said, lives_where_prohibited()) == (True, True, False)


def test_two_who_bring_pages_to_life_do_not_wait_for_each_other(
    two: list[Any], sleeping: Account, urtam: Organization, vk: SocialNetwork
) -> None:
    other = make_account(urtam, vk, "other", status=AccountStatus.ARCHIVED)

    waited, said = one_then_other(two, (COMES_ALIVE, [sleeping.pk]), (COMES_ALIVE, [other.pk]))

    assert (waited, said) == (False, "")


@pytest.mark.parametrize("_time", range(5))
def test_whoever_is_quicker_exactly_one_gets_their_way(two: list[Any], sleeping: Account, _time: int) -> None:
    steps = [(PROHIBIT, [sleeping.network_id, timezone.localdate()]), (COMES_ALIVE, [sleeping.pk])]

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda pair: do(pair[0], *pair[1]), zip(two, steps, strict=True)))

    assert (sorted(map(bool, said)), lives_where_prohibited()) == ([False, True], False)
