"""How long a text may be in each network (a list an administrator edits), counted as static/js/plan-counter.js does."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contentplan.models import CountedIn, TextLimit
from registry.models import Account


def length(text: str, counted_in: str = CountedIn.CHARACTERS) -> int:
    """Of the text without the space around it: in characters, an emoji as one, or in UTF-16 units, an emoji as two."""
    text = text.replace("\r\n", "\n").strip()
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if counted_in == CountedIn.UTF16 else len(text)


@dataclass(frozen=True)
class Count:
    """How much of an account's limit a text takes. `most` None: no limit is known."""

    account: Account
    used: int
    most: int | None

    @property
    def over(self) -> int:
        return max(0, self.used - self.most) if self.most is not None else 0

    @property
    def sentence(self) -> str:
        """The same words the counter of the form writes."""
        kind = "free" if self.most is None else "over" if self.over else "of"
        return words()[kind] % {"used": self.used, "most": self.most, "over": self.over}


def words() -> dict[str, str]:
    """What a counter says below the limit, above it, and where none is known."""
    return {
        "of": _("%(used)d of %(most)d"),
        "over": _("%(used)d of %(most)d: too long by %(over)d"),
        "free": _("Characters: %(used)d"),
    }


def of_accounts(accounts: Iterable[Account]) -> dict[int, TextLimit]:
    """The limits by network."""
    return {
        row.network_id: row
        for row in TextLimit.objects.filter(network__in={a.network_id for a in accounts if a.network_id})
    }


def count(account: Account, text: str, limit: TextLimit | None, *, has_media: bool) -> Count:
    if limit is None:
        return Count(account, length(text), None)
    most = limit.with_media if has_media else limit.text
    return Count(account, length(text, limit.counted_in), most)
