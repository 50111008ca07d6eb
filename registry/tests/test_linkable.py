"""No address of a prohibited network can be entered where an open page would make a link of it."""

import pytest
from django.core.exceptions import ValidationError

from conftest import make_network
from people.models import Organization, User
from registry.forms import AccountForm
from registry.models import BodyAct, LegalAct, LegalStatus
from registry.models.own_acts import OwnActState
from registry.own_act_forms import MoveForm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def prohibited(db: None) -> None:
    make_network("facebook", "Facebook", LegalStatus.PROHIBITED, hosts=["facebook.com", "fb.com"])


ADDRESSES = [
    "https://facebook.com/urtam",
    "https://www.facebook.com/urtam",
    "http://ru-ru.FACEBOOK.com/x",
    "https://fb.com",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_site_of_a_body_is_no_page_there(urtam: Organization, address: str) -> None:
    urtam.official_site = address

    with pytest.raises(ValidationError) as refused:
        urtam.full_clean()

    assert "запрещена в России" in refused.value.message_dict["official_site"][0]


def test_a_site_of_its_own_is(urtam: Organization) -> None:
    urtam.official_site = "https://facebook.com.urtam.example/"

    urtam.full_clean()


@pytest.mark.parametrize("model", [LegalAct, BodyAct])
def test_the_text_of_an_act_does_not_lie_there(urtam: Organization, model: type[LegalAct] | type[BodyAct]) -> None:
    with pytest.raises(ValidationError) as refused:
        model(organization=urtam, url=ADDRESSES[0]).full_clean()

    assert "url" in refused.value.message_dict


def test_nor_where_it_is_written_down_with_a_page(coordinator: User) -> None:
    form = AccountForm({"act_url": ADDRESSES[0]}, user=coordinator)

    assert "запрещена в России" in form.errors["act_url"][0]


def test_nor_in_the_steps_of_a_body() -> None:
    form = MoveForm({"url": ADDRESSES[0]}, states=[OwnActState.DRAFT])

    assert "запрещена в России" in form.errors["url"][0]
