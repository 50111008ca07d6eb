"""What one day of the week board holds: posts, offered hours, what came out unplanned, events of the day."""

from dataclasses import dataclass, field
from datetime import date, time

from contentplan.models import Placement, Publication
from contentplan.views.cards import Card
from contentplan.views.offers import Offer
from contentplan.views.strip import DayOccasion


@dataclass(frozen=True)
class Line:
    """A post of a day, or the time of one that is offered."""

    at: time
    card: Card | None = None
    offer: Offer | None = None


@dataclass
class Day:
    """One column of the board."""

    on: date
    today: date
    cards: list[Card] = field(default_factory=list)
    unplanned: list[Publication] = field(default_factory=list)
    occasions: list[DayOccasion] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)  # dashed cells
    add: Offer | None = None  # what the plain "+" offers; None: nothing can be added

    @property
    def iso(self) -> str:
        """«2026-11-30», as machines read it."""
        return self.on.isoformat()

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def is_past(self) -> bool:
        return self.on < self.today

    @property
    def lines(self) -> list[Line]:
        """Everything the day holds by time: an offered hour stands where its post will."""
        lines = [Line(card.at.time(), card=card) for card in self.cards]
        lines += [Line(offer.at, offer=offer) for offer in self.offers]
        return sorted(lines, key=lambda line: line.at)


@dataclass
class LinkRow:
    """One line of "what came out": where the link is pasted; `error` when it was not taken."""

    card: Card
    placement: Placement
    typed: str = ""
    error: str = ""
