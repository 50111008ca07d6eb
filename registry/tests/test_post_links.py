"""A link to a publication must belong to the account it is recorded in."""

import pytest

from conftest import make_account
from people.models import Organization
from registry.links import BadLink, read_post_link
from registry.models import Account, AccountStatus, LegalAct, SocialNetwork


@pytest.mark.parametrize(
    "pasted",
    [
        "https://vk.com/wall-123_45",
        "m.vk.com/wall-123_45?from=feed",
        "https://vk.com/club123?w=wall-123_45",
        "https://vk.com/urtam?w=wall-123_45",
        "https://vk.com/urtam?from=x&w=wall-123_45%2Fall&y=1",
        "https://vk.com/feed?w=wall-123_45",
        "Вышло: vk.com/wall-123_45",
    ],
)
def test_a_post_of_a_page_with_a_known_number(urtam: Organization, vk: SocialNetwork, pasted: str) -> None:
    account = make_account(urtam, vk, "urtam", external_id="123")

    post = read_post_link(pasted, account)

    assert (post.url, post.external_id) == ("https://vk.com/wall-123_45", "45")


def test_a_page_registered_by_its_number_knows_its_posts(urtam: Organization, vk: SocialNetwork) -> None:
    account = make_account(urtam, vk, "club123")

    assert read_post_link("vk.com/wall-123_45", account).external_id == "45"
    with pytest.raises(BadLink, match="другой страницы"):
        read_post_link("vk.com/wall-124_45", account)


def test_the_number_weighs_more_than_the_name(urtam: Organization, vk: SocialNetwork) -> None:
    account = make_account(urtam, vk, "urtam", external_id="123")

    with pytest.raises(BadLink, match="другой страницы"):
        read_post_link("vk.com/urtam?w=wall-999_45", account)


def test_a_page_known_by_name_takes_links_that_carry_the_name(urtam: Organization, vk: SocialNetwork) -> None:
    account = make_account(urtam, vk, "urtam")

    assert read_post_link("vk.com/Urtam?w=wall-123_45", account).url == "https://vk.com/wall-123_45"


@pytest.mark.parametrize("pasted", ["vk.com/wall-123_45", "vk.com/feed?w=wall-123_45", "vk.com/club123?w=wall-123_45"])
def test_a_bare_wall_link_cannot_be_checked_against_a_name(urtam: Organization, vk: SocialNetwork, pasted: str) -> None:
    account = make_account(urtam, vk, "urtam")

    with pytest.raises(BadLink) as refusal:
        read_post_link(pasted, account)

    assert "не видно, чья это публикация" in refusal.value.sentence
    assert account.url in refusal.value.sentence


@pytest.mark.parametrize(
    ("handle", "pasted", "url"),
    [
        ("group/100", "https://ok.ru/group/100/topic/200", "https://ok.ru/group/100/topic/200"),
        ("group/100", "m.ok.ru/group/100/topic/200/", "https://ok.ru/group/100/topic/200"),
        ("urtam", "https://ok.ru/Urtam/topic/200", "https://ok.ru/urtam/topic/200"),
    ],
)
def test_a_post_of_ok(urtam: Organization, ok: SocialNetwork, handle: str, pasted: str, url: str) -> None:
    account = make_account(urtam, ok, handle)

    post = read_post_link(pasted, account)

    assert (post.url, post.external_id) == (url, "200")


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("vk.com/chilino?w=wall-5_45", "другой страницы"),
        ("vk.com/urtam", "не ссылка на публикацию"),
        ("vk.com/wall5_6", "страница человека"),
        ("vk.com/id5?w=wall5_6", "страница человека"),
        ("https://ok.ru/group/100/topic/200", "ok.ru"),
        ("", "Здесь нет ссылки"),
        ("@urtam", "не ссылка на публикацию"),
    ],
)
def test_what_is_no_post_of_the_page_is_refused_with_a_sentence(urtam_vk: Account, pasted: str, sentence: str) -> None:
    urtam_vk.handle = "urtam"

    with pytest.raises(BadLink) as refusal:
        read_post_link(pasted, urtam_vk)

    assert sentence in refusal.value.sentence


def test_a_body_without_a_page_has_no_posts(urtam: Organization, the_order: LegalAct) -> None:
    account = Account(organization=urtam, status=AccountStatus.NOT_KEPT, legal_act=the_order)

    with pytest.raises(BadLink, match="не ведёт"):
        read_post_link("vk.com/wall-1_2", account)


def test_nothing_is_published_in_a_prohibited_network(urtam: Organization, facebook: SocialNetwork) -> None:
    account = make_account(urtam, facebook, "urtam", status=AccountStatus.ARCHIVED)

    with pytest.raises(BadLink, match="запрещена"):
        read_post_link("facebook.com/urtam/posts/1", account)
