"""The norm meter beside every account the portal shows; never on the public pages."""

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conftest import make_account
from contentplan.models import Norm
from people.models import Organization, User
from registry.models import Account, LegalAct, SocialNetwork


@pytest.fixture(autouse=True)
def norm(the_order: LegalAct) -> Norm:
    return Norm.objects.create(posts_per_week=5, starts_on="2020-03-02", legal_act=the_order)


SAID = "ВКонтакте: вышло 0, в плане 0 из 5"


@pytest.mark.parametrize("address", ["/registry/", "/accounts/{pk}/"])
def test_the_portal_shows_the_running_week(client: Client, editor: User, urtam_vk: Account, address: str) -> None:
    client.force_login(editor)

    assert SAID in client.get(address.format(pk=urtam_vk.pk)).content.decode()


@pytest.mark.parametrize("address", ["/", "/accounts/{pk}/"])
def test_citizens_see_no_meter(client: Client, urtam_vk: Account, address: str) -> None:
    assert 'class="meter' not in client.get(address.format(pk=urtam_vk.pk)).content.decode()


def test_an_editor_sees_no_meter_of_another_body(client: Client, editor: User, chilino_vk: Account) -> None:
    client.force_login(editor)

    assert 'class="meter' not in client.get(f"/accounts/{chilino_vk.pk}/").content.decode()


def test_the_list_asks_as_many_queries_for_three_accounts_as_for_one(
    client: Client,
    coordinator: User,
    urtam: Organization,
    chilino: Organization,
    urtam_vk: Account,
    vk: SocialNetwork,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with time_machine.travel("2026-11-25T05:00:00Z", tick=False):
        client.force_login(coordinator)
        client.get("/registry/")
        with django_assert_num_queries(21):
            client.get("/registry/")
        make_account(urtam, vk, "second")
        make_account(chilino, vk, "third")
        with django_assert_num_queries(21):
            client.get("/registry/")
