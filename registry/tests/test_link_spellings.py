"""Other spellings of one address: of apps, messengers, older versions of a network, and tricks written with them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.links import BadLink, look, read
from registry.models import LegalStatus, SocialNetwork
from registry.tests.test_links import NAMES, NETWORKS, page_of


def leads_to(text: str) -> str:
    """The address of the page a citizen is told of, "" where it is none."""
    found = look(text, NETWORKS)
    return found.link.url if found.link else ""


@pytest.mark.parametrize(
    "text",
    [
        "tg://resolve?domain=urtam",
        "tg:resolve?domain=Urtam&start=1",
        "tg://resolve?domain=urtam&post=15",
        "https://urtam.t.me",
        "urtam.t.me/15",
        "https://web.telegram.org/k/#@urtam",
        "web.telegram.org/#/im?p=@urtam",
        "https://telegram.dog/urtam",
        "https://t.me/s/urtam?before=5",
        "https://t.me/@urtam",
        "Канал: tg://resolve?domain=urtam.",
    ],
)
def test_a_channel_of_telegram_is_known_in_each_spelling(text: str) -> None:
    assert leads_to(text) == "https://t.me/urtam"


@pytest.mark.parametrize(
    "text",
    [
        "vk://vk.com/urtam",
        "vkontakte://vk.ru/urtam?from=app",
        "intent://m.vk.com/urtam#Intent;package=com.vkontakte.android;scheme=https;end",
        "https://vk.com/@urtam",
        "https://m.vk.com/@urtam-otchet-za-god?ref=x",
        "https://vk.me/urtam",
        "https://vkontakte.ru/urtam",
        "https://away.vk.com/away.php?to=https%3A%2F%2Fvk.com%2Furtam",
        "https%3A%2F%2Fvk.com%2Furtam",
        "https://%76k%2Ecom/urtam",
        "https://vk.com/x/../urtam/.",
        "Наша страница:https://vk.com/urtam",
        "ВК—https://vk.com/urtam",
        "`https://vk.com/urtam`",
        "‘https://vk.com/urtam’",
        "**https://vk.com/urtam**",
        "ВК|https://vk.com/urtam|",
    ],
)
def test_a_page_of_vk_is_known_in_each_spelling(text: str) -> None:
    assert leads_to(text) == "https://vk.com/urtam"


@pytest.mark.parametrize(
    "text",
    [
        "vk://vk.com/club5",
        "https://vk.com/@-5-otchet",
        "https://vk.com/@club5-otchet",
        "https://vk.com/wall-5",
        "https://vk.com/videos-5",
    ],
)
def test_whatever_names_the_number_of_a_page_of_vk_leads_to_it(text: str) -> None:
    assert leads_to(text) == "https://vk.com/club5"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://ok.ru/dk?st.cmd=altGroupMain&st.groupId=5", "https://ok.ru/group/5"),
        ("http://m.odnoklassniki.ru/dk?st.cmd=altGroupMain&st.groupId=5&_prevCmd=x", "https://ok.ru/group/5"),
        ("https://ok.ru/dk?st.cmd=friendMain&st.friendId=5", "https://ok.ru/profile/5"),
        ("https://ok.ru/group/5/topics", "https://ok.ru/group/5"),
        ("https://ok.ru/urtam/album/5", "https://ok.ru/urtam"),
        ("https://ok.ru/urtam-selo/members", "https://ok.ru/urtam-selo"),
    ],
)
def test_old_addresses_and_parts_of_a_page_of_ok_lead_to_the_page(text: str, url: str) -> None:
    assert leads_to(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "vk://evil.example/urtam",
        "vk://vk.com@evil.example/urtam",
        "vk://evil.example\\@vk.com/urtam",
        "intent://evil.example/urtam#Intent;S.browser_fallback_url=https://vk.com/urtam;end",
        "tg://resolve?domain=urtam@evil.example",
        "tg://resolve?domain=urtam/../evil",
        "tg://join?invite=urtam",
        "javascript:https://vk.com/urtam",
        "evil:https://vk.com/urtam",
        "https://vk.com%2Furtam",
        "https://vk.com%40evil.example/urtam",
        "https://evil.example%2F@vk.com/urtam",
        "https://evil.example/https://vk.com/urtam",
        "https://web.telegram.org.evil.example/#@urtam",
        "https://urtam.t.me.evil.example",
        "https://urtam.t.me@evil.example",
        "https://vk.com.evil.example/urtam",
        "https://vk.com/share.php?url=https://vk.com/urtam",
        "https://vk.com/@id5-otchet",
        "https://vk.com/urtam/evil",
    ],
)
def test_a_trick_leads_to_no_page_of_the_registry(text: str) -> None:
    assert leads_to(text).rpartition("/")[2] in ("", "id5")


def test_steps_up_lead_where_a_browser_would_go() -> None:
    assert leads_to("https://vk.com/urtam/../evil_page") == "https://vk.com/evil_page"
    assert leads_to("https://vk.com/urtam/%2e%2e/evil_page") == "https://vk.com/evil_page"


@pytest.mark.parametrize("text", ["fb://page/5", "instagram://user?username=urtam", "ig.me/m/urtam", "m.me/urtam"])
def test_apps_and_short_hosts_of_prohibited_networks_are_known(text: str) -> None:
    found = look(text, NETWORKS)

    assert found.network
    assert (found.network.is_prohibited, found.link) == (True, None)


def test_what_a_network_of_the_registry_does_not_have_stays_what_it_was() -> None:
    with pytest.raises(BadLink, match="https://"):
        read("tg://resolve?domain=urtam", networks=[network for network in NETWORKS if network.slug == "vk"])


@pytest.mark.parametrize(
    ("pasted", "url"),
    [
        ("https://rutube.ru/channel/23456/videos/", "https://rutube.ru/channel/23456"),
        ("m.rutube.ru/channel/23456/", "https://rutube.ru/channel/23456"),
        ("https://dzen.ru/id/5F0a1b2c?lang=ru", "https://dzen.ru/id/5f0a1b2c"),
    ],
)
def test_a_network_the_district_adds_is_read_by_its_matchers_alone(pasted: str, url: str) -> None:
    added: list[SocialNetwork] = []
    for host, pattern in (("rutube.ru", r"channel/(?P<id>\d+)"), ("dzen.ru", r"id/(?P<id>[0-9a-f]+)")):
        way = pattern.partition("/")[0]
        matcher = {"pattern": pattern, "link": f"{way}/{{id}}", "handle": f"{way}/{{id}}", "id": "{id}"}
        network = SocialNetwork(pk=len(added) + 50, name=host, hosts=[host], matchers=[matcher])
        vars(network)["status_now"] = LegalStatus.OPTIONAL
        added.append(network)

    found = look(pasted, [*NETWORKS, *added])

    assert found.link
    assert found.link.url == url


# In how many ways one name is written: each is the page of this name in its network and never another.
SPELLINGS = {
    "https://t.me/{}": [
        "tg://resolve?domain={}",
        "https://{}.t.me",
        "web.telegram.org/k/#@{}",
        "t.me/s/{}",
        "t.me/@{}",
    ],
    "https://vk.com/{}": [
        "vk://vk.com/{}",
        "vk.com/@{}-otchet",
        "vk.com/@{}",
        "https%3a%2f%2fvk.com%2f{}",
        "vk.com/./{}",
    ],
    "https://ok.ru/{}": ["ok://ok.ru/{}", "ok.ru/{}/topics", "m.ok.ru/{}/album/7"],
}
WAYS = [(plain, way) for plain, ways in SPELLINGS.items() for way in ways]


@given(st.sampled_from(WAYS), NAMES, st.integers(0, 2**24))
@settings(max_examples=300, deadline=None)
def test_a_spelling_never_leads_to_another_page(pair: tuple[str, str], name: str, case: int) -> None:
    plain, way = pair
    mixed = "".join(char.upper() if case >> place & 1 else char for place, char in enumerate(name))
    meant = page_of(plain.format(name))

    found = look(way.format(mixed), NETWORKS).link

    assert found is None or found == meant or found.url == plain.format(name)
    assert bool(meant) <= bool(found)


@given(st.sampled_from(WAYS), NAMES, NAMES)
@settings(max_examples=200, deadline=None)
def test_two_names_in_one_spelling_are_two_pages(pair: tuple[str, str], one: str, other: str) -> None:
    first, then = (look(pair[1].format(name), NETWORKS).link for name in (one, other))

    if first and then and not (one + other)[-1].isdigit() and not one[-1].isdigit():
        assert (first.url == then.url) == (one == other)
