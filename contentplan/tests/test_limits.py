"""How long a text may be: counted as the networks count."""

import pytest

from contentplan import limits
from contentplan.models import TextLimit
from registry.models import Account, SocialNetwork
from review.lengths import CountedIn, length


@pytest.mark.parametrize(
    ("text", "characters", "units"),
    [("Мост", 4, 4), ("Ура 🎉", 5, 6), ("👨‍👩‍👧", 5, 8), ("  край  ", 4, 4), ("а\r\nб", 3, 3), ("", 0, 0)],
)
def test_a_text_is_counted_in_characters_or_in_utf16_units(text: str, characters: int, units: int) -> None:
    assert (length(text), length(text, CountedIn.UTF16)) == (characters, units)


def test_with_media_another_limit_holds(vk: SocialNetwork, urtam_vk: Account) -> None:
    limit = TextLimit(network=vk, text=4096, with_media=1024)

    alone, beside = (limits.count(urtam_vk, "а" * 1030, limit, has_media=media) for media in (False, True))

    assert (alone.over, beside.over) == (0, 6)
    assert beside.sentence == "1030 из 1024: длиннее на 6"


def test_without_a_known_limit_nothing_is_too_long(vk: SocialNetwork, urtam_vk: Account) -> None:
    known = TextLimit(network=vk)

    for limit in (None, known):
        count = limits.count(urtam_vk, "а" * 100_000, limit, has_media=True)
        assert (count.over, count.sentence) == (0, "Знаков: 100000")


def test_limits_are_read_by_network_in_one_query(
    ok: SocialNetwork, urtam_vk: Account, urtam_ok: Account, django_assert_num_queries: object
) -> None:
    TextLimit.objects.create(network=ok, text=100)

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = limits.of_accounts([urtam_vk, urtam_ok])

    assert list(found) == [urtam_ok.network_id]
