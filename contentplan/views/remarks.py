"""Remarks to a post as a page shows them."""

from contentplan import quotes
from contentplan.models import PlannedPost, Remark, RemarkField
from review import lines as review_lines


class Line(review_lines.Line):
    """One remark; where it quotes nothing, it may name a field of the post."""

    @property
    def where(self) -> str:
        """«К словам «завтра»», «Время»; empty when it is about the post as a whole."""
        if self.remark.quote or self.remark.field == RemarkField.WHOLE:
            return super().where
        label = str(self.remark.get_field_display())
        return label[:1].upper() + label[1:]


def lines(remarks: list[Remark], post: PlannedPost) -> list[Line]:
    return [
        Line(number, remark, bool(remark.quote) and quotes.stands(remark, post))
        for number, remark in enumerate(remarks, 1)
    ]
