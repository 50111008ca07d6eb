"""What the law prohibits is held by the database: no entry lives in a prohibited network, however it is written."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from conftest import make_account
from people.models import Organization, User
from registry import prohibition
from registry.models import Account, AccountStatus, EntryChange, LegalStatus, NetworkStatus, SocialNetwork
from registry.tests.test_admin import network_form

pytestmark = pytest.mark.django_db
LIVE = ["planned", "unconfirmed", "active", "suspended"]
CHANGE = "/admin/registry/socialnetwork/{}/change/"


def refused(statement: str, *values: Any) -> bool:
    """Whether the database refuses what somebody types by hand."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except IntegrityError as error:
        assert prohibition.REFUSAL in str(error)  # noqa: PT017 - the very refusal, not another one
        return True
    return False


@pytest.fixture
def archived(urtam: Organization, facebook: SocialNetwork) -> Account:
    return make_account(urtam, facebook, "urtam", status=AccountStatus.ARCHIVED)


def prohibit(network: SocialNetwork, starts_on: date) -> NetworkStatus:
    fields = {"status": LegalStatus.PROHIBITED, "starts_on": starts_on, "basis": "решение суда"}
    return NetworkStatus.objects.create(network=network, **fields)


@pytest.mark.parametrize("status", LIVE)
def test_an_entry_of_such_a_network_never_comes_alive(archived: Account, status: str) -> None:
    assert refused("UPDATE registry_account SET status = %s WHERE id = %s", status, archived.pk)


@pytest.mark.parametrize("status", ["archived", "prohibited"])
def test_it_may_be_a_trace_of_the_past(archived: Account, status: str) -> None:
    assert not refused("UPDATE registry_account SET status = %s WHERE id = %s", status, archived.pk)


@pytest.mark.parametrize("status", LIVE)
def test_none_is_entered_alive(urtam_vk: Account, facebook: SocialNetwork, status: str) -> None:
    columns = ", ".join(f'"{f.column}"' for f in Account._meta.concrete_fields if f.name not in ("id", "url", "status"))
    others = columns.replace('"network_id"', "%s")
    added = f"INSERT INTO registry_account ({columns}, url, status) SELECT {others}, 'x', %s FROM registry_account"

    assert refused(added, facebook.pk, status)
    assert not refused(added, facebook.pk, "archived")


def test_a_live_entry_does_not_move_there(urtam_vk: Account, facebook: SocialNetwork) -> None:
    assert refused("UPDATE registry_account SET network_id = %s WHERE id = %s", facebook.pk, urtam_vk.pk)


def test_a_network_with_live_entries_is_not_prohibited_past_them(urtam_vk: Account, vk: SocialNetwork) -> None:
    today = timezone.localdate()
    added = (
        "INSERT INTO registry_networkstatus (network_id, status, starts_on, basis) VALUES (%s, 'prohibited', %s, '')"
    )

    assert refused(added, vk.pk, today)
    assert refused("UPDATE registry_networkstatus SET status = 'prohibited' WHERE network_id = %s", vk.pk)
    assert not refused(added, vk.pk, today + timedelta(days=2))  # the day is still to come


def test_an_older_prohibition_does_not_come_back_over_live_entries(urtam: Organization, vk: SocialNetwork) -> None:
    allowed = vk.statuses.get()
    prohibit(vk, date(2021, 1, 1))
    make_account(urtam, vk, "urtam")

    assert refused("DELETE FROM registry_networkstatus WHERE id = %s", allowed.pk)


def test_whoever_prohibits_a_network_archives_its_pages_in_the_same_step(
    client: Client, administrator: User, urtam_vk: Account, vk: SocialNetwork
) -> None:
    client.force_login(administrator)
    today = timezone.localdate()
    one_more = {
        "statuses-TOTAL_FORMS": 2,
        "statuses-1-network": vk.pk,
        "statuses-1-status": "prohibited",
        "statuses-1-starts_on": today,
        "statuses-1-basis": "решение суда от 1.11.2026",
    }

    answer = client.post(CHANGE.format(vk.pk), network_form(vk, **one_more), follow=True)

    urtam_vk.refresh_from_db()
    change = EntryChange.objects.get(account=urtam_vk)
    assert (urtam_vk.status, urtam_vk.closed_on) == (AccountStatus.ARCHIVED, today)
    assert (change.by, "решение суда от 1.11.2026" in change.note) == (administrator, True)
    assert "В архив переведена 1 запись." in answer.content.decode()


def test_a_prohibition_entered_ahead_archives_on_its_day(
    past_the_database: None, urtam_vk: Account, vk: SocialNetwork
) -> None:
    prohibit(vk, timezone.localdate())  # as it was entered yesterday, when the database had nothing against it

    assert [prohibition.archive_what_is_prohibited() for _ in range(2)] == [1, 0]
    urtam_vk.refresh_from_db()
    assert (urtam_vk.status, EntryChange.objects.get().by) == (AccountStatus.ARCHIVED, None)
