"""The real district, from the project's own data."""

import pytest

from config.district.loading import load
from contentplan.models import Norm, PostFormat
from moderation.models import Ground
from people.models import Organization
from registry.models import SocialNetwork

pytestmark = pytest.mark.django_db


def test_all_eleven_bodies_stand_under_the_district_administration() -> None:
    load()

    top = Organization.objects.get(slug="kozhevnikovo")
    assert Organization.objects.get_descendants(top).count() == 10


def test_second_load_changes_nothing() -> None:
    load()

    assert load() == {"organizations": 0, "networks": 0, "formats": 0, "grounds": 0, "norms": 0}


def test_what_an_administrator_changed_survives_a_second_load() -> None:
    load()
    Organization.objects.filter(slug="urtamskoe").update(short_name="Уртам")

    load()

    assert Organization.objects.get(slug="urtamskoe").short_name == "Уртам"


def test_the_order_fixes_ten_formats_six_grounds_and_a_norm_of_five() -> None:
    load()

    counts = (PostFormat.objects.count(), Ground.objects.count(), Norm.objects.get().posts_per_week)
    assert counts == (10, 6, 5)


def test_all_four_networks_of_the_order_are_there_and_two_are_prohibited() -> None:
    load()

    named = SocialNetwork.objects.filter(named_in_order=True)
    assert {n.slug: n.is_prohibited for n in named} == {"vk": False, "ok": False, "facebook": True, "instagram": True}
