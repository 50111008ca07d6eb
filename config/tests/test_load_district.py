"""The real district, from the project's own data."""

import pytest
from django.core.management import call_command

from config.district.loading import load
from contentplan.models import Norm, PostFormat
from moderation.models import Ground, ReplyLimit, ReplyTemplate, ToneWord
from people.models import Organization
from registry.links import read_post_link
from registry.models import Account, LegalAct, SocialNetwork

pytestmark = pytest.mark.django_db


def test_all_eleven_bodies_stand_under_the_district_administration() -> None:
    load()

    top = Organization.objects.get(slug="kozhevnikovo")
    assert Organization.objects.get_descendants(top).count() == 10


def test_second_load_changes_nothing() -> None:
    load()

    assert set(load().values()) == {0}


def test_what_an_administrator_changed_survives_a_second_load() -> None:
    load()
    Organization.objects.filter(slug="urtamskoe").update(short_name="Уртам")

    load()

    assert Organization.objects.get(slug="urtamskoe").short_name == "Уртам"


def test_the_order_fixes_ten_formats_six_grounds_and_a_norm_of_five() -> None:
    load()

    counts = (PostFormat.objects.count(), Ground.objects.count(), Norm.objects.get().posts_per_week)
    assert counts == (10, 6, 5)


def test_the_order_stays_the_founding_act_whatever_its_title_is_corrected_to() -> None:
    load()
    LegalAct.objects.filter(founds_registry=True).update(title="Распоряжение от 12.11.2020 № 5-р")

    load()

    assert list(LegalAct.objects.values_list("title", "founds_registry")) == [
        ("Распоряжение от 12.11.2020 № 5-р", True)
    ]


def test_a_portal_loaded_before_learns_which_act_founds_its_registry() -> None:
    load()
    LegalAct.objects.update(founds_registry=False)

    load()

    assert LegalAct.objects.get().founds_registry


def test_all_four_networks_of_the_order_are_there_and_two_are_prohibited() -> None:
    load()

    named = SocialNetwork.objects.filter(named_in_order=True)
    assert {n.slug: n.is_prohibited for n in named} == {"vk": False, "ok": False, "facebook": True, "instagram": True}


@pytest.mark.parametrize(
    ("network", "handle", "pasted", "stored"),
    [
        ("vk", "urtam", "https://vk.com/urtam?w=wall-123_45", "https://vk.com/wall-123_45"),
        ("vk", "club123", "m.vk.com/wall-123_45?from=feed", "https://vk.com/wall-123_45"),
        ("ok", "urtam", "https://ok.ru/urtam/topic/200", "https://ok.ru/urtam/topic/200"),
        ("ok", "group/100", "m.ok.ru/group/100/topic/200", "https://ok.ru/group/100/topic/200"),
        ("max", "urtam", "https://max.ru/Urtam/AZ-k_3b", "https://max.ru/urtam/AZ-k_3b"),
        ("telegram", "urtam", "https://t.me/s/urtam/45?single", "https://t.me/urtam/45"),
    ],
)
def test_every_network_knows_the_links_of_its_publications(network: str, handle: str, pasted: str, stored: str) -> None:
    load()
    account = Account(network=SocialNetwork.objects.with_status().get(slug=network), handle=handle)

    assert read_post_link(pasted, account).url == stored


def test_a_portal_loaded_earlier_learns_to_read_publications() -> None:
    load()
    SocialNetwork.objects.filter(slug="vk").update(post_matchers=[])
    SocialNetwork.objects.filter(slug="ok").update(post_matchers=[{"pattern": "^mine$", "link": "mine", "id": "1"}])

    load()

    assert len(SocialNetwork.objects.get(slug="vk").post_matchers) == 3
    assert SocialNetwork.objects.get(slug="ok").post_matchers[0]["pattern"] == "^mine$"


def test_the_command_says_in_russian_what_it_added(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_district")
    PostFormat.objects.filter(slug__in=["poll", "live"]).delete()
    Ground.objects.filter(slug="spam").delete()
    call_command("load_district")
    call_command("load_district")

    assert capsys.readouterr().out.splitlines() == [
        "Загружены данные района: 11 органов, 6 соцсетей, 4 предела длины, 10 форматов постов, 9 рубрик, "
        "6 оснований удаления, 1 норма, 2 предела длины ответов, 9 казённых выражений, 4 шаблона ответов, "
        "10 частых замечаний, 10 вопросов для проверки, 10 пунктов чек-листа безопасности, 108 памятных дат.",
        "Загружены данные района: 2 формата постов, 1 основание удаления.",
        "Данные района уже загружены.",
    ]


def test_words_and_templates_that_people_changed_do_not_come_back() -> None:
    call_command("load_district")
    ToneWord.objects.exclude(words="осуществлять").delete()
    ReplyTemplate.objects.filter(name="Уточняем").delete()
    ReplyLimit.objects.update(characters=100)

    call_command("load_district")

    assert list(ToneWord.objects.values_list("words", flat=True)) == ["осуществлять"]
    assert (ReplyTemplate.objects.count(), set(ReplyLimit.objects.values_list("characters", flat=True))) == (3, {100})
