"""The state of a plan in words that hide nothing."""

import pytest
from django.utils import translation

from contentplan import state
from contentplan.models import PlannedPost, Status

D, S, N, A = Status.DRAFT, Status.SUBMITTED, Status.NEEDS_CHANGES, Status.APPROVED


@pytest.mark.parametrize(
    ("statuses", "sentence", "tone"),
    [
        ([], "nothing planned yet", ""),
        ([D, D], "2 drafts", "info"),
        ([A, A, A, N], "3 posts approved, 1 post returned", "bad"),
        ([A, S], "1 post approved, 1 post awaits approval", "wait"),
        ([A, D], "1 post approved, 1 draft", "info"),
        ([A, A], "2 posts approved", "good"),
        ([D, N, S, A], "1 post approved, 1 post awaits approval, 1 post returned, 1 draft", "bad"),
    ],
)
def test_state_of_posts(statuses: list[Status], sentence: str, tone: str) -> None:
    with translation.override(None):
        found = state.of([PlannedPost(status=status) for status in statuses])

        assert (found.sentence, found.tone, found.total) == (sentence, tone, len(statuses))
    assert found.is_approved == (tone == "good")
