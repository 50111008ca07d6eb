"""Dashed cells of the week board: the habitual times of the accounts, then as many more as the norm asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from contentplan.forms import DEFAULT_TIME
from contentplan.models import Rubric, Slot
from contentplan.norm import Meter
from contentplan.views.cards import Card
from people.worktime import Calendar
from registry.models import Account

# What "+" offers on a day where the hour before is taken.
USUAL_TIMES = (DEFAULT_TIME, time(12, 0), time(16, 0), time(18, 0), time(9, 0), time(14, 0))
MOST_A_DAY = 2  # what the norm asks is spread over the days; a day of five posts helps nobody


@dataclass(frozen=True)
class Offer:
    """A time that is offered, and for which accounts; `narrow`: not for all of them; `dashed`: it is to be filled."""

    on: date
    at: time
    accounts: tuple[Account, ...] = ()
    rubric: Rubric | None = None
    dashed: bool = True
    narrow: bool = False

    @property
    def values(self) -> dict[str, str]:
        """What the form opens with."""
        values = {"new": self.on.isoformat(), "time": f"{self.at:%H:%M}"}
        if self.narrow:
            values["accounts"] = ",".join(str(account.pk) for account in self.accounts)
        if self.rubric:
            values["rubric"] = str(self.rubric.pk)
        return values

    @property
    def query(self) -> str:
        return "&".join(f"{name}={value}" for name, value in self.values.items())  # digits, "-", ":" and "," only


@dataclass
class Offers:
    """Works out the dashed cells of one week; reads no database."""

    days: list[date]  # on which something can still be added
    calendar: Calendar
    zone: ZoneInfo
    cards: list[Card]
    accounts: int  # how many the body has

    def all(self, slots: Iterable[Slot], meters: Iterable[Meter]) -> list[Offer]:
        """The habitual times that nothing fills yet, then usual times until nothing is missing from the norm."""
        own = self._habitual(slots)
        short = {meter.account.pk: (meter.account, meter.missing) for meter in meters if meter.missing}
        for offer in own:
            for account in offer.accounts:
                if account.pk in short:
                    short[account.pk] = account, short[account.pk][1] - 1
        own = [self._joined(offer, short) for offer in own]
        return own + self._for_the_norm(short, own)

    def quiet(self, day: date, offered: Iterable[Offer]) -> Offer:
        """The plain "+" of a day."""
        return Offer(day, self._free_hour(day, offered), dashed=False)

    def _habitual(self, slots: Iterable[Slot]) -> list[Offer]:
        grouped: dict[tuple[date, time, int | None], list[Slot]] = {}
        for slot in self._open(list(slots)):
            day = next(day for day in self.days if day.isoweekday() == slot.weekday)
            grouped.setdefault((day, slot.at, slot.rubric_id), []).append(slot)
        return [
            self._dashed(day, at, tuple(slot.account for slot in found), found[0].rubric)
            for (day, at, _rubric), found in sorted(grouped.items(), key=lambda item: item[0][:2])
        ]

    def _dashed(self, day: date, at: time, accounts: tuple[Account, ...], rubric: Rubric | None = None) -> Offer:
        return Offer(day, at, accounts, rubric, narrow=len(accounts) < self.accounts)

    def _open(self, slots: list[Slot]) -> list[Slot]:
        """Slots ahead, on days that are not off, without those filled: each post fills the nearest of its account."""
        if not slots:
            return []
        open_days = {day.isoweekday(): day for day in self.days if not self._is_holiday(day)}
        left = [slot for slot in slots if slot.weekday in open_days]
        for card in self.cards:
            for placement in card.placements:
                near = [s for s in left if (s.account_id, s.weekday) == (placement.account_id, card.at.isoweekday())]
                if near and not card.post.is_cancelled:
                    left.remove(min(near, key=lambda slot: _apart(slot.at, card.at.time())))
        return [slot for slot in left if not self._is_over(open_days[slot.weekday], slot.at)]

    def _joined(self, offer: Offer, short: dict[int, tuple[Account, int]]) -> Offer:
        """The habitual time of one account, joined by those that are short: one post comes out in all of them."""
        busy = {row.account_id for card in self.cards if card.at.date() == offer.on for row in card.placements}
        busy |= {account.pk for account in offer.accounts}
        joining = [account for pk, (account, missing) in short.items() if missing > 0 and pk not in busy]
        for account in joining:
            short[account.pk] = account, short[account.pk][1] - 1
        return self._dashed(offer.on, offer.at, (*offer.accounts, *joining), offer.rubric)

    def _for_the_norm(self, short: dict[int, tuple[Account, int]], own: list[Offer]) -> list[Offer]:
        """One for all accounts that are short, day by day, the emptiest working days first."""
        offers: list[Offer] = []
        filled = {day: len(self._times(day, own)) for day in self.days}
        for most in range(MOST_A_DAY):
            for day in self.days:
                accounts = tuple(account for account, missing in short.values() if missing > 0)
                if not accounts or filled[day] > most or not self.calendar.works_on(day):
                    continue
                offers.append(self._dashed(day, self._free_hour(day, [*own, *offers]), accounts))
                filled[day] += 1
                short = {pk: (account, missing - 1) for pk, (account, missing) in short.items()}
        return offers

    def _free_hour(self, day: date, offered: Iterable[Offer]) -> time:
        taken = self._times(day, offered)
        free = [hour for hour in USUAL_TIMES if hour not in taken]
        ahead = [hour for hour in free if not self._is_over(day, hour)]
        return next(iter(ahead or free), DEFAULT_TIME)

    def _times(self, day: date, offered: Iterable[Offer]) -> list[time]:
        cards = [card.at.time() for card in self.cards if card.at.date() == day and not card.post.is_cancelled]
        return cards + [offer.at for offer in offered if offer.on == day]

    def _is_holiday(self, day: date) -> bool:
        """Off other than a usual weekend: whoever publishes on Saturdays does so on purpose."""
        return not self.calendar.works_on(day) and bool(day.isoweekday() <= 5 or self.calendar.title_of(day))

    def _is_over(self, day: date, at: time) -> bool:
        return datetime.combine(day, at, tzinfo=self.zone) <= timezone.now()


def _apart(one: time, other: time) -> int:
    return abs((one.hour * 60 + one.minute) - (other.hour * 60 + other.minute))
