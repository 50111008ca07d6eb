"""Posts that come again: the repetition, its days, the drafts made for this and the next week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan.actions.plans import open_plan
from contentplan.actions.posts import add_post, delete_draft, skip_day
from contentplan.content import PostContent
from contentplan.models import PlannedPost, PostFormat, Repetition, Rubric, Status, WeeklyPlan
from people.audit import acting, changed
from people.models import Organization, User
from people.weeks import Week
from registry.models import Account, SocialNetwork


@dataclass(frozen=True)
class RepeatedContent:
    """What repeats, and how: `weekday` 1 is Monday; `ends_on` None: until somebody ends it."""

    topic: str
    text: str
    format: PostFormat
    accounts: tuple[Account, ...]
    weekday: int
    at: time
    starts_on: date
    rubric: Rubric | None = None
    every_weeks: int = 1
    ends_on: date | None = None


@transaction.atomic
def repeat(
    organization: Organization, content: RepeatedContent, *, by: User, post: PlannedPost | None = None
) -> Repetition:
    """Keeps a repeating post and makes its first drafts; `post` is the one it was begun from, and its first day."""
    values = {name: value for name, value in vars(content).items() if name != "accounts"}
    with acting(by):
        # The same words at the same hour are one repeating post, however often the button is pressed.
        repetition, made = Repetition.objects.get_or_create(
            organization=organization, **values, defaults={"created_by": by}
        )
        if made:
            repetition.accounts.set(content.accounts)
    if post:
        day = post.planned_at.astimezone(organization.zone).date()
        PlannedPost.objects.filter(pk=post.pk, repetition=None).update(repetition=repetition, repeats_on=day)
    this = Week.now(organization.zone)
    for week in (this, this.next):
        make_draft(repetition, week)
    return repetition


def day_in(repetition: Repetition, week: Week) -> date | None:
    """The day of the week on which the post comes again, if it does; skipped days included."""
    day = week.days[repetition.weekday - 1]
    first = Week.of(repetition.starts_on)
    if day < repetition.starts_on or (repetition.ends_on and day > repetition.ends_on):
        return None
    return day if (week.monday - first.monday).days // 7 % repetition.every_weeks == 0 else None


def coming_days(repetition: Repetition, count: int = 3) -> list[date]:
    """The next days on which it comes, skipped ones included."""
    today = repetition.organization.today
    first = max(Week.of(today), Week.of(repetition.starts_on))
    weeks = (first + n for n in range((count + 1) * repetition.every_weeks + 1))
    days = (day_in(repetition, week) for week in weeks)
    return [day for day in days if day and day >= today][:count]


@transaction.atomic
def make_draft(repetition: Repetition, week: Week) -> PlannedPost | None:
    """The draft of the week, made once: None when there is nothing to make."""
    day = day_in(repetition, week)
    organization = repetition.organization
    if day is None or day.isoformat() in repetition.skipped:
        return None
    moment = datetime.combine(day, repetition.at, tzinfo=organization.zone)
    accounts = _open_accounts(repetition)
    if moment <= timezone.now() or not accounts:
        return None
    by = repetition.created_by
    plan = open_plan(organization, week, by=by)
    WeeklyPlan.objects.select_for_update().get(pk=plan.pk)  # two workers at once: the second finds the draft
    if repetition.posts.filter(repeats_on=day).exists():
        return None
    post = add_post(plan, _content(repetition, moment, accounts), by=by)
    PlannedPost.objects.filter(pk=post.pk, repetition=None).update(repetition=repetition, repeats_on=day)
    return post


def make_drafts(repetitions: Iterable[Repetition] | None = None) -> int:
    """The drafts of this and the next week of every repeating post; how many were made. A repeat makes none."""
    made = 0
    rows = repetitions or Repetition.objects.select_related("organization", "created_by", "format", "rubric")
    for repetition in rows:
        this = Week.now(repetition.organization.zone)
        for week in (this, this.next):
            try:
                made += make_draft(repetition, week) is not None
            except ValidationError:
                continue  # what no longer fits the registry waits for its people; the others go on
    return made


@transaction.atomic
def skip(repetition: Repetition, day: date, *, by: User) -> None:
    """Leaves one day out; its draft goes too, as long as nobody has sent it. Raises ValidationError for other days."""
    if day_in(repetition, Week.of(day)) != day:
        raise ValidationError(_("The post does not repeat on this day."))
    with acting(by):
        current = Repetition.objects.select_for_update().get(pk=repetition.pk)
        skip_day(current, day)
        for post in current.posts.filter(repeats_on=day, status=Status.DRAFT):
            delete_draft(post, by=by)


@transaction.atomic
def end(repetition: Repetition, *, by: User) -> int:
    """It comes no more from today on; drafts of later days that nobody has touched go. How many went."""
    today = repetition.organization.today
    gone = list(repetition.posts.filter(status=Status.DRAFT, revision=1, repeats_on__gt=today))
    with acting(by):
        for post in gone:
            post.delete()
        if repetition.starts_on > today:
            repetition.delete()
            return len(gone)
    before, repetition.ends_on = repetition.ends_on, today
    Repetition.objects.filter(pk=repetition.pk).update(ends_on=today)
    changed(repetition, by=by, ends_on=(before, today))
    return len(gone)


def _open_accounts(repetition: Repetition) -> list[Account]:
    rows = repetition.accounts.active().filter(organization=repetition.organization)
    return list(rows.filter(network__in=SocialNetwork.objects.allowed()))


def _content(repetition: Repetition, moment: datetime, accounts: list[Account]) -> PostContent:
    return PostContent(
        planned_at=moment,
        topic=repetition.topic,
        text=repetition.text,
        format=repetition.format,
        rubric=repetition.rubric,
        responsible_post=accounts[0].responsible_post,
        placements={account.pk: "" for account in accounts},
    )
