"""The sentences as people read them: right cases and plurals."""

import pytest
from django.utils import translation

from contentplan import state
from contentplan.models import PlannedPost, Status
from contentplan.norm import Meter, sentence
from registry.models import Account


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (1, "ВКонтакте: не хватает 1 публикации."),
        (2, "ВКонтакте: не хватает 2 публикаций."),
        (5, "ВКонтакте: не хватает 5 публикаций."),
        (21, "ВКонтакте: не хватает 21 публикации."),
    ],
)
def test_what_is_missing(missing: int, words: str) -> None:
    meter = Meter(Account(), 0, 0, missing, closed=False, has_plan=False, name="ВКонтакте")

    with translation.override("ru"):
        assert sentence([meter]) == words


def test_the_meter_speaks() -> None:
    meter = Meter(Account(), 3, 2, 5, closed=False, has_plan=True, name="ВКонтакте")

    with translation.override("ru"):
        assert (meter.label, meter.text) == ("3 + 2 из 5", "ВКонтакте: вышло 3, в плане 2 из 5")


def test_the_state_of_a_plan() -> None:
    posts = [PlannedPost(status=status) for status in [Status.APPROVED] * 3 + [Status.NEEDS_CHANGES]]

    with translation.override("ru"):
        assert state.of(posts).sentence == "3 согласовано, 1 возвращён"
