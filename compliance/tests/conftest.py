"""What the tests of the weekly check stand on: the norm, publications in any number, a clock on Monday."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from compliance.models import Circumstance, CircumstanceKind, Finding
from contentplan.models import Norm, Publication
from people.models import User
from people.weeks import Week
from registry.models import Account, LegalAct

TOMSK = ZoneInfo("Asia/Tomsk")
WEEK = Week.parse("2026-W47")  # 16–22 November
MONDAY_MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=TOMSK)


@pytest.fixture
def monday_morning() -> Iterator[time_machine.Traveller]:
    """The clock stands at Monday 07:00 in Tomsk, the week W47 has just ended."""
    with time_machine.travel(MONDAY_MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def norm(the_order: LegalAct) -> Norm:
    """The general norm: five a week."""
    return Norm.objects.create(posts_per_week=5, starts_on=date(2020, 3, 1), legal_act=the_order, clause="п. 5")


def publish(account: Account, n: int, week: Week = WEEK, *, counts: bool = True, at: datetime | None = None) -> None:
    """Records `n` publications in the middle of the week, or at the moment."""
    moment = at or week.bounds(account.organization.zone)[0] + timedelta(days=2, hours=12)
    Publication.objects.bulk_create(
        Publication(account=account, published_at=moment + timedelta(minutes=i), counts=counts) for i in range(n)
    )


Explain = Callable[..., Circumstance]


@pytest.fixture
def explain(coordinator: User) -> Explain:
    """Records a circumstance of an account, or of its whole body; the whole week unless said otherwise."""

    def make(account: Account, kind: CircumstanceKind, *, whole_body: bool = False, **fields: object) -> Circumstance:
        values: dict[str, object] = {"starts_on": WEEK.monday, "ends_on": WEEK.sunday, "reason": "ремонт", **fields}
        return Circumstance.objects.create(
            organization=account.organization,
            account=None if whole_body else account,
            kind=kind,
            made_by=coordinator,
            **values,
        )

    return make


def facts(account: Account, week: Week = WEEK) -> tuple[str, int, int, str]:
    """What the check found of the account's week: result, published, norm, reason."""
    found = Finding.objects.get(account=account, monday=week.monday)
    return found.result, found.published, found.required, found.reason
