"""The week board: seven days with their posts, what is missing, what was returned, what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import cast

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from contentplan import counting, norm, rules, state
from contentplan.actions import copying
from contentplan.due import plan_due_at
from contentplan.models import Idea, Placement, PlannedPost, Publication, Remark, Slot, WeeklyPlan
from contentplan.views import tally
from contentplan.views.cards import Card, remarks_of
from contentplan.views.columns import Day, LinkRow
from contentplan.views.offers import Offer, Offers
from contentplan.views.strip import Strip
from people.models import Organization, User
from people.roles import Permission
from people.weeks import Week
from people.worktime import Calendar, calendar_of
from registry.models import Account, AccountStatus


@dataclass
class Board:
    """All one plan page shows."""

    user: User
    organization: Organization
    week: Week

    @cached_property
    def address(self) -> str:
        """Of this very page."""
        return reverse("contentplan:plan_detail", args=[self.organization.slug, self.week])

    @cached_property
    def plan(self) -> WeeklyPlan | None:
        plan = WeeklyPlan.objects.filter(organization=self.organization, monday=self.week.monday).first()
        if plan:
            plan.organization = self.organization
        return plan

    @cached_property
    def cards(self) -> list[Card]:
        if not self.plan:
            return []
        posts = list(PlannedPost.objects.filter(plan=self.plan).for_board().by_time())
        for post in posts:
            post.plan = self.plan
        self._give_accounts([placement for post in posts for placement in post.placements.all()])
        return [Card(post) for post in posts]

    def _give_accounts(self, rows: Sequence[Placement | Publication | Slot]) -> None:
        """Accounts that the page has read already are not read again with each row; strange ones are, in one query."""
        known = {account.pk: account for account in self._counted}
        if strange := {row.account_id for row in rows} - known.keys():
            known |= Account.objects.select_related("organization", "network").in_bulk(strange)
        for row in rows:
            row.account = known[row.account_id]

    @cached_property
    def strip(self) -> Strip:
        """Holidays, events, topics and packs of the week."""
        return Strip(self.organization, self.week, self.cards)

    @cached_property
    def accounts(self) -> list[Account]:
        """Where this body may publish now."""
        active = [account for account in self._counted if account.status == AccountStatus.ACTIVE]
        return [account for account in active if account.network and not account.network.is_prohibited]

    @cached_property
    def _counted(self) -> list[Account]:
        """Those that owe publications in this week: now active, or kept under the plan and closed since."""
        return counting.accounts_of([self.organization], [self.week])

    @cached_property
    def meters(self) -> list[norm.Meter]:
        cell = self.organization.pk, self.week.monday
        planned = {cell} if self.cards else set()
        rows = norm.meters_of_weeks(
            [self.organization],
            [self.week],
            statuses=planned,
            full=tally.fullness(self.cards),
            accounts=self._counted,
            planned=tally.planned(self.cards, self.week),
            published=tally.published(self._came_out, self.week),
        )
        return rows[cell]

    @cached_property
    def _came_out(self) -> list[Publication]:
        """Everything that came out this week in the accounts of this body, planned or not."""
        start, end = self.week.bounds(self.organization.zone)
        rows = Publication.objects.filter(account__organization=self.organization).between(start, end)
        held = [row for card in self.cards for row in card.publications]  # what the cards hold is not read again
        own = [row for row in held if row.account.organization_id == self.organization.pk]
        of_week = [row for row in own if start <= row.published_at < end]
        rows = rows.exclude(pk__in=[row.pk for row in held])
        return sorted([*of_week, *rows], key=lambda row: (row.published_at, row.pk))

    @property
    def sentence(self) -> str:
        return norm.sentence(self.meters)

    @property
    def state(self) -> state.PlanState:
        return state.of([card.post for card in self.cards])

    @property
    def is_under_review(self) -> bool:
        """Something may wait for a decision, or for the author to answer a correction (a second wording at least)."""
        return any(card.post.is_submitted or card.post.revision > 1 for card in self.cards)

    @cached_property
    def returned(self) -> list[tuple[Card, list[Remark]]]:
        """Posts sent back, each with the remarks of its last return."""
        cards = [card for card in self.cards if card.post.is_returned]
        remarks = remarks_of([card.post.pk for card in cards]) if cards else {}
        return [(card, remarks.get(card.post.pk, [])) for card in cards]

    @cached_property
    def unplanned(self) -> list[Publication]:
        """What came out this week in the accounts of this body without standing in the plan."""
        rows = [row for row in self._came_out if row.placement_id is None]
        self._give_accounts(rows)
        return rows

    @cached_property
    def days(self) -> list[Day]:
        zone, today = self.organization.zone, self.organization.today
        days = {day: Day(day, today, occasions=self.strip.on(day)) for day in self.week.days}
        for card in self.cards:
            # A body may have changed its zone since: then an hour of Monday is one of Sunday.
            on = min(max(card.at.date(), self.week.monday), self.week.sunday)
            days[on].cards.append(card)
        for publication in self.unplanned:
            days[publication.published_at.astimezone(zone).date()].unplanned.append(publication)
        if self.can_write and self.accounts:
            self._offer(days)
        return list(days.values())

    def _offer(self, days: dict[date, Day]) -> None:
        """Puts "+" on each day ahead, dashed cells at habitual times and where the norm asks for more."""
        ahead = [day.on for day in days.values() if not day.is_past]
        # Working days are read only where something is offered.
        calendar = cast("Calendar", SimpleLazyObject(lambda: self.calendar))
        offers = Offers(ahead, calendar, self.organization.zone, self.cards, len(self.accounts))
        found = offers.all(self.slots, self.meters)
        for offer in found:
            days[offer.on].offers.append(offer)
        for on in ahead:
            days[on].add = offers.quiet(on, found)

    @cached_property
    def slots(self) -> list[Slot]:
        """The habitual times of the accounts of this body."""
        rows = list(Slot.objects.filter(account__in=self.accounts).select_related("rubric").order_by("weekday", "at"))
        self._give_accounts(rows)
        place = {account.pk: n for n, account in enumerate(self.accounts)}
        return sorted(rows, key=lambda slot: (slot.weekday, slot.at, place[slot.account_id]))

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.organization)

    @cached_property
    def can_copy(self) -> bool:
        """The week before had more posts than this one has."""
        own = [card for card in self.cards if not card.post.is_cancelled]
        return self.can_write and copying.posts_to_copy(self.organization, self.week) > len(own)

    @cached_property
    def ideas(self) -> list[Idea]:
        """The drawer, for those who write."""
        if not self.can_write:
            return []
        return list(Idea.objects.filter(organization=self.organization).prefetch_related("created_by"))

    @property
    def is_over(self) -> bool:
        return self.week < Week.now(self.organization.zone)

    @property
    def can_move(self) -> bool:
        """A post or an idea can be put on another day."""
        return self.can_write and (bool(self.ideas) or any(card.can_move for card in self.cards))

    @cached_property
    def may_write(self) -> bool:
        """The person writes plans of this body, whichever week it is."""
        return rules.can_write(self.user, self.organization)

    @cached_property
    def can_write(self) -> bool:
        return not self.is_over and self.may_write

    @property
    def can_hand_in(self) -> bool:
        """Something is not sent yet, or everything is but the plan is short of the norm and has no reason."""
        return self.can_write and bool(self.unsent or self.is_short_of_reason)

    @property
    def is_short_of_reason(self) -> bool:
        """Every post was sent, and the plan as a whole still is not handed in."""
        return bool(self.plan and self.cards and not self.unsent and not self.plan.handed_in_at)

    @property
    def decides(self) -> bool:
        """The person could approve these posts, as long as they do not write in them."""
        return self.user.may(Permission.DECIDE_PLAN, self.organization)

    @cached_property
    def can_record(self) -> bool:
        return any(rules.can_record(self.user, account) for account in self.accounts)

    @property
    def unsent(self) -> list[Card]:
        return [card for card in self.cards if card.opens_form]

    @cached_property
    def link_rows(self) -> list[LinkRow]:
        """Where a link can be pasted now: approved, its time has passed, not marked yet."""
        if not self.can_record:
            return []
        return [LinkRow(card, row) for card in self.cards if card.is_due for row in card.unpublished]

    @cached_property
    def due_at(self) -> datetime:
        return plan_due_at(self.week, self.organization.zone)

    @property
    def is_late(self) -> bool:
        return timezone.now() > self.due_at

    @property
    def is_urgent(self) -> bool:
        """Less than a day is left."""
        return not self.is_late and self.due_at - timezone.now() < timedelta(days=1)

    @cached_property
    def next_dashed(self) -> Offer | None:
        """The first dashed cell: the hour that asks to be filled next."""
        dashed = [offer for day in self.days for offer in day.offers]
        return min(dashed, key=lambda offer: (offer.on, offer.at), default=None)

    @property
    def can_add(self) -> bool:
        """Some day ahead takes one more post."""
        return any(day.add for day in self.days)

    @property
    def next_free(self) -> Offer | None:
        """What is offered next: the first dashed cell, else the emptiest working day ahead."""
        if self.next_dashed:
            return self.next_dashed
        open_days = [day for day in self.days if day.add]
        fewest = min((len(day.cards) for day in open_days), default=0)
        emptiest = [day for day in open_days if len(day.cards) == fewest]
        if len(emptiest) > 1:  # only then are the working days of the body read
            emptiest.sort(key=lambda day: (not self.calendar.works_on(day.on), day.on))
        return emptiest[0].add if emptiest else None

    @property
    def bare(self) -> list[Card]:
        """Drafts that still have no text: what filling in a week goes through."""
        return [card for card in self.cards if card.is_bare]

    @property
    def move_weeks(self) -> list[tuple[Week, list[date]]]:
        """The days a post can be moved to without typing: what is left of this week, and the next one."""
        today = self.organization.today
        weeks = [week for week in (self.week, self.week.next) if week.sunday >= today]
        return [(week, [day for day in week.days if day >= today]) for week in weeks]
