"""The stage of this room: a norm, a format, a plan of the running week and a post in it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from contentplan import actions
from contentplan.actions import PostContent
from contentplan.models import Norm, Occasion, OccasionKind, PlannedPost, PostFormat, WeeklyPlan
from people.models import Organization, User
from people.weeks import Week
from registry.models import Account, LegalAct

MakeContent = Callable[..., PostContent]
MakeTopic = Callable[..., Occasion]

TOMSK = ZoneInfo("Asia/Tomsk")
WEEK = Week(date(2026, 11, 30))  # 30 November to 6 December
THURSDAY_BEFORE = datetime(2026, 11, 26, 12, tzinfo=TOMSK)


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """The Thursday before the week that is planned; tests may travel on."""
    with time_machine.travel(THURSDAY_BEFORE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def norm(the_order: LegalAct) -> Norm:
    """Procedure, cl. 5: five a week for everybody."""
    return Norm.objects.create(posts_per_week=5, starts_on=date(2022, 1, 1), legal_act=the_order, clause="5")


@pytest.fixture
def text_format(db: None) -> PostFormat:
    return PostFormat.objects.get_or_create(slug="text", defaults={"name": "Текст"})[0]


@pytest.fixture
def plan(urtam: Organization, urtam_vk: Account, norm: Norm, editor: User, now: object) -> WeeklyPlan:
    """Urtam's plan of the next week."""
    return actions.open_plan(urtam, WEEK, by=editor)


@pytest.fixture
def content(text_format: PostFormat, urtam_vk: Account) -> MakeContent:
    """Makes a complete wording; `day` 0 is Monday."""

    def make(day: int = 0, hour: int = 10, **fields: object) -> PostContent:
        moment = datetime(2026, 11, 30, hour, tzinfo=TOMSK) + timedelta(days=day)
        values: dict[str, object] = {
            "planned_at": moment,
            "topic": "Ремонт моста",
            "text": "Мост через Уртамку откроют в пятницу.",
            "format": text_format,
            "placements": {urtam_vk.pk: ""},
        }
        return PostContent(**{**values, **fields})  # type: ignore[arg-type]  # a test names what it changes

    return make


@pytest.fixture
def post(plan: WeeklyPlan, content: MakeContent, editor: User) -> PlannedPost:
    """The editor's draft."""
    return actions.add_post(plan, content(), by=editor)


@pytest.fixture
def make_topic(district: Organization) -> MakeTopic:
    """Makes a mandatory topic of the district for all below; fields may be changed."""

    def make(first: date = date(2026, 12, 2), last: date | None = None, **fields: object) -> Occasion:
        values: dict[str, object] = {
            "organization": district,
            "kind": OccasionKind.TOPIC,
            "title": "Безопасность на льду",
            "for_bodies_below": True,
            "is_mandatory": True,
        }
        return Occasion.objects.create(starts_on=first, ends_on=last or first, **{**values, **fields})

    return make


@pytest.fixture
def submitted_post(post: PlannedPost, editor: User) -> PlannedPost:
    actions.submit(post, revision=1, by=editor)
    return post
