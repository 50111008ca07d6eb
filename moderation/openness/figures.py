"""Figures of moderation for everybody: counts and medians, never a text, a person or a moderator.

Each figure is one grouped query; a figure of a prohibited network stands without the network's name.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import TruncMonth, TruncWeek
from django.utils import timezone

from moderation.models import Decision, Measure, Objection, Verdict
from people.weeks import Week
from registry.models import SocialNetwork

WEEKS = 26
MONTHS = 12
COLUMNS = ("month", "body", "network", "ground", "removed", "taken_back")


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
    return ~Q(measure__in=(Measure.RESTORED, Measure.UPHELD, Measure.KEPT))


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _median(rows: QuerySet[Any], start: str, end: str) -> timedelta | None:
    """The middle one, found by the database: no row but it is read."""
    took = rows.annotate(took=ExpressionWrapper(F(end) - F(start), output_field=DurationField()))
    count = rows.count()
    found = took.order_by("took").values_list("took", flat=True)[count // 2 : count // 2 + 1] if count else []
    return next(iter(found), None)


def rows() -> list[dict[str, Any]]:
    """One row for each month, body, network and ground in which something was removed; the newest month first."""
    allowed = dict(SocialNetwork.objects.allowed().values_list("pk", "name"))
    grouped = (
        Decision.objects.against()
        .annotate(month=TruncMonth("made_at"))
        .values("month", "organization__short_name", "account__network", "ground__name")
        .annotate(removed=Count("pk"), taken_back=Count("pk", filter=Q(reversed_by__isnull=False)))
        .order_by("-month", "organization__short_name", "account__network", "ground__name")
    )
    return [
        {
            "month": f"{row['month']:%Y-%m}",
            "body": row["organization__short_name"],
            "network": allowed.get(row["account__network"], ""),
            "ground": row["ground__name"],
            "removed": row["removed"],
            "taken_back": row["taken_back"],
        }
        for row in grouped
    ]


def totals(found: list[dict[str, Any]], column: str) -> list[tuple[str, int]]:
    """What of the rows falls to each month, body, network or ground; months by time, the others by number."""
    sums: dict[str, int] = {}
    for row in found:
        sums[row[column]] = sums.get(row[column], 0) + row["removed"]
    in_time = list(sums.items())
    return in_time[:MONTHS] if column == "month" else sorted(in_time, key=lambda pair: (-pair[1], pair[0]))


def weeks() -> list[tuple[date, int]]:
    """The last half year week by week, those without a removal too; the newest first."""
    newest = Week.now(timezone.get_current_timezone()).monday
    first = newest - timedelta(weeks=WEEKS - 1)
    found = Decision.objects.against().made_between(first, None).annotate(week=TruncWeek("made_at"))
    counted = dict(found.values("week").annotate(count=Count("pk")).order_by().values_list("week", "count"))
    by_day = {moment.date(): count for moment, count in counted.items()}
    mondays = [newest - timedelta(weeks=back) for back in range(WEEKS)]
    return [(monday, by_day.get(monday, 0)) for monday in mondays]
