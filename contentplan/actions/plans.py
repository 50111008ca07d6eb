"""A week's plan as a whole: opened with the norms of the day, handed in at once (procedure, cl. 2.2, 2.3, 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan import reminders
from contentplan.actions import path
from contentplan.counting import accounts_of, owes
from contentplan.models import PlannedPost, PlanNorm, Viewing, WeeklyPlan
from contentplan.norm import Meter, handed_in_meters, norms_for
from people.audit import acting, changed
from people.http import TooLate
from people.models import Organization, User
from people.weeks import Week


class ShortOfNorm(Exception):
    """Fewer posts than the norm asks are handed in, and no reason is given."""

    def __init__(self, meters: list[Meter]) -> None:
        super().__init__()
        self.meters = meters


@dataclass(frozen=True)
class LeftOut:
    """A post that was not sent, and why."""

    post: PlannedPost
    sentences: list[str]


@dataclass
class HandIn:
    """What handing in a plan did."""

    submitted: list[PlannedPost] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Nothing was left out."""
        return not self.left


@transaction.atomic
def open_plan(organization: Organization, week: Week, *, by: User) -> WeeklyPlan:
    """The organization's plan of the week, made when there is none.

    Each active account gets the norm in force on the week's Monday, once: a later change of the norm or of the
    registry rewrites nothing. An account without a norm in force owes nothing and gets no row.
    """
    with acting(by):
        plan, made = WeeklyPlan.objects.get_or_create(organization=organization, monday=week.monday)
    if made or not plan.is_over:
        _keep_norms(plan)
    return plan


def _keep_norms(plan: WeeklyPlan) -> None:
    known = set(plan.norms.values_list("account", flat=True))
    accounts = accounts_of([plan.organization], [plan.week])
    fresh = [account for account in accounts if account.pk not in known and owes(account, plan.week)]
    norms = norms_for(fresh, plan.monday)
    rows = [
        PlanNorm(plan=plan, account=account, norm=norms[account.pk], posts_per_week=norms[account.pk].posts_per_week)
        for account in fresh
        if account.pk in norms
    ]
    PlanNorm.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def submit(post: PlannedPost, *, revision: int, by: User, note: str = "") -> None:
    """Sends one post for approval, with a note to the reviewer; with the last one a plan that meets its norm is handed
    in whole.

    Below the norm the plan waits for `hand_in` with the reason. Raises what `path.submit` raises.
    """
    plan = _locked(post.plan_id)
    path.submit(post, revision=revision, by=by, note=note)
    if not plan.posts.unsent().exists() and not any(meter.missing for meter in handed_in_meters(plan)):
        _keep_hand_in(plan, "", by=by)


@transaction.atomic
def hand_in(plan: WeeklyPlan, *, by: User, reason: str = "", notes: Mapping[int, str] | None = None) -> HandIn:
    """Sends every draft and every mended post for approval; `notes` go with their posts (id → note to the reviewer).

    Posts that are not complete, or were returned and not mended, are left and named in the answer; the plan is then
    not handed in whole. Otherwise fewer posts than the norm raise ShortOfNorm, with nothing sent, unless there is a
    reason. The moment of the first whole hand-in is kept; a repetition changes nothing.
    """
    plan = _locked(plan.pk)
    open_plan(plan.organization, plan.week, by=by)
    outcome = _submit_all(plan, notes or {}, by=by)
    if outcome.whole:
        _keep_hand_in(plan, reason.strip(), by=by)
    return outcome


@transaction.atomic
def approve_all(plan: WeeklyPlan, revisions: Mapping[int, int], *, by: User) -> list[PlannedPost]:
    """Approves the posts of the plan that the person has read, each in the revision they read (id → revision).

    All or none: raises TooLate when one of them was not opened, changed since, or is in the hands of a colleague.
    """
    rows = plan.posts.filter(pk__in=revisions).select_related("plan__organization").by_time()
    posts = list(rows.select_for_update(of=("self",)))
    read = dict(Viewing.objects.filter(post__in=posts, user=by).values_list("post", "revision"))
    for post in posts:
        if read.get(post.pk) != revisions[post.pk]:
            raise TooLate(_("Open “%(topic)s” first: you have not seen its present version.") % {"topic": post.topic})
        path.approve(post, revision=revisions[post.pk], by=by)
    return posts


def _locked(pk: int) -> WeeklyPlan:
    return WeeklyPlan.objects.select_for_update(of=("self",)).select_related("organization").get(pk=pk)


def _submit_all(plan: WeeklyPlan, notes: Mapping[int, str], *, by: User) -> HandIn:
    outcome = HandIn()
    for post in plan.posts.unsent().by_time().select_for_update():
        if sentences := path.missing(post):
            outcome.left.append(LeftOut(post, sentences))
        else:
            path.submit(post, revision=post.revision, by=by, note=notes.get(post.pk, ""))
            outcome.submitted.append(post)
    return outcome


def _keep_hand_in(plan: WeeklyPlan, reason: str, *, by: User) -> None:
    meters = handed_in_meters(plan)
    short = any(meter.missing for meter in meters)
    if len(reason) > WeeklyPlan.REASON_LENGTH:
        raise ValidationError(
            {"reason": _("The reason is too long: %(n)d characters at most.")}, params={"n": WeeklyPlan.REASON_LENGTH}
        )
    reason = (reason or plan.shortfall_reason) if short else ""
    if short and not reason:
        raise ShortOfNorm(meters)
    values: dict[str, object] = {}
    if plan.handed_in_at is None:
        values = {"handed_in_at": timezone.now(), "handed_in_by": by}
        reminders.stop(plan)
    if plan.shortfall_reason != reason:
        values["shortfall_reason"] = reason
    if values:
        before = {name: getattr(plan, name) for name in values}
        WeeklyPlan.objects.filter(pk=plan.pk).update(**values)
        changed(plan, by=by, **{name: (before[name], values[name]) for name in values})
