"""What comes out today over all accounts of a person's bodies: what is overdue on top, then the next."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contentplan.models import MissReason, Placement, PlannedPost, Status
from contentplan.views.cards import Card
from people.http import UserRequest, require
from people.models import User
from people.roles import Permission

# How far back a post without its link is still asked about.
ASKED_BACK = timedelta(days=14)
# More is never one person's day; the board and the matrix have the rest.
MOST = 200


@dataclass
class Day:
    """The posts of today and those left over; `everywhere`: of all bodies in reach, not only one's own."""

    user: User
    everywhere: bool

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @cached_property
    def _where(self) -> Q:
        if self.everywhere:
            return self.user.reach(Permission.VIEW, "plan__organization")
        return Q(plan__organization__in=[row.organization_id for row in self.user.current_memberships])

    @cached_property
    def cards(self) -> list[Card]:
        waits = Exists(Placement.objects.filter(post=OuterRef("pk"), publication__isnull=True))
        left = Q(
            waits,
            planned_at__gte=self.now - ASKED_BACK,
            planned_at__lte=self.now,
            status__in=[Status.APPROVED, Status.MISSED],
            missed_because="",
        )
        posts = PlannedPost.objects.filter(self._where, self._today | left).exclude(status=Status.CANCELLED)
        return [Card(post) for post in posts.for_cards().by_time()[:MOST]]

    @property
    def _today(self) -> Q:
        """Planned between two midnights where the body is."""
        today = Q(pk__in=[])
        for name in self._zones:
            zone = ZoneInfo(name)
            midnight = datetime.combine(self.now.astimezone(zone).date(), time(), tzinfo=zone)
            after = datetime.combine(midnight.date() + timedelta(days=1), time(), tzinfo=zone)
            today |= Q(plan__organization__timezone=name, planned_at__gte=midnight, planned_at__lt=after)
        return today

    @property
    def _zones(self) -> list[str]:
        if not self.everywhere:
            return sorted({row.organization.timezone for row in self.user.current_memberships})
        plans = PlannedPost.objects.filter(self._where, planned_at__gte=self.now - ASKED_BACK)
        return list(plans.order_by().values_list("plan__organization__timezone", flat=True).distinct())

    @cached_property
    def overdue(self) -> list[Card]:
        """Approved, their time has come, and somewhere they are not out; the oldest first."""
        return [card for card in self.cards if card.is_due and not card.post.is_missed]

    @cached_property
    def missed(self) -> list[Card]:
        """Nobody has said yet why they did not come out."""
        return [card for card in self.cards if card.post.is_missed and not card.post.missed_because]

    @cached_property
    def ahead(self) -> list[Card]:
        """What is still to come today, and what stands in the way of it."""
        return [card for card in self.cards if not (card in self.overdue or card in self.missed or card.is_out)]

    @cached_property
    def out(self) -> list[Card]:
        return [card for card in self.cards if card.is_out]

    @property
    def next(self) -> Card | None:
        """The first of what is approved and still to come."""
        return next((card for card in self.ahead if card.post.is_approved), None)

    @property
    def records_here(self) -> set[int]:
        """The bodies (by id) in whose accounts the person records."""
        bodies = {card.post.plan.organization for card in self.cards}
        return {body.pk for body in bodies if self.user.may(Permission.RECORD_PUBLICATION, body)}

    @property
    def reaches_further(self) -> bool:
        """Several bodies are in reach, so "all bodies" means something."""
        return self.user.may_anywhere(Permission.DECIDE_PLAN)


@require_safe
def day(request: UserRequest) -> HttpResponse:
    """The list for a phone in the hand of whoever publishes."""
    require(request.user.may_anywhere(Permission.VIEW))
    shown = Day(request.user, everywhere="all" in request.GET)
    return render(request, "contentplan/day.html", {"day": shown, "reasons": MissReason.choices})
