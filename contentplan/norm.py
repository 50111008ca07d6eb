"""The norm of publications and its meter: what came out, what is in the plan, what is missing (procedure, cl. 5)."""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from contentplan import counting
from contentplan.counting import Cell, NormBook, Planned, accounts_of
from contentplan.models import Norm, WeeklyPlan
from people.models import Organization
from people.weeks import Week
from registry.models import Account

__all__ = ["Meter", "handed_in_meters", "meters", "meters_of_weeks", "norms_for", "sentence"]


@dataclass(frozen=True)
class Meter:
    """One account's week against its norm.

    `planned` is everything the plan holds that has not come out, drafts included; `approved` is the part of it that is
    approved. When the week is over nothing more can come out, so both are 0. `has_plan`: somebody has planned at
    least one post. An account without a norm owes nothing: `required` is 0 and there are no pips.
    """

    account: Account
    published: int
    planned: int
    required: int
    closed: bool
    has_plan: bool
    approved: int = 0
    running: bool = False
    name: str = ""
    best_day: date | None = None

    @property
    def missing(self) -> int:
        """What neither came out nor stands in the plan."""
        return max(0, self.required - self.published - self.planned)

    @property
    def kept(self) -> bool:
        return self.published >= self.required

    @property
    def tone(self) -> str:
        """Green: kept. Red: the week is over and short, or it runs without a plan. Amber: the plan does not suffice."""
        if not self.required:
            return ""
        if self.kept:
            return "good"
        if self.closed or (self.running and not self.has_plan):
            return "bad"
        return "wait" if self.missing else ""

    @property
    def pips(self) -> list[str]:
        """One for each publication owed: "out" came out, "plan" is in the plan, "none" is missing."""
        out = min(self.published, self.required)
        plan = min(self.planned, self.required - out)
        return ["out"] * out + ["plan"] * plan + ["none"] * (self.required - out - plan)

    @property
    def label(self) -> str:
        """«3 + 2 из 5», «3 из 5»."""
        return _label(get_language(), self.published, self.planned, self.required)

    @property
    def text(self) -> str:
        """The whole meter in words: «ВКонтакте: вышло 3, в плане 2 из 5»."""
        return _text(get_language(), self.name, self.published, self.planned, self.required, self.closed)


# A matrix holds thousands of meters and few different ones. The language is part of what is kept.
@lru_cache(maxsize=4096)
def _label(_language: str | None, published: int, planned: int, required: int) -> str:
    done = f"{published} + {planned}" if planned else str(published)
    return _("%(done)s of %(required)d") % {"done": done, "required": required} if required else done


@lru_cache(maxsize=4096)
def _text(_language: str | None, name: str, published: int, planned: int, required: int, closed: bool) -> str:
    values = {"name": name, "out": published, "plan": planned, "required": required}
    if not required:
        return _("%(name)s: %(out)d out, %(plan)d in the plan, no norm") % values
    if closed:
        return _("%(name)s: %(out)d out of %(required)d came out") % values
    return _("%(name)s: %(out)d out, %(plan)d in the plan of %(required)d") % values


def norms_for(accounts: Iterable[Account], day: date) -> dict[int, Norm]:
    """The norm of each account on the day, by its id: of the account, else its organization, its kind, the general.

    One query, if the accounts come with their organizations. An account without a norm is not in the answer.
    """
    book = NormBook(day, day)
    found = ((account.pk, book.of(account, day)) for account in accounts)
    return {pk: norm for pk, norm in found if norm}


def meters(organizations: Iterable[Organization], week: Week) -> dict[int, list[Meter]]:
    """The meters of each organization's accounts in the week, by its id; `best_day` is known."""
    organizations = list(organizations)
    full = counting.days(organizations, week)
    rows = meters_of_weeks(organizations, [week], full=full)
    return {organization.pk: rows[organization.pk, week.monday] for organization in organizations}


def meters_of_weeks(
    organizations: Collection[Organization],
    weeks: Collection[Week],
    *,
    statuses: Container[Cell] | None = None,
    full: dict[int, dict[date, int]] | None = None,
    accounts: Iterable[Account] | None = None,
    planned: dict[Cell, Planned] | None = None,
    published: dict[Cell, int] | None = None,
) -> dict[Cell, list[Meter]]:
    """The meters by organization and Monday.

    `accounts` (of `counting.accounts_of`), `planned` and `published`, where the caller has read them already.

    `statuses`, where the caller has read them already: the cells in which something is planned. `full` (how full
    the days are) lets the meters name the best day.
    """
    if statuses is None:
        statuses = counting.statuses(organizations, weeks)
    rows: dict[Cell, list[Meter]] = {
        (organization.pk, week.monday): [] for organization in organizations for week in weeks
    }
    if not rows:
        return rows
    facts = _Facts(organizations, weeks, statuses, planned=planned, published=published)
    for account in accounts_of(organizations, weeks) if accounts is None else accounts:
        for week in weeks:
            if counting.owes(account, week, facts.kept):
                rows[account.organization_id, week.monday].append(facts.meter(account, week, full))
    return {cell: _told_apart(row) for cell, row in rows.items()}


def handed_in_meters(plan: WeeklyPlan) -> list[Meter]:
    """The plan's meters where only what awaits approval or is approved counts as planned."""
    organizations, weeks = [plan.organization], [plan.week]
    facts = _Facts(organizations, weeks, {(plan.organization_id, plan.monday)}, drafts=False)
    return _told_apart(
        [
            facts.meter(account, plan.week)
            for account in accounts_of(organizations, weeks)
            if counting.owes(account, plan.week, facts.kept)
        ]
    )


class _Facts:
    """Everything the meters of these organizations and weeks are made of, read once."""

    def __init__(
        self,
        organizations: Collection[Organization],
        weeks: Collection[Week],
        with_posts: Container[Cell],
        *,
        drafts: bool = True,
        planned: dict[Cell, Planned] | None = None,
        published: dict[Cell, int] | None = None,
    ) -> None:
        self.today = {organization.pk: organization.today for organization in organizations}
        earliest = min(self.today.values())
        running_or_ahead = [week for week in weeks if week.sunday >= earliest]
        self._mondays = [week.monday for week in weeks]
        self.drafts = drafts
        self.with_posts = with_posts
        self.published = counting.published(organizations, weeks) if published is None else published
        self.planned = counting.planned(organizations, running_or_ahead) if planned is None else planned
        self.kept = counting.kept_norms(organizations, weeks)

    @cached_property
    def book(self) -> NormBook:
        """Read only where a plan does not keep its own norms."""
        return NormBook(min(self._mondays), max(self._mondays))

    def meter(self, account: Account, week: Week, full: dict[int, dict[date, int]] | None = None) -> Meter:
        cell = account.pk, week.monday
        today = self.today[account.organization_id]
        closed = today > week.sunday
        plan = Planned() if closed else self.planned.get(cell, Planned())
        return Meter(
            account=account,
            name=str(account.network or account.name),
            published=self.published.get(cell, 0),
            planned=plan.total if self.drafts else plan.submitted + plan.approved,
            approved=plan.approved,
            required=self._required(account, week),
            closed=closed,
            running=week.monday <= today <= week.sunday,
            has_plan=(account.organization_id, week.monday) in self.with_posts,
            best_day=None if full is None or closed else _best_day(week, today, full.get(account.pk, {})),
        )

    def _required(self, account: Account, week: Week) -> int:
        """The norm the plan was made under, else the one in force on the Monday."""
        if (account.pk, week.monday) in self.kept:
            return self.kept[account.pk, week.monday]
        norm = self.book.of(account, week.monday)
        return norm.posts_per_week if norm else 0


def _best_day(week: Week, today: date, full: dict[date, int]) -> date | None:
    """The emptiest day that is left; a working day while there is one."""
    left = [day for day in week.days if day >= today]
    working = [day for day in left if day.isoweekday() <= 5]
    return min(working or left, key=lambda day: (full.get(day, 0), day), default=None)


def _told_apart(row: list[Meter]) -> list[Meter]:
    """Two pages of one body in one network go by their own names."""
    names = [meter.name for meter in row]
    return [
        replace(meter, name=f"{meter.name}, {meter.account.name}") if names.count(meter.name) > 1 else meter
        for meter in row
    ]


def sentence(meters: Iterable[Meter]) -> str:
    """What is missing and which day suits best; one sentence for each account that lacks something."""
    owing = [meter for meter in meters if meter.required]
    if not owing:
        return _("No norm is set.")
    if all(meter.kept for meter in owing):
        return _("The norm is kept.")
    short = [meter for meter in owing if (not meter.kept if meter.closed else meter.missing)]
    if not short:
        return _("The plan suffices for the norm.")
    return " ".join(_of_one(meter) for meter in short)


def _of_one(meter: Meter) -> str:
    values = {"name": meter.name, "n": meter.missing}
    if meter.closed:
        return (
            ngettext(
                "%(name)s: %(n)d publication was missing.", "%(name)s: %(n)d publications were missing.", meter.missing
            )
            % values
        )
    if meter.best_day is None:
        return (
            ngettext(
                "%(name)s: %(n)d publication is missing.", "%(name)s: %(n)d publications are missing.", meter.missing
            )
            % values
        )
    values["day"] = _on(meter.best_day, meter.account.organization.today)
    return (
        ngettext(
            "%(name)s: %(n)d publication is missing, %(day)s suits best.",
            "%(name)s: %(n)d publications are missing, %(day)s suits best.",
            meter.missing,
        )
        % values
    )


def _on(day: date, today: date) -> str:
    """«в пятницу»; today and tomorrow by their names."""
    if day == today:
        return pgettext("which day suits", "today")
    if day == today + timedelta(days=1):
        return pgettext("which day suits", "tomorrow")
    return (
        _("on Monday"),
        _("on Tuesday"),
        _("on Wednesday"),
        _("on Thursday"),
        _("on Friday"),
        _("on Saturday"),
        _("on Sunday"),
    )[day.weekday()]
