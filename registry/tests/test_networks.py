"""Networks as reference data: the law changes on a day, and the district's own networks read what people paste."""

from datetime import date

import pytest
import time_machine

from config.district.loading import load
from conftest import make_network
from registry.links import BadLink, read
from registry.models import LegalStatus, NetworkStatus, SocialNetwork

pytestmark = pytest.mark.django_db


def statuses_of(network: SocialNetwork, *days: tuple[str, LegalStatus]) -> None:
    NetworkStatus.objects.filter(network=network).delete()
    for day, status in days:
        NetworkStatus.objects.create(network=network, starts_on=date.fromisoformat(day), status=status, basis="закон")


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2019-12-31", None),
        ("2020-01-01", LegalStatus.OPTIONAL),
        ("2022-03-20", LegalStatus.OPTIONAL),
        ("2022-03-21", LegalStatus.PROHIBITED),
        ("2026-05-31", LegalStatus.PROHIBITED),
        ("2026-06-01", LegalStatus.LIMITED),
    ],
)
def test_the_status_in_force_is_the_last_that_has_begun(
    vk: SocialNetwork, ok: SocialNetwork, day: str, status: LegalStatus | None
) -> None:
    statuses_of(
        vk,
        ("2026-06-01", LegalStatus.LIMITED),
        ("2020-01-01", LegalStatus.OPTIONAL),
        ("2022-03-21", LegalStatus.PROHIBITED),
    )
    on = date.fromisoformat(day)

    with_status = SocialNetwork.objects.with_status(on).get(slug="vk")
    allowed = SocialNetwork.objects.allowed(on).filter(slug="vk").exists()

    assert (vk.status_on(on), vars(with_status)["status_now"], allowed) == (
        status,
        status,
        status != LegalStatus.PROHIBITED,
    )


@pytest.mark.parametrize(("moment", "prohibited"), [("2026-11-30T23:30", False), ("2026-12-01T00:30", True)])
def test_a_day_begins_by_the_clock_of_the_district(vk: SocialNetwork, moment: str, prohibited: bool) -> None:
    NetworkStatus.objects.create(network=vk, starts_on=date(2026, 12, 1), status=LegalStatus.PROHIBITED, basis="закон")

    with time_machine.travel(f"{moment}+07:00"):
        assert SocialNetwork.objects.get(pk=vk.pk).is_prohibited is prohibited
        assert SocialNetwork.objects.with_status().get(pk=vk.pk).is_prohibited is prohibited


def test_a_network_of_which_the_law_says_nothing_is_allowed(db: None) -> None:
    network = make_network("new", "Новая", LegalStatus.LISTED)
    statuses_of(network)

    assert (network.is_prohibited, list(SocialNetwork.objects.allowed())) == (False, [network])


def test_prohibited_networks_of_the_district_have_no_mark_and_a_notice() -> None:
    load()

    prohibited = [network for network in SocialNetwork.objects.all() if network.is_prohibited]

    assert [(n.slug, n.mark, "запрещена на территории" in n.notice) for n in prohibited] == [
        ("facebook", "", True),
        ("instagram", "", True),
    ]


@pytest.mark.parametrize(
    ("pasted", "canonical"),
    [
        ("https://m.vk.com/club123?from=groups", "https://vk.com/club123"),
        ("vk.ru/public123", "https://vk.com/club123"),
        ("WWW.VK.COM/Urtam_Official ", "https://vk.com/urtam_official"),
        ("https://ok.ru/group/70000001234567", "https://ok.ru/group/70000001234567"),
        ("https://m.ok.ru/urtam.selo/", "https://ok.ru/urtam.selo"),
        ("odnoklassniki.ru/group/12", "https://ok.ru/group/12"),
        ("https://t.me/s/urtam_news", "https://t.me/urtam_news"),
        ("telegram.me/Urtam_News?before=5", "https://t.me/urtam_news"),
        ("https://max.ru/urtam_news", "https://max.ru/urtam_news"),
        ("https://web.max.ru/id7000000001_gos", "https://max.ru/id7000000001_gos"),
    ],
)
def test_the_networks_of_the_district_read_what_people_paste(pasted: str, canonical: str) -> None:
    load()

    assert read(pasted).url == canonical


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("vk.com/groups", "служебная страница"),
        ("vk.com/away.php?to=https%3A%2F%2Fexample.org", "служебная страница"),
        ("ok.ru/dk?st.cmd=altGroupMain", "служебная страница"),
        ("t.me/joinchat/AAAA", "служебная страница"),
        ("max.ru/join/AbCdEf", "служебная страница"),
        ("t.me/+AbCdEf", "нет страницы"),
        ("vk.com/id5", "страница человека"),
        ("ok.ru/profile/5", "страница человека"),
        ("https://www.facebook.com/urtam", "запрещена"),
        ("https://instagram.com/urtam", "запрещена"),
    ],
)
def test_and_refuse_what_is_no_page_of_a_body(pasted: str, sentence: str) -> None:
    load()

    with pytest.raises(BadLink) as refusal:
        read(pasted)

    assert sentence in refusal.value.sentence
