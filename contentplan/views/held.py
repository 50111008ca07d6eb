"""What the check found in the posts of a plan that is handed in: posts with a hard finding wait for a line of why."""

from dataclasses import dataclass
from functools import cached_property

from contentplan import checks
from contentplan.views.board import Board
from contentplan.views.cards import Card


@dataclass
class Held:
    """The unsent posts of a board with what is to be looked at."""

    board: Board

    @cached_property
    def rows(self) -> list[tuple[Card, list[checks.Finding]]]:
        cards = self.board.unsent
        found = checks.of_posts(self.board.organization, [card.post for card in cards]) if cards else {}
        return [(card, found[card.post.pk]) for card in cards if found[card.post.pk]]

    @property
    def waits(self) -> bool:
        return any(checks.hard(found) for _card, found in self.rows)

    def notes(self, note: str) -> dict[int, str]:
        """The line of why, for the posts it is about."""
        return {card.post.pk: note for card, found in self.rows if checks.hard(found)}
