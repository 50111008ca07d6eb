"""What stands on the page after sign-in: by what the person may do, each part in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from compliance.models import Finding, WeekCheck
from compliance.totals import Totals, totals
from compliance.worst import worst_of
from contentplan import matrix, norm
from contentplan.due import plan_due_at
from contentplan.matrix import MatrixCell
from contentplan.models import Placement, PlannedPost, Publication, Remark, Status, WeeklyPlan
from contentplan.norm import Meter
from contentplan.views.cards import remarks_of
from moderation import proof
from moderation.models import Decision
from people.models import Letter, Membership, Organization, User
from people.roles import Permission, Role, scope_of
from people.weeks import Week
from registry.models import Account

LISTED = 8
BODIES_LISTED = 25
BODIES_COMPARED = 500  # more are never held beside each other on one page: a country has its matrix and its weeks
ASKED_WEEKS = 2  # how far back a post without its link is still asked about
_TONES = ["bad", "wait", "", "good"]


@dataclass(frozen=True)
class Queue:
    """Posts that await this person's decision, the earliest first."""

    posts: list[PlannedPost]
    total: int
    unseen: int  # came out without approval, nobody of the department has looked at it


def queue(user: User) -> Queue:
    waiting = PlannedPost.objects.decidable_by(user)
    posts = waiting.select_related("plan__organization").prefetch_related("placements__account__network")
    reach = user.reach(Permission.DECIDE_PLAN, "plan__organization")
    unseen = PlannedPost.objects.filter(reach, needs_post_review=True).count()
    return Queue(list(posts.order_by("planned_at", "pk")[:LISTED]), waiting.count(), unseen)


@dataclass(frozen=True)
class BodyLine:
    """One body: how it did last week, how this week goes, what it plans for the next."""

    organization: Organization
    last: Finding | None  # of its accounts the one that did worst
    this: MatrixCell
    next: MatrixCell

    @property
    def worst(self) -> Meter | None:
        """This week's meter that needs attention most."""
        return min(self.this.meters, key=_urgency, default=None)


def _urgency(meter: Meter) -> tuple[int, int]:
    return _TONES.index(meter.tone), meter.published + meter.planned - meter.required


@dataclass(frozen=True)
class Bodies:
    """All bodies in reach, side by side."""

    week: Week
    lines: list[BodyLine]
    total: int
    last: Totals
    without_plan: int
    handed_in: int
    published: int
    late: bool  # the plan of the next week was due

    @property
    def is_whole(self) -> bool:
        """Every body was compared, so something can be said of all."""
        return self.total == len(self.lines)

    @property
    def listed(self) -> list[BodyLine]:
        """The first of them; the matrix has all."""
        return self.lines[:BODIES_LISTED]

    @property
    def behind(self) -> list[BodyLine]:
        """Lines with a meter this week, those that need attention first."""
        with_meters = [(line, line.worst) for line in self.lines]
        urgent = sorted(((_urgency(meter), n) for n, (_line, meter) in enumerate(with_meters) if meter))
        return [self.lines[n] for _key, n in urgent][:LISTED]

    @property
    def on_course(self) -> bool:
        """Nobody needs attention this week."""
        return not self.falling_behind

    @property
    def falling_behind(self) -> int:
        """How many bodies need attention this week."""
        return sum(line.this.tone not in ("", "good") for line in self.lines)


def bodies(user: User, permission: Permission, now: Week) -> Bodies:
    """The bodies in which the person holds the permission and that keep an active account."""
    zone = user.current_memberships[0].organization.zone
    keep = Organization.objects.where_may(user, permission).filter(
        Exists(Account.objects.active().filter(organization=OuterRef("pk"))), is_active=True
    )
    findings = Finding.objects.filter(user.reach(permission), monday=now.previous.monday)
    next_plans = WeeklyPlan.objects.filter(user.reach(permission), monday=now.next.monday)
    planned = next_plans.filter(Exists(PlannedPost.objects.filter(plan=OuterRef("pk"))))
    out = Publication.objects.counting().filter(user.reach(permission, "account__organization"))
    return Bodies(
        week=now,
        lines=_lines(list(keep[:BODIES_COMPARED]), findings, now),
        total=keep.count(),
        last=totals(findings),
        without_plan=keep.exclude(pk__in=planned.values("organization")).count(),
        handed_in=next_plans.filter(handed_in_at__isnull=False).count(),
        published=out.between(*now.bounds(zone)).count(),
        late=timezone.now() > plan_due_at(now.next, zone),
    )


def _lines(bodies: list[Organization], findings: "QuerySet[Finding]", now: Week) -> list[BodyLine]:
    worst = worst_of(findings.filter(organization__in=bodies))
    return [
        BodyLine(row.organization, worst.get((row.organization.pk, str(now.previous))), row.cells[0], row.cells[1])
        for row in matrix.rows(bodies, [now, now.next])
    ]


@dataclass(frozen=True)
class OwnBody:
    """One body the person writes for: this week, and the plan of the next."""

    organization: Organization
    this: MatrixCell
    next: MatrixCell
    meters: list[Meter]  # of the next week; they know the best day
    due_at: datetime

    @property
    def sentence(self) -> str:
        return norm.sentence(self.meters)

    @property
    def is_late(self) -> bool:
        return not self.next.is_handed_in and timezone.now() > self.due_at


@dataclass(frozen=True)
class Returned:
    """A post that came back, and what has to be changed."""

    post: PlannedPost
    remarks: list[Remark]


@dataclass(frozen=True)
class Own:
    """The weeks of the bodies a person writes for."""

    bodies: list[OwnBody]


def own(user: User, now: Week) -> Own:
    organizations = list(Organization.objects.where_may(user, Permission.WRITE_PLAN).filter(is_active=True))
    next_meters = norm.meters(organizations, now.next)
    rows = matrix.rows(organizations, [now, now.next])
    lines = [
        OwnBody(
            row.organization,
            row.cells[0],
            row.cells[1],
            next_meters[row.organization.pk],
            plan_due_at(now.next, row.organization.zone),
        )
        for row in rows
    ]
    return Own(lines)


@dataclass(frozen=True)
class Tasks:
    """What is left to do for the bodies a person is of: the department keeps a plan of its own too."""

    returned: list[Returned]
    unmarked: list[Placement]  # approved, their time has passed, no link yet


def tasks(user: User, now: Week) -> Tasks:
    bodies = [
        membership.organization_id
        for membership in user.current_memberships
        if scope_of(Role(membership.role), Permission.WRITE_PLAN)
    ]
    return Tasks(_returned(bodies), _unmarked(bodies, now))


def _returned(bodies: list[int]) -> list[Returned]:
    posts = list(
        PlannedPost.objects.filter(plan__organization__in=bodies, status=Status.NEEDS_CHANGES)
        .select_related("plan__organization")
        .order_by("planned_at", "pk")[:LISTED]
    )
    remarks = remarks_of([post.pk for post in posts])
    return [Returned(post, remarks.get(post.pk, [])) for post in posts]


def _unmarked(bodies: list[int], now: Week) -> list[Placement]:
    since = (now + -ASKED_WEEKS).monday
    rows = Placement.objects.filter(
        post__plan__organization__in=bodies,
        post__status__in=[Status.APPROVED, Status.MISSED, Status.PUBLISHED],
        post__planned_at__lte=timezone.now(),
        post__plan__monday__gte=since,
        post__missed_because="",
        publication__isnull=True,
    )
    return list(
        rows.select_related("post__plan__organization", "account__network").order_by("post__planned_at", "pk")[:LISTED]
    )


@dataclass(frozen=True)
class Journal:
    """The newest rows of the moderation journal."""

    latest: list[Decision]
    this_week: int


def journal(user: User, now: Week) -> Journal:
    rows = Decision.objects.visible_to(user)
    zone = user.current_memberships[0].organization.zone
    recent = rows.filter(made_at__gte=now.bounds(zone)[0]).count()
    return Journal(list(rows.for_listing()[:LISTED]), recent)


@dataclass(frozen=True)
class House:
    """How the portal itself does."""

    people: int
    invited: int
    failed_letters: int
    check: WeekCheck | None
    proof: proof.Proof | None


def house(user: User) -> House:
    members = Membership.objects.current().filter(user.reach(Permission.MANAGE_PEOPLE), user__is_active=True)
    people = User.objects.filter(pk__in=members.values("user"))
    stuck = Letter.objects.filter(sent_at__isnull=True).exclude(error="")
    return House(
        people=people.count(),
        invited=people.filter(last_login__isnull=True).count(),
        failed_letters=stuck.count(),
        check=WeekCheck.objects.filter(finished_at__isnull=False).order_by("-monday", "-finished_at").first(),
        proof=proof.last(),
    )
