"""Last week once more: its times, rubrics and accounts as drafts to be filled in, around days off."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from contentplan.actions.plans import open_plan
from contentplan.actions.posts import add_post
from contentplan.content import NO_TOPIC, PostContent
from contentplan.models import PlannedPost, Status, WeeklyPlan
from people.models import Organization, User
from people.weeks import Week
from people.worktime import Calendar, calendar_of
from registry.models import Account, SocialNetwork

LAST_WORKING_DAY = 5


@dataclass
class Copied:
    """What copying a week did."""

    made: list[PlannedPost] = field(default_factory=list)
    moved: list[PlannedPost] = field(default_factory=list)  # of those: away from a day off
    passed: int = 0  # their time is over already


@transaction.atomic
def copy_last_week(organization: Organization, week: Week, *, by: User) -> Copied:
    """Adds a draft for each post of the week before that has no match yet: pressing again makes no doubles.

    A match is a post at the same moment in one of the same accounts, else one with the same accounts and rubric on
    any day: a copy that was moved, or filled in, is still the copy.
    """
    plan = open_plan(organization, week, by=by)
    WeeklyPlan.objects.select_for_update().get(pk=plan.pk)  # two presses at once: the second finds what the first made
    calendar = calendar_of(organization)
    copied = Copied()
    for frame in _without_match(_frames(organization, week, calendar), _posts(organization, week)):
        if frame.moment <= timezone.now():
            copied.passed += 1
            continue
        post = add_post(plan, frame.bare, by=by)
        copied.made.append(post)
        if frame.moment.date() != frame.day:
            copied.moved.append(post)
    return copied


def posts_to_copy(organization: Organization, week: Week) -> int:
    """How many posts of the week before there are to take over."""
    rows = PlannedPost.objects.filter(plan__organization=organization, plan__monday=week.previous.monday)
    return rows.exclude(status=Status.CANCELLED).filter(repetition=None).count()


def stepped(day: date, calendar: Calendar) -> date:
    """The day itself, or the nearest working day of its week when it is a day off other than a usual weekend."""
    if not _is_off(day, calendar):
        return day
    working = [other for other in Week.of(day).days if calendar.works_on(other)]
    return min(working, key=lambda other: (abs((other - day).days), other < day), default=day)


def _is_off(day: date, calendar: Calendar) -> bool:
    return not calendar.works_on(day) and (day.isoweekday() <= LAST_WORKING_DAY or bool(calendar.title_of(day)))


@dataclass(frozen=True)
class _Frame:
    """A post of the week before, on its day of this week."""

    source: PlannedPost
    day: date
    moment: datetime
    accounts: frozenset[int]

    @property
    def bare(self) -> PostContent:
        """The post without its words; the rubric stands for the topic until there is one."""
        source = self.source
        return PostContent(
            planned_at=self.moment,
            topic=source.rubric.name if source.rubric else str(NO_TOPIC),
            text="",
            format=source.format,
            rubric=source.rubric,
            responsible_post=source.responsible_post,
            about_work=source.about_work,
            placements=dict.fromkeys(sorted(self.accounts), ""),
        )

    def same_hour(self, post: PlannedPost) -> bool:
        return post.planned_at == self.moment and bool(_accounts(post) & self.accounts)

    def same_shape(self, post: PlannedPost) -> bool:
        return post.rubric_id == self.source.rubric_id and _accounts(post) == self.accounts


def _frames(organization: Organization, week: Week, calendar: Calendar) -> list[_Frame]:
    active = set(
        Account.objects.active()
        .filter(organization=organization, network__in=SocialNetwork.objects.allowed())
        .values_list("pk", flat=True)
    )
    frames = []
    for source in _posts(organization, week.previous):
        usual = source.planned_at.astimezone(organization.zone)
        day = usual.date() + timedelta(weeks=1)
        moment = datetime.combine(stepped(day, calendar), usual.time(), tzinfo=organization.zone)
        accounts = frozenset(_accounts(source) & active)
        if accounts and source.repetition_id is None:  # what repeats comes by itself
            frames.append(_Frame(source, day, moment, accounts))
    return frames


def _without_match(frames: list[_Frame], posts: list[PlannedPost]) -> list[_Frame]:
    """Each post of the week is the match of one frame at most: of its own hour first."""
    for is_match in (_Frame.same_hour, _Frame.same_shape):
        left = []
        for frame in frames:
            if match := next((post for post in posts if is_match(frame, post)), None):
                posts.remove(match)
            else:
                left.append(frame)
        frames = left
    return frames


def _posts(organization: Organization, week: Week) -> list[PlannedPost]:
    rows = PlannedPost.objects.filter(plan__organization=organization, plan__monday=week.monday)
    rows = rows.exclude(status=Status.CANCELLED).select_related("format", "rubric").prefetch_related("placements")
    return list(rows.by_time())


def _accounts(post: PlannedPost) -> set[int]:
    return {row.account_id for row in post.placements.all()}
