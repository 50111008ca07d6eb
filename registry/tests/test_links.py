"""What people paste, and what becomes of it."""

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from registry.links import BadLink, Link, look, read
from registry.models import LegalStatus, NetworkStatus, SocialNetwork

ZERO_WIDTH = "\u200b"


@pytest.mark.parametrize(
    "pasted",
    [
        "https://vk.com/urtam",
        "http://vk.com/urtam",
        "vk.com/urtam",
        "vk.com/urtam/",
        "//vk.com/urtam",
        "https:/vk.com/urtam",
        "www.vk.com/urtam",
        "https://m.vk.com/urtam?from=search",
        "https://vk.ru/urtam",
        "https://VK.COM/Urtam",
        "https://vk.com/urtam#top",
        "https://vk.com/urtam?utm_source=letter&z=1",
        "https://vk.com:443/urtam",
        "https://vk.com./urtam",
        "https://vk.com//urtam",
        "https://vk.com/%75rtam",
        "  https://vk.com/urtam\n",
        f"{ZERO_WIDTH}https://vk.com/ur{ZERO_WIDTH}tam",
        "<https://vk.com/urtam>",
        "«https://vk.com/urtam»",
        "(vk.com/urtam).",
        "Наша группа: https://vk.com/urtam, заходите!",
        "с.Уртам https://vk.com/urtam",
        "vk.com/urtam и ещё раз https://example.org/about",
        "ｖｋ．ｃｏｍ/urtam",
    ],
)
def test_one_page_has_one_canonical_link_whatever_is_pasted(vk: SocialNetwork, ok: SocialNetwork, pasted: str) -> None:
    link = read(pasted)

    assert (link.network, link.url, link.handle, link.external_id) == (vk, "https://vk.com/urtam", "urtam", "")


@pytest.mark.parametrize("pasted", ["vk.com/club123", "vk.com/public123", "https://m.vk.com/event123?from=feed"])
def test_club_public_and_event_numbers_are_the_same_page(vk: SocialNetwork, pasted: str) -> None:
    link = read(pasted)

    assert (link.url, link.handle, link.external_id) == ("https://vk.com/club123", "club123", "123")


@pytest.mark.parametrize("pasted", ["https://ok.ru/group/123/", "m.ok.ru/group/123?st.cmd=x", "www.ok.ru/group/123"])
def test_a_group_of_ok_keeps_its_number(vk: SocialNetwork, ok: SocialNetwork, pasted: str) -> None:
    link = read(pasted)

    assert (link.network, link.url, link.external_id) == (ok, "https://ok.ru/group/123", "123")


@pytest.mark.parametrize("pasted", ["@urtam", "urtam", " @Urtam "])
def test_a_bare_name_needs_the_network_chosen(vk: SocialNetwork, ok: SocialNetwork, pasted: str) -> None:
    assert read(pasted, vk).url == "https://vk.com/urtam"
    assert read(pasted, ok).url == "https://ok.ru/urtam"
    with pytest.raises(BadLink, match="Выберите сеть"):
        read(pasted)


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("", "Здесь нет ссылки"),
        ("наша страница во ВКонтакте", "Здесь нет ссылки"),
        ("vk.com/urtam vk.com/chilino", "несколько ссылок"),
        ("https://vk.com/", "главная страница"),
        ("vk.com", "главная страница"),
        ("https://vk.com/feed", "служебная страница"),
        ("https://vk.com/LOGIN?to=1", "служебная страница"),
        ("https://ok.ru/messages", "служебная страница"),
        ("https://vk.com/id123", "страница человека"),
        ("https://ok.ru/profile/123", "страница человека"),
        ("https://vk.com/wall5_6", "страница человека"),
        ("https://vk.com/wall-123_45", "https://vk.com/club123"),
        ("https://vk.com/urtam?w=wall-123_45", "https://vk.com/urtam"),
        ("https://vk.com/feed?w=wall-123_45", "одну публикацию"),
        ("https://ok.ru/urtam/topic/200", "https://ok.ru/urtam"),
        ("https://facebook.com/urtam", "запрещена"),
        ("https://example.org/urtam", "example.org"),
        ("https://vk.com.example.org/urtam", "vk.com.example.org"),
        ("https://vk.com@evil.example/urtam", "ведёт не туда"),
        ("https://evil.example\\@vk.com/urtam", "ведёт не туда"),
        ("https://vk.com:8080/urtam", "порт"),
        ("https://vk.com:99999/urtam", "не получается прочитать"),
        ("javascript:alert(1)", "https://"),
        ("javascript://vk.com/urtam", "https://"),
        ("ftp://vk.com/urtam", "https://"),
        ("https://[vk.com/urtam", "не получается прочитать"),
        ("https://vk.com/%ff", "не получается прочитать"),
        ("https://vk.com/уртам", "букв"),
        ("https://vk.com/urtam%0A", "нет страницы"),
        ("https://vk.com/club١٢٣", "букв"),
        ("https://vk.com/a/b/c", "нет страницы"),
        ("https://vк.com/urtam", "только похожи"),
        ("https://xn--v-ttb.com/urtam", "только похожи"),
        ("https://xn--0.com/urtam", "не получается прочитать"),
        ("vk.com/" + "a" * 3000, "слишком длинн"),
    ],
)
def test_what_is_no_page_is_refused_with_one_sentence(
    vk: SocialNetwork, ok: SocialNetwork, facebook: SocialNetwork, pasted: str, sentence: str
) -> None:
    with pytest.raises(BadLink) as refusal:
        read(pasted)

    assert sentence in refusal.value.sentence


def test_a_link_of_another_network_than_the_chosen_is_refused(vk: SocialNetwork, ok: SocialNetwork) -> None:
    with pytest.raises(BadLink) as refusal:
        read("https://ok.ru/group/1", vk)

    assert refusal.value.sentence == "Это ссылка на Одноклассники, а выбрана сеть ВКонтакте."


def test_a_network_that_becomes_prohibited_is_refused_from_that_day(vk: SocialNetwork) -> None:
    read("vk.com/urtam")

    NetworkStatus.objects.create(network=vk, status=LegalStatus.PROHIBITED, starts_on="2026-01-01", basis="закон")

    with pytest.raises(BadLink, match="запрещена"):
        read("vk.com/urtam")


def test_a_too_long_canonical_link_is_refused() -> None:
    matcher = {"pattern": r"(?P<name>\w+)", "link": "{name}", "handle": "{name}"}
    network = SocialNetwork(name="Сеть", hosts=["net.example"], matchers=[matcher])
    vars(network)["status_now"] = LegalStatus.OPTIONAL

    with pytest.raises(BadLink, match="слишком длинн"):
        read("net.example/" + "a" * 400, networks=[network])


def stored_networks() -> list[SocialNetwork]:
    """The district's own networks, without a database: what a pasted text may meet in the product."""
    import yaml

    from config.district.loading import HERE

    rows = yaml.safe_load((HERE / "reference-lists.yaml").read_text(encoding="utf-8"))["social_networks"]
    networks = []
    for number, row in enumerate(rows, 1):
        statuses = row.pop("statuses")
        network = SocialNetwork(pk=number, **row)
        vars(network)["status_now"] = statuses[-1]["status"]
        networks.append(network)
    return networks


NETWORKS = stored_networks()
HOSTS = sorted({host for network in NETWORKS for host in network.hosts})
PIECES = [
    "club12",
    "public7",
    "urtam",
    "group/5",
    "id4",
    "wall-1_2",
    "?w=wall-3_4",
    "/",
    "@",
    "#",
    "%",
    "%d0%b0",
    " ",
    "s/",
]


@given(
    st.text()
    | st.lists(st.sampled_from([*HOSTS, *PIECES, "https://", ":", "\u200b"]) | st.text(max_size=5)).map("".join)
)
@settings(max_examples=400, deadline=None)
def test_any_text_gives_a_link_or_a_sentence_and_a_link_gives_itself(text: str) -> None:
    try:
        link = read(text, networks=NETWORKS)
    except BadLink as refusal:
        assert refusal.sentence  # noqa: PT017 - either outcome is right
        return

    assert read(link.url, networks=NETWORKS) == link
    assert link.url.startswith(f"https://{link.network.hosts[0]}/")


@given(st.sampled_from(HOSTS), st.from_regex(r"[a-z][a-z0-9_]{4,20}", fullmatch=True), st.text(max_size=8))
@settings(max_examples=200, deadline=None)
def test_letter_case_and_tails_never_change_the_page(host: str, name: str, tail: str) -> None:
    def page(text: str) -> Link | None:
        try:
            return read(text, networks=NETWORKS)
        except BadLink:
            return None

    plain = page(f"https://{host}/{name}")

    assert page(f"HTTP://{host.upper()}/{name.upper()}/#{name}") == plain
    assert page(f"{host}/{name}?from={name}") == plain


# --- never another account -------------------------------------------------------------------------

NAMES = st.from_regex(r"[a-z][a-z0-9_]{4,20}", fullmatch=True)
# How people's phones, messengers and letters dress the address of a page.
DRESSES = [
    "https://{}",
    "http://www.{}/",
    "//{}",
    "{}?from=search&w=1",
    "{}#top",
    "  {}\n",
    "«https://{}»",
    "Наша страница: {}, заходите!",
    "(https://{}).",
    f"{ZERO_WIDTH}{{}}{ZERO_WIDTH}",
    "HTTPS://{}",
]


def page_of(text: str) -> Link | None:
    try:
        return read(text, networks=NETWORKS)
    except BadLink:
        return None


@given(st.sampled_from(HOSTS), st.sampled_from(HOSTS), NAMES, NAMES)
@example("vk.com", "ok.ru", "urtam", "urtam")
@example("vk.com", "m.vk.com", "urtam_adm", "urtam_adn")
@settings(max_examples=300, deadline=None)
def test_two_names_or_two_networks_are_never_one_page(one: str, other: str, name: str, second: str) -> None:
    first, then = page_of(f"{one}/{name}"), page_of(f"{other}/{second}")
    # «club7», «public7» and «event7» are three words for one number.
    assume(first and then and not re.search(r"\d$", name + second))
    assert first
    assert then

    same = (first.network, name) == (then.network, second)

    assert (first.url == then.url, (first.network, first.handle) == (then.network, then.handle)) == (same, same)


@given(st.sampled_from(HOSTS), NAMES, st.sampled_from(DRESSES), st.integers(0, 2**24))
@settings(max_examples=300, deadline=None)
def test_however_a_link_is_dressed_it_leads_to_its_own_page(host: str, name: str, dress: str, case: int) -> None:
    mixed = "".join(char.upper() if case >> place & 1 else char for place, char in enumerate(f"{host}/{name}"))

    assert page_of(dress.format(mixed)) == page_of(f"{host}/{name}")


@given(st.sampled_from(HOSTS) | st.just("example.org"), NAMES, st.sampled_from([*DRESSES, "url:{}", "@{}"]))
@settings(max_examples=300, deadline=None)
def test_the_check_of_a_citizen_means_the_same_page_as_the_registry(host: str, name: str, dress: str) -> None:
    text = dress.format(f"{host}/{name}")
    entered = page_of(text)

    checked = look(text, NETWORKS)

    if entered:
        assert checked.link == entered
        assert look(entered.url, NETWORKS).link == entered
    elif checked.link:  # a page of a person, or the page of a post: never in the registry under another name
        assert checked.link.network in NETWORKS
        assert page_of(checked.link.url) in (None, checked.link)


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.sampled_from(["club", "public", "event"]))
@settings(max_examples=100, deadline=None)
def test_numbers_of_two_pages_never_meet(one: int, other: int, word: str) -> None:
    first, then = page_of(f"vk.com/{word}{one}"), page_of(f"vk.com/club{other}")
    assert first
    assert then

    assert (first.external_id == then.external_id, first.url == then.url) == (one == other, one == other)


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_whatever_a_citizen_pastes_gets_an_answer(text: str) -> None:
    found = look(text, NETWORKS)

    assert [bool(found.sentence or found.name or found.site or found.network)] == [True]
