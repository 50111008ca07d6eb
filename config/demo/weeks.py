"""Four past weeks, this one and the next, for every body of the demonstration."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from config.demo.stage import STAGE
from contentplan.models import (
    Move,
    Norm,
    Placement,
    PlannedPost,
    PlanNorm,
    PostFormat,
    Publication,
    Remark,
    Review,
    Revision,
    Status,
    WeeklyPlan,
)
from people.models import Organization, User
from people.weeks import Week
from registry.models import Account

# Which days of the week carry a post when the week has so many, and at what hour.
DAYS = {2: [0, 2], 3: [0, 2, 4], 4: [0, 1, 3, 4], 5: [0, 1, 2, 3, 4], 6: [0, 1, 2, 3, 4, 5], 7: [0, 1, 2, 3, 4, 5, 6]}
HOURS = [time(10), time(12), time(16), time(9), time(17), time(11), time(15)]


@dataclass(frozen=True)
class Body:
    """An organization with those who write and decide for it."""

    organization: Organization
    author: User
    approver: User
    accounts: list[Account]
    formats: dict[str, PostFormat]
    norm: Norm


def build(body: Body, *, seed: int) -> None:
    """Writes the weeks of one body; `seed` shifts the texts so that bodies do not write alike."""
    this_week = Week.now(body.organization.zone)
    for place, published in enumerate(STAGE["weeks"][body.organization.slug]):
        if published:
            week = this_week + (place - 4)
            planned = max(5, published) if place < 4 else published
            posts = _plan(body, week, [Status.APPROVED] * planned, seed=seed + place * 5)
            _publish(body, posts[:published])
    if states := STAGE["next_week"].get(body.organization.slug):
        _plan(body, this_week.next, [Status(state) for state in states], seed=seed + 25)


def _plan(body: Body, week: Week, states: list[Status], *, seed: int) -> list[PlannedPost]:
    handed_in = _moment(body, week.monday - timedelta(days=4), time(15)) if Status.DRAFT not in states else None
    plan = WeeklyPlan.objects.create(
        organization=body.organization,
        monday=week.monday,
        handed_in_at=min(handed_in, timezone.now() - timedelta(hours=5)) if handed_in else None,
        handed_in_by=body.author if handed_in else None,
    )
    PlanNorm.objects.bulk_create(
        PlanNorm(plan=plan, account=account, posts_per_week=body.norm.posts_per_week, norm=body.norm)
        for account in body.accounts
    )
    posts = PlannedPost.objects.bulk_create(
        _post(body, plan, week, place, state, seed, len(states)) for place, state in enumerate(states)
    )
    Placement.objects.bulk_create(Placement(post=post, account=a) for post in posts for a in body.accounts)
    Revision.objects.bulk_create(_revision(post, body) for post in posts)
    Review.objects.bulk_create(step for post in posts for step in _steps(post, body))
    Remark.objects.bulk_create(
        Remark(review=step, body=STAGE["remark"]) for step in Review.objects.filter(post__plan=plan, move=Move.RETURN)
    )
    return posts


def _post(body: Body, plan: WeeklyPlan, week: Week, place: int, state: Status, seed: int, of: int) -> PlannedPost:
    words = STAGE["posts"][(seed + place) % len(STAGE["posts"])]
    now = timezone.now()
    created = min(_moment(body, week.monday - timedelta(days=4), time(11)), now - timedelta(hours=30))
    return PlannedPost(
        plan=plan,
        planned_at=_moment(body, week.days[DAYS[of][place]], HOURS[place]),
        topic=words["topic"],
        text=words["text"],
        format=body.formats[words["format"]],
        occasion=words["occasion"],
        responsible_post=body.author.job_title,
        status=state,
        approved_revision=1 if state == Status.APPROVED else None,
        created_by=body.author,
        created_at=created,
        status_since=created + _AFTER[state],
    )


# How long after it was written a post came into its state.
_AFTER = {
    Status.DRAFT: timedelta(),
    Status.SUBMITTED: timedelta(hours=25),
    Status.NEEDS_CHANGES: timedelta(hours=27),
    Status.APPROVED: timedelta(hours=28),
}

_STEP = {Status.APPROVED: Move.APPROVE, Status.NEEDS_CHANGES: Move.RETURN}


def _revision(post: PlannedPost, body: Body) -> Revision:
    return Revision(
        post=post,
        number=1,
        planned_at=post.planned_at,
        topic=post.topic,
        text=post.text,
        format=post.format,
        occasion=post.occasion,
        responsible_post=post.responsible_post,
        placements=[{"account": a.pk, "name": str(a), "text": ""} for a in body.accounts],
        made_by=post.created_by,
        made_at=post.created_at,
    )


def _steps(post: PlannedPost, body: Body) -> list[Review]:
    steps = []
    if post.status != Status.DRAFT:
        at = post.created_at + _AFTER[Status.SUBMITTED]
        steps.append(_step(post, Move.SUBMIT, Status.SUBMITTED, body.author, at))
    if post.status in (Status.APPROVED, Status.NEEDS_CHANGES):
        state = Status(post.status)
        steps.append(_step(post, _STEP[state], state, body.approver, post.created_at + _AFTER[state]))
    return steps


def _step(post: PlannedPost, move: Move, status: Status, by: User, at: datetime) -> Review:
    return Review(post=post, move=move, status=status, revision=1, made_by=by, made_at=at)


def _publish(body: Body, posts: list[PlannedPost]) -> None:
    """What of these came out already, in every account, a few minutes after the planned time."""
    now = timezone.now()
    placements = Placement.objects.filter(post__in=posts).select_related("account__network", "post")
    Publication.objects.bulk_create(
        Publication(
            account=placement.account,
            published_at=moment,
            link=_link(placement.account, placement.pk),
            placement=placement,
            counts=placement.post.about_work,
            recorded_by=body.author,
            recorded_at=moment + timedelta(minutes=20),
        )
        for placement in placements
        if (moment := placement.post.planned_at + timedelta(minutes=placement.pk % 7)) < now - timedelta(minutes=30)
    )
    _mark_published(body, posts)


def _mark_published(body: Body, posts: list[PlannedPost]) -> None:
    """Those that came out in each of their accounts."""
    waiting = set(Placement.objects.filter(post__in=posts, publication__isnull=True).values_list("post", flat=True))
    done = [post for post in posts if post.is_approved and post.pk not in waiting]
    for post in done:
        post.status, post.status_since = Status.PUBLISHED, post.planned_at + timedelta(minutes=20)
    PlannedPost.objects.bulk_update(done, ["status", "status_since"])
    Review.objects.bulk_create(
        _step(post, Move.PUBLISH, Status.PUBLISHED, body.author, post.status_since) for post in done
    )


def _link(account: Account, number: int) -> str:
    if account.network and account.network.slug == "vk":
        return f"{account.url}?w=wall-900000000_{number}"
    if account.network and account.network.slug == "ok":
        return f"{account.url}/topic/{number}"
    return f"{account.url}/{number}"


def _moment(body: Body, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=body.organization.zone)
