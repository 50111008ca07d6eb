"""The month of a week: whole weeks from Monday on, so that nothing is lost at its edges."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from contentplan.models import PlannedPost, Publication
from contentplan.views.board import Board
from contentplan.views.cards import Card
from people.weeks import Week

SHOWN = 3  # cards of a day; the others open in place


@dataclass
class MonthDay:
    """One cell."""

    on: date
    in_month: bool
    is_today: bool
    is_past: bool
    cards: list[Card] = field(default_factory=list)
    unplanned: list[Publication] = field(default_factory=list)

    @property
    def first(self) -> list[Card]:
        return self.cards[:SHOWN]

    @property
    def more(self) -> list[Card]:
        return self.cards[SHOWN:]


@dataclass
class Month:
    """The calendar month in which the week has its Thursday."""

    board: Board

    @property
    def first_day(self) -> date:
        return self.board.week.days[3].replace(day=1)

    @property
    def earlier(self) -> Week:
        """The week that holds the first of the month before."""
        before = self.first_day.year * 12 + self.first_day.month - 2
        return self._week_of(date(before // 12, before % 12 + 1, 1))

    @property
    def later(self) -> Week:
        after = self.first_day.year * 12 + self.first_day.month
        return self._week_of(date(after // 12, after % 12 + 1, 1))

    @cached_property
    def weeks(self) -> list[tuple[Week, list[MonthDay]]]:
        days = {day: self._day(day) for week in self._weeks for day in week.days}
        for card in self._cards:
            # A body may have changed its zone since: a post stays in the week of its plan.
            week = card.post.plan.week
            days[min(max(card.at.date(), week.monday), week.sunday)].cards.append(card)
        zone = self.board.organization.zone
        for publication in self._unplanned:
            days[publication.published_at.astimezone(zone).date()].unplanned.append(publication)
        return [(week, [days[day] for day in week.days]) for week in self._weeks]

    @property
    def is_empty(self) -> bool:
        return not any(day.cards or day.unplanned for _week, days in self.weeks for day in days)

    @property
    def _weeks(self) -> list[Week]:
        first, last = Week.of(self.first_day), Week.of(self._last_day)
        return [first + n for n in range((last.monday - first.monday).days // 7 + 1)]

    @property
    def _last_day(self) -> date:
        after = self.first_day.year * 12 + self.first_day.month
        return date.fromordinal(date(after // 12, after % 12 + 1, 1).toordinal() - 1)

    @property
    def _cards(self) -> list[Card]:
        mondays = [week.monday for week in self._weeks]
        rows = PlannedPost.objects.filter(plan__organization=self.board.organization, plan__monday__in=mondays)
        return [Card(post) for post in rows.for_cards().by_time()]

    @property
    def _unplanned(self) -> QuerySet[Publication]:
        zone = self.board.organization.zone
        rows = Publication.objects.filter(account__organization=self.board.organization, placement=None)
        rows = rows.between(self._weeks[0].bounds(zone)[0], self._weeks[-1].bounds(zone)[1])
        return rows.select_related("account__network").order_by("published_at", "pk")

    def _day(self, day: date) -> MonthDay:
        today = self.board.organization.today
        return MonthDay(day, day.month == self.first_day.month, day == today, day < today)

    def _week_of(self, first: date) -> Week:
        """The first week whose Thursday lies in the month that begins there."""
        week = Week.of(first)
        return week if week.days[3] >= first else week.next
