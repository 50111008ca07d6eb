"""Organizations × weeks: the state of each plan, its counts and its meters, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from contentplan import counting, norm
from contentplan.due import plan_due_at
from contentplan.models import WeeklyPlan
from contentplan.norm import Meter
from contentplan.state import PlanState
from people.models import Organization
from people.weeks import Week


@dataclass(frozen=True)
class MatrixCell:
    """One organization's week. `plan` is None while nobody has opened it."""

    organization: Organization
    week: Week
    plan: WeeklyPlan | None
    state: PlanState
    meters: list[Meter]

    @property
    def address(self) -> str:
        """The page of the plan."""
        return reverse("contentplan:plan_detail", args=[self.organization.slug, self.week])

    @property
    def is_handed_in(self) -> bool:
        return self.plan is not None and self.plan.handed_in_at is not None

    @property
    def is_late(self) -> bool:
        """Handed in after its time."""
        handed_in = self.plan.handed_in_at if self.plan else None
        return handed_in is not None and handed_in > plan_due_at(self.week, self.organization.zone)

    @property
    def kept(self) -> bool:
        """Every account that owes something has published it."""
        return all(meter.kept for meter in self.meters)

    @property
    def missing(self) -> int:
        """Publications that neither came out nor stand in the plan, over all accounts."""
        return sum(meter.missing for meter in self.meters)

    @property
    def tone(self) -> str:
        """The tone of the meter that needs attention most."""
        tones = {meter.tone for meter in self.meters}
        return next((tone for tone in ("bad", "wait", "", "good") if tone in tones), "")


@dataclass(frozen=True)
class MatrixRow:
    """One organization, its weeks in the order they were asked for."""

    organization: Organization
    cells: list[MatrixCell]


def rows(organizations: Iterable[Organization], weeks: Iterable[Week]) -> list[MatrixRow]:
    """The matrix, for the page of all plans, the Today page and the page of a week."""
    organizations, weeks = list(organizations), list(weeks)
    plans = counting.plans(organizations, weeks)
    states = counting.statuses(organizations, weeks)
    meters = norm.meters_of_weeks(organizations, weeks, statuses=states.keys())

    def cell(organization: Organization, week: Week) -> MatrixCell:
        key = organization.pk, week.monday
        return MatrixCell(organization, week, plans.get(key), PlanState(states.get(key, {})), meters[key])

    return [MatrixRow(body, [cell(body, week) for week in weeks]) for body in organizations]
