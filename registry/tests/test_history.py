"""The history of entries: what changed, public and internal apart, and nothing of it is ever rewritten."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from conftest import make_account
from people import append_only
from people.models import Organization, User
from registry import actions
from registry.models import Account, ChangeKind, EntryChange, LegalStatus, NetworkStatus, SocialNetwork

pytestmark = pytest.mark.django_db


def entered(organization: Organization, network: SocialNetwork, by: User, **fields: object) -> Account:
    values: dict[str, object] = {"name": "Уртам", "url": f"https://{network.hosts[0]}/urtam", "handle": "urtam"}
    values |= {"status": "active"}
    return actions.create_account(Account(organization=organization, network=network, **{**values, **fields}), by=by)


def changed(account: Account, by: User, **fields: object) -> EntryChange:
    for name, value in fields.items():
        setattr(account, name, value)
    actions.edit_account(account, by=by)
    return account.changes.latest("pk")


def test_a_new_entry_begins_its_history(urtam: Organization, vk: SocialNetwork, coordinator: User) -> None:
    account = entered(urtam, vk, coordinator)

    change = account.changes.get()
    assert (change.kind, change.by, change.is_public) == (ChangeKind.ADDED, coordinator, True)
    assert change.values["name"] == [None, "Уртам"]


def test_a_change_tells_what_was_before_and_after(urtam: Organization, vk: SocialNetwork, coordinator: User) -> None:
    account = entered(urtam, vk, coordinator)

    change = changed(account, coordinator, name="Уртам официальный", subscribers=120, subscribers_on=date(2026, 11, 1))

    assert (change.kind, change.inner) == (ChangeKind.EDITED, {})
    assert change.values == {
        "name": ["Уртам", "Уртам официальный"],
        "subscribers": [None, 120],
        "subscribers_on": [None, "2026-11-01"],
    }


def test_saving_the_same_again_is_no_change(urtam: Organization, vk: SocialNetwork, coordinator: User) -> None:
    account = entered(urtam, vk, coordinator)

    actions.edit_account(account, by=coordinator)

    assert account.changes.count() == 1


def test_names_of_people_stay_inside(urtam: Organization, vk: SocialNetwork, coordinator: User, editor: User) -> None:
    account = entered(urtam, vk, coordinator)

    actions.edit_account(account, by=coordinator, responsible_people=[editor])

    change = account.changes.latest("pk")
    assert (change.is_public, change.values, change.inner) == (
        False,
        {},
        {"responsible_people": ["", str(editor)]},
    )


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"status": "suspended"}, ChangeKind.SUSPENDED),
        ({"status": "archived", "closed_on": date(2026, 11, 1)}, ChangeKind.ARCHIVED),
        ({"url": "https://vk.com/urtam_new", "handle": "urtam_new"}, ChangeKind.RENAMED),
        ({"has_state_mark": False}, ChangeKind.EDITED),
    ],
)
def test_a_change_is_called_what_it_is(
    urtam: Organization, vk: SocialNetwork, coordinator: User, fields: dict[str, object], kind: ChangeKind
) -> None:
    account = entered(urtam, vk, coordinator)

    assert changed(account, coordinator, **fields).kind == kind


def test_what_happened_before_an_entry_was_public_is_never_shown(
    urtam: Organization, vk: SocialNetwork, coordinator: User
) -> None:
    account = entered(urtam, vk, coordinator, status="unconfirmed")
    changed(account, coordinator, status="active")

    assert list(EntryChange.objects.public().values_list("kind", flat=True)) == [ChangeKind.CONFIRMED]


def test_an_address_in_a_prohibited_network_is_never_public(
    urtam: Organization, vk: SocialNetwork, facebook: SocialNetwork, coordinator: User
) -> None:
    account = entered(urtam, facebook, coordinator, status="archived")

    change = changed(account, coordinator, network=vk, url="https://vk.com/urtam")

    assert "facebook" not in str([list(row.values.items()) for row in EntryChange.objects.public()])
    assert change.inner["url"] == ["https://facebook.com/urtam", "https://vk.com/urtam"]


@pytest.mark.usefixtures("past_the_database")
def test_a_network_prohibited_later_takes_its_history_away(
    urtam: Organization, vk: SocialNetwork, coordinator: User
) -> None:
    entered(urtam, vk, coordinator)
    shown = EntryChange.objects.public().count()

    NetworkStatus.objects.create(network=vk, status=LegalStatus.PROHIBITED, starts_on=date(2026, 1, 1), basis="закон")

    assert (shown, EntryChange.objects.public().count()) == (1, 0)


def test_the_public_part_never_asks_who(urtam_vk: Account, coordinator: User) -> None:
    actions.verify(urtam_vk, by=coordinator)

    assert EntryChange.objects.public().get().get_deferred_fields() == {"by_id", "inner", "note"}


def test_nothing_of_it_can_be_rewritten(urtam_vk: Account, coordinator: User) -> None:
    actions.verify(urtam_vk, by=coordinator)

    with pytest.raises(IntegrityError, match="journal"), transaction.atomic():
        EntryChange.objects.update(kind=ChangeKind.EDITED)
    assert append_only.unprotected(connection, "registry_entrychange") == []


def test_each_body_reads_its_own_history(
    urtam_vk: Account, chilino: Organization, vk: SocialNetwork, coordinator: User, editor: User
) -> None:
    for account in (urtam_vk, make_account(chilino, vk, "chilino")):
        actions.verify(account, by=coordinator)

    assert [change.account for change in EntryChange.objects.visible_to(editor)] == [urtam_vk]


@pytest.mark.parametrize("inside", [False, True], ids=["citizen", "department"])
def test_the_card_costs_the_same_after_one_change_three_and_fifty(
    client: Client,
    urtam_vk: Account,
    coordinator: User,
    inside: bool,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    if inside:
        client.force_login(coordinator)
    address = reverse("registry:account_detail", args=[urtam_vk.pk])
    client.get(address)  # what is read once
    shown: list[int] = []

    for number, more in ((1, 1), (3, 2), (50, 47)):
        for step in range(more):
            changed(urtam_vk, coordinator, name=f"Уртам {number}.{step}")
        with django_assert_num_queries(QUERIES_OF_CARD[inside]):
            shown.append(len(client.get(address).context["changes"]))

    assert shown == [1, 3, 20]


QUERIES_OF_CARD = {False: 9, True: 22}
