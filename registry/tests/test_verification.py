"""Is this page real? Each answer has its own test; nothing unlisted is ever official."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from conftest import make_account
from people.models import Organization, User
from registry import lookalikes
from registry.models import Account, AccountStatus, KnownFake, SocialNetwork
from registry.verification import Verdict, verify


@pytest.fixture
def real(urtam_vk: Account) -> Account:
    lookalikes.index([urtam_vk])
    return urtam_vk


@pytest.fixture
def fake(real: Account, coordinator: User) -> KnownFake:
    return KnownFake.objects.create(
        organization=real.organization,
        account=real,
        network=real.network,
        url="https://vk.com/urtam_dem0",
        seen_on="2026-11-01",
        state_since="2026-11-01",
        confirmed_by=coordinator,
    )


@pytest.mark.parametrize(
    "text",
    [
        "https://vk.com/urtam_demo",
        "http://m.vk.com/urtam_demo?from=groups",
        "HTTPS://VK.COM/URTAM_DEMO",
        "vk.ru/urtam_demo/",
        "Посмотрите, это наша? https://vk.com/urtam_demo — спасибо",
        "URL:https://vk.com/urtam_demo",
        "  <https://vk.com/urtam_demo>  ",
        "https://vk.com/urtam_demo👍",
        "👉vk.com/urtam_demo👈",
        "[Уртам](https://vk.com/urtam_demo)",
        "BEGIN:VCARD\nFN:Уртам\nURL:https://vk.com/urtam_demo\nEND:VCARD",
        "https://vk.com/away.php?to=https%3A%2F%2Fvk.com%2Furtam_demo&cc_key=",
    ],
)
def test_a_listed_page_is_official_in_whatever_form_it_is_pasted(real: Account, text: str) -> None:
    answer = verify(text)

    assert (answer.verdict, answer.url, answer.account) == (Verdict.OFFICIAL, real.url, real)


def test_a_post_of_a_listed_page_speaks_of_the_page(real: Account) -> None:
    answer = verify("https://vk.com/urtam_demo?w=wall-55_12")

    assert (answer.verdict, answer.account) == (Verdict.OFFICIAL, real)


@pytest.mark.parametrize(
    "text",
    [
        "vk.com/public123",
        "club123",
        "https://vk.com/wall-123_4",
        "https://vk.com/video-123_456",
        "https://vk.com/clip-123_456",
        "https://vk.com/photo-123_456?rev=1",
        "https://vk.com/feed?z=photo-123_456%2Falbum-123_0",
        "https://vk.com/topic-123_4",
        "https://vk.com/im?sel=-123",
        "https://vk.com/write-123",
    ],
)
def test_what_shows_the_number_of_a_listed_page_speaks_of_the_page(
    text: str, urtam: Organization, vk: SocialNetwork, ok: SocialNetwork
) -> None:
    account = make_account(urtam, vk, "urtam_demo", external_id="123")

    assert (verify(text).verdict, verify(text).account) == (Verdict.OFFICIAL, account)


def test_a_link_that_leads_away_speaks_of_where_it_leads(real: Account) -> None:
    answer = verify("https://vk.com/away.php?to=https%3A%2F%2Fexample.com%2Furtam_demo")

    assert answer.verdict == Verdict.NOT_LISTED


def test_the_permanent_number_of_a_listed_page_is_official(urtam: Organization, vk: SocialNetwork) -> None:
    account = make_account(urtam, vk, "urtam_demo", external_id="123")

    answer = verify("vk.com/public123")

    assert (answer.verdict, answer.account) == (Verdict.OFFICIAL, account)


def test_a_closed_page_was_official_until_its_day(urtam: Organization, vk: SocialNetwork) -> None:
    make_account(urtam, vk, "old_urtam", status=AccountStatus.ARCHIVED, closed_on="2025-06-01")

    answer = verify("vk.com/old_urtam")

    assert answer.verdict == Verdict.FORMER
    assert str(answer.until) == "2025-06-01"


def test_a_suspended_page_is_not_official_now(urtam: Organization, vk: SocialNetwork) -> None:
    make_account(urtam, vk, "lost_urtam", status=AccountStatus.SUSPENDED)

    answer = verify("vk.com/lost_urtam")

    assert (answer.verdict, answer.is_suspended) == (Verdict.FORMER, True)


@pytest.mark.parametrize("status", [AccountStatus.PLANNED, AccountStatus.UNCONFIRMED])
def test_a_page_that_nobody_has_confirmed_is_not_listed(
    status: AccountStatus, urtam: Organization, vk: SocialNetwork
) -> None:
    make_account(urtam, vk, "soon_urtam", status=status)

    answer = verify("vk.com/soon_urtam")

    assert (answer.verdict, answer.account) == (Verdict.NOT_LISTED, None)


def test_a_known_fake_is_called_fake_and_the_real_page_is_named(fake: KnownFake, real: Account) -> None:
    answer = verify("vk.com/urtam_dem0")

    assert (answer.verdict, answer.fake) == (Verdict.FAKE, fake)
    assert [like.account for like in answer.lookalikes] == [real]


def test_a_closed_name_that_others_took_is_a_fake(fake: KnownFake, urtam: Organization, vk: SocialNetwork) -> None:
    make_account(urtam, vk, "urtam_dem0", status=AccountStatus.ARCHIVED)

    assert verify("vk.com/urtam_dem0").verdict == Verdict.FAKE


def test_the_page_of_a_person_can_be_a_known_fake(fake: KnownFake, real: Account, coordinator: User) -> None:
    KnownFake.objects.filter(pk=fake.pk).update(url="https://vk.com/id500")

    assert verify("https://vk.com/id500").verdict == Verdict.FAKE
    assert verify("https://vk.com/id501").verdict == Verdict.NOT_LISTED


@pytest.mark.parametrize(
    "text",
    [
        "https://facebook.com/urtam_demo",
        "fb.com/anything",
        "https://www.facebook.com/",
        "https://ru-ru.facebook.com/urtam_demo",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fvk.com%2Furtam_demo",
    ],
)
def test_a_prohibited_network_is_said_to_be_so(text: str, real: Account, facebook: SocialNetwork) -> None:
    answer = verify(text)

    assert (answer.verdict, answer.url, answer.account) == (Verdict.PROHIBITED, None, None)


@pytest.mark.parametrize(
    "text", ["", "привет", "https://vk.com/", "https://vk.com/feed", "vk.com/a vk.com/bbb", "javascript:alert(1)", "\0"]
)
def test_what_cannot_be_read_says_what_to_paste(text: str, real: Account) -> None:
    answer = verify(text)

    assert answer.verdict == Verdict.UNREADABLE
    assert answer.sentence


@pytest.mark.parametrize(
    "text", ["https://example.com/urtam_demo", "vk-com.ru/urtam_demo", "https://vk.com.evil.ru/urtam_demo"]
)
def test_another_site_is_not_in_the_registry(text: str, real: Account) -> None:
    assert verify(text).verdict == Verdict.NOT_LISTED


def test_a_name_alone_is_official_only_where_one_listed_page_bears_it(
    real: Account, urtam: Organization, ok: SocialNetwork
) -> None:
    alone = verify("@urtam_demo")
    make_account(urtam, ok, "urtam_demo")
    twice = verify("@urtam_demo")

    assert (alone.verdict, alone.account) == (Verdict.OFFICIAL, real)
    assert twice.verdict == Verdict.UNREADABLE


def test_a_name_in_a_named_network_is_that_page_and_no_other(real: Account, ok: SocialNetwork) -> None:
    answer = verify("@urtam_demo", ok)

    assert answer.verdict == Verdict.NOT_LISTED
    assert [(like.account, like.why) for like in answer.lookalikes] == [(real, "same_name")]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("urtam_dema", "one_letter"),
        ("urtam_demoo", "one_letter"),
        ("urtam_dem", "one_letter"),
        ("utram_demo", "one_letter"),
        ("urtamdemo", "signs"),
        ("urtam-demo", "signs"),
        ("urtam.demo", "signs"),
        ("urtam_dem0", "twin_letters"),
        ("urtam_demo_official", "affix"),
        ("adm_urtam_demo", "affix"),
        ("urtamdemonews", "affix"),
    ],
)
def test_a_lookalike_names_the_real_page(name: str, why: str, real: Account) -> None:
    answer = verify(f"https://vk.com/{name}" if "-" not in name else f"@{name}")

    assert answer.verdict == Verdict.NOT_LISTED
    assert [(like.account, like.why) for like in answer.lookalikes] == [(real, why)]


@pytest.mark.parametrize("text", ["https://vk.com/urtаm_demo", "https://vк.com/urtam_demo", "vk.com/уртам_демо"])
def test_cyrillic_twins_are_never_official_and_the_real_page_is_named(text: str, real: Account) -> None:
    answer = verify(text)

    assert answer.verdict == Verdict.NOT_LISTED
    assert [like.account for like in answer.lookalikes] == [real]


def test_the_same_name_in_another_network_names_the_real_page(real: Account, ok: SocialNetwork) -> None:
    answer = verify("https://ok.ru/urtam_demo")

    assert answer.verdict == Verdict.NOT_LISTED
    assert [(like.account, like.why) for like in answer.lookalikes] == [(real, "same_name")]


def test_a_quite_different_name_has_no_lookalikes(real: Account) -> None:
    assert verify("vk.com/pozhneva_school").lookalikes == []


def test_the_next_number_is_no_lookalike(urtam: Organization, vk: SocialNetwork) -> None:
    lookalikes.index([make_account(urtam, vk, "club123456", external_id="123456")])

    assert verify("vk.com/club123457").lookalikes == []


@pytest.mark.parametrize("status", [AccountStatus.PLANNED, AccountStatus.UNCONFIRMED, AccountStatus.ARCHIVED])
def test_only_official_pages_are_named_as_the_real_one(status: AccountStatus, real: Account) -> None:
    Account.objects.filter(pk=real.pk).update(status=status)

    assert verify("vk.com/urtam_dema").lookalikes == []


@pytest.mark.parametrize("pages", [1, 3])
def test_an_answer_asks_a_fixed_number_of_queries(
    pages: int,
    real: Account,
    urtam: Organization,
    vk: SocialNetwork,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lookalikes.index([make_account(urtam, vk, f"urtam_dem{letter}") for letter in "xyz"[: pages - 1]])

    with django_assert_num_queries(7):
        verify("vk.com/urtam_dema")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL proves it from the value itself")
def test_a_page_is_found_by_index_and_not_by_reading_its_network(vk: SocialNetwork) -> None:
    rows = Account.objects.of_page(vk, "https://vk.com/urtam", "-1")

    plan = rows.explain()
    assert "account_link_unique_in_network" in plan
    assert "account_external_id_unique_in_network" in plan


def test_a_bare_name_is_found_in_any_case_by_the_index_of_names(urtam_vk: Account) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(handle="Urtam_Page")

    found = Account.objects.named("uRTAM_pAGE")

    assert list(found) == [urtam_vk]
    assert "LOWER(" in str(found.query)
