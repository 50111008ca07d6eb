"""Figures of moderation for everybody: counts and medians, never a text, a person or a moderator.

Each figure is one grouped query, read from the index `decision_figures` alone: a row itself is mostly words. What was
removed in a prohibited network stands without the name of the network.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth, TruncWeek
from django.utils import timezone

from moderation.models import AGAINST, Decision, Ground, Measure, Objection, Verdict
from people.models import Organization
from people.weeks import Week
from registry.models import Account, SocialNetwork

WEEKS = 26
MONTHS = 12
COLUMNS = ("month", "body", "body_slug", "network", "ground", "removed", "taken_back")
PORTION = 2000  # rows read at once
Row = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """What the page says at the top. Shares are whole percents, None where there is nothing to take a share of."""

    decisions: int
    taken_back: int
    share_taken_back: int | None
    criticism_asked: int
    criticism_refused: int
    share_refused: int | None
    objections: int
    objections_met: int
    share_met: int | None
    median_to_decision: timedelta | None
    median_to_answer: timedelta | None


def summary() -> Figures:
    counted: dict[str, int] = Decision.objects.aggregate(
        decisions=Count("pk", filter=_against()),
        taken_back=Count("pk", filter=Q(measure=Measure.RESTORED)),
        asked=Count("pk", filter=Q(is_criticism=True)),
        refused=Count("pk", filter=Q(measure=Measure.KEPT)),
    )
    about: dict[str, int] = Objection.objects.aggregate(
        decided=Count("pk", filter=~Q(verdict=Verdict.WAITING)), met=Count("pk", filter=Q(verdict=Verdict.YES))
    )
    return Figures(
        decisions=counted["decisions"],
        taken_back=counted["taken_back"],
        share_taken_back=_share(counted["taken_back"], counted["decisions"]),
        criticism_asked=counted["asked"],
        criticism_refused=counted["refused"],
        share_refused=_share(counted["refused"], counted["asked"]),
        objections=about["decided"],
        objections_met=about["met"],
        share_met=_share(about["met"], about["decided"]),
        median_to_decision=_median(Decision.objects.against(), "seen_at", "made_at"),
        median_to_answer=_median(Objection.objects.exclude(verdict=Verdict.WAITING), "received_at", "decided_at"),
    )


def _against() -> Q:
    return Q(measure__in=AGAINST)


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _median(rows: QuerySet[Any], start: str, end: str) -> timedelta | None:
    """The middle one, found by the database: no row but it is read."""
    took = rows.annotate(took=ExpressionWrapper(F(end) - F(start), output_field=DurationField()))
    count = rows.count()
    found = took.order_by("took").values_list("took", flat=True)[count // 2 : count // 2 + 1] if count else []
    return next(iter(found), None)


def rows() -> Iterator[Row]:
    """One row for each month, body, network and ground in which something was removed; the newest month first.

    Read in portions: a country's years are no list in memory.
    """
    allowed, taken_back = _allowed(), _taken_back()
    grounds = dict(Ground.objects.values_list("pk", "name"))
    bodies = {pk: names for pk, *names in Organization.objects.values_list("pk", "short_name", "slug")}
    # Grouped by numbers: to sort all decisions by names takes the database ten times as long.
    cells = ("organization", "account__network", "ground")
    grouped = Decision.objects.against().annotate(month=TruncMonth("made_at")).values("month", *cells)
    for row in grouped.annotate(removed=Count("pk")).order_by("-month", *cells).iterator(chunk_size=PORTION):
        where = tuple(row[cell] for cell in cells)
        body, slug = bodies[row["organization"]]
        yield {
            "month": f"{row['month']:%Y-%m}",
            "body": body,
            "body_slug": slug,
            "network": allowed.get(row["account__network"], ""),
            "ground": grounds[row["ground"]],
            "removed": row["removed"],
            "taken_back": taken_back.get((row["month"], *where), 0),
        }


def _taken_back() -> dict[tuple[Any, ...], int]:
    """How many decisions of each month, body, network and ground were taken back: read from the few that took back."""
    cells = ("reverses__organization", "reverses__account__network", "reverses__ground")
    grouped = (
        Decision.objects.filter(reverses__isnull=False)
        .annotate(month=TruncMonth("reverses__made_at"))
        .values("month", *cells)
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {(row["month"], *(row[cell] for cell in cells)): row["count"] for row in grouped}


def by_month() -> list[tuple[date, int]]:
    """The last year month by month, those without a removal too; the newest first."""
    month = timezone.localdate().replace(day=1)
    months = [month]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    found = Decision.objects.against().made_between(months[-1], None).annotate(month=TruncMonth("made_at"))
    counted = {moment.date(): count for moment, count in _counted(found, "month").items()}
    return [(month, counted.get(month, 0)) for month in months]


def by_body() -> list[tuple[str, int]]:
    """Every body with an open page, those without a removal too; the most removals first."""
    counted = _counted(Decision.objects.against(), "organization")
    keeping = Organization.objects.filter(Exists(Account.objects.public().filter(organization=OuterRef("pk"))))
    names = dict(keeping.values_list("pk", "short_name"))
    closed = Organization.objects.filter(pk__in=counted.keys() - names.keys())
    names |= dict(closed.values_list("pk", "short_name"))
    return _sorted((name, counted.get(pk, 0)) for pk, name in names.items())


def by_network() -> list[tuple[str, int]]:
    """Every network with an open page, without a removal too; what was removed elsewhere stands under no name."""
    allowed, sums = _allowed(), dict[str, int]()
    for pk in Account.objects.public().order_by().values_list("network", flat=True).distinct():
        if pk in allowed:
            sums[allowed[pk]] = 0
    for pk, count in _counted(Decision.objects.against(), "account__network").items():
        name = allowed.get(pk, "")
        sums[name] = sums.get(name, 0) + count
    return _sorted(sums.items())


def by_ground() -> list[tuple[str, int]]:
    """Every ground of cl. 7, a ground never used too."""
    counted = _counted(Decision.objects.against(), "ground")
    return _sorted((ground.name, counted.get(ground.pk, 0)) for ground in Ground.objects.all())


def _allowed() -> dict[int, str]:
    return dict(SocialNetwork.objects.allowed().values_list("pk", "name"))


def _counted(found: QuerySet[Decision], column: str) -> dict[Any, int]:
    return dict(found.order_by().values(column).annotate(count=Count("pk")).values_list(column, "count"))


def _sorted(sums: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(sums, key=lambda pair: (-pair[1], pair[0]))


def weeks() -> list[tuple[date, int]]:
    """The last half year week by week, those without a removal too; the newest first."""
    newest = Week.now(timezone.get_current_timezone()).monday
    first = newest - timedelta(weeks=WEEKS - 1)
    found = Decision.objects.against().made_between(first, None).annotate(week=TruncWeek("made_at"))
    by_day = {moment.date(): count for moment, count in _counted(found, "week").items()}
    mondays = [newest - timedelta(weeks=back) for back in range(WEEKS)]
    return [(monday, by_day.get(monday, 0)) for monday in mondays]
