"""The security checklist of each account: what was answered, what is due, what is missing (order, cl. 2.3)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.audit import acting
from people.models import User
from registry.models import (
    Account,
    RightsHolder,
    SecurityAnswer,
    SecurityItem,
    SecurityReply,
    SecurityState,
)
from registry.models.accounts import AccountQuerySet


class Wanted(models.TextChoices):
    """Which accounts the list shows."""

    OVERDUE = "overdue", _("Overdue")
    UNANSWERED = "unanswered", _("Not answered")
    FAILED = "failed", _("Not fulfilled")


@dataclass(frozen=True)
class Reply:
    """What is said of one item."""

    item: SecurityItem
    reply: str
    note: str


@dataclass(frozen=True)
class Line:
    """One item with the answer that stands, if there is one."""

    item: SecurityItem
    state: SecurityState | None

    @property
    def tone(self) -> str:
        """The colour that repeats what the words say."""
        if self.state is None:
            return ""
        if self.state.reply == SecurityReply.NO:
            return "bad"
        return "wait" if self.state.is_overdue else "good"


@dataclass(frozen=True)
class Standing:
    """How an account stands, in numbers."""

    account: Account
    lines: list[Line]
    holders: int

    @property
    def overdue(self) -> int:
        return sum(1 for line in self.lines if line.state and line.state.is_overdue)

    @property
    def unanswered(self) -> int:
        return sum(1 for line in self.lines if line.state is None)

    @property
    def failed(self) -> int:
        return sum(1 for line in self.lines if line.state and line.state.reply == SecurityReply.NO)

    @property
    def is_fine(self) -> bool:
        return not (self.overdue or self.unanswered or self.failed)


@transaction.atomic
def answer(account: Account, replies: Iterable[Reply], *, done_on: date, by: User) -> int:
    """Keeps the answers, each with who gave it; what is not among them stays as it was. Returns how many."""
    given = list(replies)
    with acting(by):
        for one in given:
            SecurityState.objects.update_or_create(
                account=account,
                item=one.item,
                defaults={"reply": one.reply, "note": one.note, "done_on": done_on, "answered_by": by},
            )
    SecurityAnswer.objects.bulk_create(
        SecurityAnswer(account=account, text=one.item.text, reply=one.reply, note=one.note, done_on=done_on, made_by=by)
        for one in given
    )
    return len(given)


def listed(user: User, wanted: str = "") -> AccountQuerySet:
    """Accounts whose security concerns the person; only those that want something, if it is one of `Wanted`."""
    accounts = Account.objects.secured_by(user)
    states = SecurityState.objects.asked().filter(account=OuterRef("pk"))
    if wanted == Wanted.OVERDUE:
        accounts = accounts.filter(Exists(states.due_by(timezone.localdate())))
    elif wanted == Wanted.FAILED:
        accounts = accounts.filter(Exists(states.filter(reply=SecurityReply.NO)))
    elif wanted == Wanted.UNANSWERED:
        accounts = not_answered(accounts)
    return accounts.for_listing()


def not_answered(accounts: AccountQuerySet) -> AccountQuerySet:
    """Those with an item that nobody has answered yet."""
    asked = SecurityItem.objects.filter(is_active=True).count()
    of_account = SecurityState.objects.asked().filter(account=OuterRef("pk")).order_by().values("account")
    answered = Coalesce(models.Subquery(of_account.annotate(n=Count("pk")).values("n")), 0)
    return accounts.alias(answered=answered).filter(answered__lt=asked)


def standings(accounts: Sequence[Account]) -> list[Standing]:
    """How each of them stands; as many queries for one as for a page of them."""
    items = list(SecurityItem.objects.filter(is_active=True))
    states: dict[tuple[int, int], SecurityState] = {}
    for state in SecurityState.objects.filter(account__in=accounts).select_related("item", "answered_by"):
        states[state.account_id, state.item_id] = state
    holders: dict[int, int] = defaultdict(int)
    for pk in RightsHolder.objects.current().filter(account__in=accounts).values_list("account", flat=True):
        holders[pk] += 1
    return [
        Standing(one, [Line(item, states.get((one.pk, item.pk))) for item in items], holders[one.pk])
        for one in accounts
    ]


def waiting(day: date) -> AccountQuerySet:
    """Pages in use with an answer that grows too old by the day."""
    due = SecurityState.objects.asked().due_by(day).filter(account=OuterRef("pk"))
    return Account.objects.in_use().filter(Exists(due))


def put_items(rows: Iterable[dict[str, object]]) -> int:
    """Items the district begins with; once the list is kept by people, nothing is added to it."""
    if SecurityItem.objects.exists():
        return 0
    items = [SecurityItem(**row, position=position * 10) for position, row in enumerate(rows, 1)]
    return len(SecurityItem.objects.bulk_create(items))
