"""Which part of a post says the words a remark quotes."""

from contentplan.models import PlannedPost, Remark, RemarkField
from review.quotes import find


def field_of(quote: str, post: PlannedPost) -> str | None:
    """Which field of the post says these words: its text (common or of an account's own), its topic; None: neither."""
    own = [row.text for row in post.placements.all()]
    if any(find(quote, text) for text in [post.text, *own]):
        return str(RemarkField.TEXT.value)
    return str(RemarkField.TOPIC.value) if find(quote, post.topic) else None


def stands(remark: Remark, post: PlannedPost) -> bool:
    """The quoted words are still there."""
    return field_of(remark.quote, post) is not None
