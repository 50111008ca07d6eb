"""What the posts of one week amount to for the norm, reckoned from the cards a board has read already."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from contentplan.counting import Cell, Planned
from contentplan.models import Publication, Status
from contentplan.models.statuses import AHEAD
from contentplan.views.cards import Card
from people.weeks import Week


def published(came_out: Iterable[Publication], week: Week) -> dict[Cell, int]:
    """What came out and counts, by account: the same as `counting.published`."""
    counted = Counter(row.account_id for row in came_out if row.counts)
    return {(account, week.monday): n for account, n in counted.items()}


def planned(cards: Iterable[Card], week: Week) -> dict[Cell, Planned]:
    """What the plan still promises, by account: the same as `counting.planned`."""
    states: dict[Cell, list[str]] = {}
    for card in cards:
        if card.post.about_work and card.post.status in AHEAD:
            for row in card.unpublished:
                states.setdefault((row.account_id, week.monday), []).append(card.post.status)
    return {
        cell: Planned(len(rows), rows.count(Status.APPROVED), rows.count(Status.SUBMITTED))
        for cell, rows in states.items()
    }


def fullness(cards: Iterable[Card]) -> dict[int, dict[date, int]]:
    """How many posts each account has on each day; what is taken off the plan is not there."""
    full: dict[int, dict[date, int]] = {}
    for card in cards:
        for row in card.placements if not card.post.is_cancelled else []:
            days = full.setdefault(row.account_id, {})
            days[card.at.date()] = days.get(card.at.date(), 0) + 1
    return full
