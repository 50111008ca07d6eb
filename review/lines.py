"""Remarks as a page shows them: numbered, each at the words it quotes, with the author's answer."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Line:
    """One remark (a row of AbstractRemark). `stands`: the words it quotes are still in the text."""

    number: int
    remark: Any
    stands: bool

    @property
    def answer(self) -> Any:
        """A row of AbstractRemarkAnswer, or None."""
        return getattr(self.remark, "answer", None)

    @property
    def where(self) -> str:
        """«К словам «завтра»»; empty when it is about the text as a whole."""
        quote = {"quote": self.remark.quote}
        if self.remark.quote and self.stands:
            return _("To the words “%(quote)s”") % quote
        if self.remark.quote:
            return _("To the text as a whole (the words “%(quote)s” are gone)") % quote
        return ""

    @property
    def is_marked(self) -> bool:
        """Its words are highlighted in the text."""
        return self.stands and bool(self.remark.quote)
