"""Remarks as a page shows them: numbered, each at the words it quotes, with the author's answer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from contentplan import quotes
from contentplan.models import PlannedPost, Remark, RemarkAnswer, RemarkField


@dataclass(frozen=True)
class Line:
    """One remark. `stands`: the words it quotes are still in the post."""

    number: int
    remark: Remark
    stands: bool

    @property
    def answer(self) -> RemarkAnswer | None:
        return getattr(self.remark, "answer", None)

    @property
    def where(self) -> str:
        """«К словам «завтра»», «Время»; empty when it is about the post as a whole."""
        quote = {"quote": self.remark.quote}
        if self.remark.quote and self.stands:
            return _("To the words “%(quote)s”") % quote
        if self.remark.quote:
            return _("To the text as a whole (the words “%(quote)s” are gone)") % quote
        if self.remark.field == RemarkField.WHOLE:
            return ""
        label = str(self.remark.get_field_display())
        return label[:1].upper() + label[1:]

    @property
    def is_marked(self) -> bool:
        """Its words are highlighted in the text."""
        return self.stands and bool(self.remark.quote)


def lines(remarks: list[Remark], post: PlannedPost) -> list[Line]:
    return [
        Line(number, remark, bool(remark.quote) and quotes.stands(remark, post))
        for number, remark in enumerate(remarks, 1)
    ]
