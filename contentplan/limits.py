"""How long a text may be in each network (a list an administrator edits), counted as static/js/plan-counter.js does."""

from collections.abc import Iterable
from dataclasses import dataclass

from contentplan.models import TextLimit
from registry.models import Account
from review.lengths import length, words


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
