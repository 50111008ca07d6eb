"""The rules in force: the shipped lists, over them the portal's own rows; compiled once for each state of the table."""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from django.db import DatabaseError, transaction

from moderation.models import TriageRule
from moderation.triage.rule import SPAM, Rule, shipped
from moderation.triage.sorter import Sorter

# Points of a portal's own sign of spam: enough by itself, or half of what is needed.
POINTS_ALONE, POINTS_TOGETHER = 12, 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the page: a rule, where it comes from, whether it is in force."""

    rule: Rule
    own: TriageRule | None
    is_active: bool
    is_shipped: bool

    @property
    def label(self) -> str:
        return str(TriageRule.Flag(self.rule.flag).label)

    @property
    def kind(self) -> str:
        return str(TriageRule.Kind(self.rule.kind).label)


def entries(rows: Iterable[TriageRule] | None = None) -> list[Entry]:
    """Everything there is: what people here added or switched, then the rest. One query."""
    mine = {row_key(row): row for row in (TriageRule.objects.select_related("added_by") if rows is None else rows)}
    given = [(rule, mine.pop(rule.key, None)) for rule in shipped()]
    lines = [Entry(as_rule(row), row, row.is_active, False) for row in mine.values()]
    lines += [Entry(rule, row, row is None or row.is_active, True) for rule, row in given]
    return sorted(lines, key=lambda line: line.own is None)


def row_key(row: TriageRule) -> tuple[str, str, str]:
    return row.flag, row.kind, row.pattern


def as_rule(row: TriageRule) -> Rule:
    """The portal's own row, as the program reads it."""
    points = (POINTS_ALONE if row.alone else POINTS_TOGETHER) if row.flag == SPAM else 0
    sign = row.pattern if row.flag == SPAM else ""
    return Rule(row.flag, row.kind, row.pattern, row.alone, row.note, sign, points)


_compiled: tuple[tuple[int, int], Sorter] | None = None
_compiling = Lock()


def sorter() -> Sorter:
    """The rules as they stand now. One query tells whether any process changed them; then they are compiled anew."""
    global _compiled
    state = TriageRule.objects.state()
    with _compiling:
        if _compiled is None or _compiled[0] != state:
            _compiled = state, Sorter(line.rule for line in entries() if line.is_active)
        return _compiled[1]


def sorter_without_database() -> Sorter:
    """For the command: the portal's rules where there is a portal, else the shipped ones."""
    try:
        with transaction.atomic():
            return sorter()
    except (DatabaseError, OSError):
        return Sorter()
