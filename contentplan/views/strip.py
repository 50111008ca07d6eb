"""What stands on the week board beside the posts: holidays, events, topics of the region, offered topic packs."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from contentplan import coverage
from contentplan.actions.occasions import link_occasion
from contentplan.coverage import NOT_COVERING
from contentplan.models import Occasion, PackOffer, PlannedPost
from contentplan.views.cards import Card
from people.models import Organization, User
from people.weeks import Week


@dataclass(frozen=True)
class DayOccasion:
    """An occasion on one day of the board, and the day on which its post would stand."""

    occasion: Occasion
    post_on: date | None  # None: its days are over
    cards: list[Card]  # posts of this week that stand for it
    pack: PackOffer | None = None  # a pack about it that waits for an answer

    @property
    def alone(self) -> "list[DayOccasion]":
        """For the template that shows a list."""
        return [self]

    @property
    def is_flagged(self) -> bool:
        """Has to be covered, and is not yet."""
        return self.occasion.is_mandatory and not self.occasion.is_covered


@dataclass(frozen=True)
class Strip:
    """The occasions of one body's week, in two or three queries."""

    organization: Organization
    week: Week
    cards: list[Card]

    @cached_property
    def occasions(self) -> list[Occasion]:
        return coverage.on_board(self.organization, self.week)

    def on(self, day: date) -> list[DayOccasion]:
        """What the day shows; what lasts longer than a week stands above the days only."""
        rows = [row for row in self.occasions if not row.is_long and row.starts_on <= day <= row.ends_on]
        return [self._row(row, day if day >= self.organization.today else None) for row in rows]

    @cached_property
    def above(self) -> list[DayOccasion]:
        """What stands above the days: what must be covered, and what lasts longer than a week."""
        rows = [row for row in self.occasions if row.is_mandatory or row.is_long]
        return [self._row(row, self._first_day(row)) for row in sorted(rows, key=lambda row: not row.is_mandatory)]

    @property
    def linkable(self) -> list[Card]:
        """Posts of the week that could stand for a topic and stand for none."""
        return [card for card in self.cards if card.post.event_id is None and card.post.status not in NOT_COVERING]

    @cached_property
    def flagged(self) -> list[DayOccasion]:
        return [row for row in self.above if row.is_flagged]

    @property
    def flagged_more(self) -> int:
        """How many flagged topics are folded: one is enough to begin with."""
        return len(self.flagged) - 1

    @property
    def quiet(self) -> list[DayOccasion]:
        """What stands above and asks for nothing."""
        return [row for row in self.above if not row.is_flagged]

    @property
    def packs(self) -> list[PackOffer]:
        """Offered packs that stand by themselves: about no topic that is flagged above."""
        shown = {row.pack for row in self.flagged}
        return [offer for offer in self.offered if offer not in shown]

    @cached_property
    def offered(self) -> list[PackOffer]:
        """Packs offered to this body that wait for an answer and whose days meet the week."""
        rows = PackOffer.objects.filter(organization=self.organization).waiting(self.organization.today)
        rows = rows.filter(pack__publish_from__lte=self.week.sunday, pack__publish_to__gte=self.week.monday)
        return list(rows.select_related("pack").order_by("pack__publish_to", "pk"))

    def _row(self, occasion: Occasion, post_on: date | None) -> DayOccasion:
        pack = next((offer for offer in self.offered if offer.pack.occasion_id == occasion.pk), None)
        cards = [card for card in self.cards if card.post.event_id == occasion.pk]
        return DayOccasion(occasion, post_on, cards, pack)

    def _first_day(self, occasion: Occasion) -> date | None:
        """The first day of the week on which a post about it can still stand."""
        first = max(occasion.starts_on, self.week.monday, self.organization.today)
        return first if first <= min(occasion.ends_on, self.week.sunday) else None


def begun_by(organization: Organization, event: str) -> dict[str, object]:
    """What a new post begins with when it is made of the occasion with this number; nothing for another's."""
    occasion = _of(organization, int(event) if event.isdecimal() else 0)
    return {"event": occasion.pk, "topic": occasion.title, "occasion": occasion.title} if occasion else {}


def link_begun(post: PlannedPost, event: int | None, *, by: User) -> None:
    """Links a new post with the occasion it was made of; one that is gone by now is forgotten."""
    if event and post.event_id != event and (occasion := _of(post.plan.organization, event)):
        link_occasion(post, occasion, by=by)


def _of(organization: Organization, pk: int) -> Occasion | None:
    return Occasion.objects.of(organization).filter(pk=pk).first()
