"""Which topics must be covered, and by which body they are (procedure, cl. 4).

A topic is covered by a post of the body that is linked with it and was neither taken off the plan nor missed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from contentplan.models import Occasion, PlannedPost, Status
from contentplan.models.occasions import OccasionQuerySet
from people.models import Organization
from people.weeks import Week

NOT_COVERING = (Status.CANCELLED, Status.MISSED)


def covering() -> "QuerySet[PlannedPost]":
    """Posts that cover an occasion."""
    return PlannedPost.objects.exclude(status__in=NOT_COVERING).filter(event__isnull=False)


def on_board(organization: Organization, week: Week) -> list[Occasion]:
    """What the board of this week shows, each with `is_covered` by a post of this body in any week.

    One query; a second one where something must be covered.
    """
    found = list(_of_week(organization, week).select_related("organization"))
    due = [occasion.pk for occasion in found if occasion.is_mandatory]
    posts = covering().filter(event__in=due, plan__organization=organization)
    covered = set(posts.values_list("event", flat=True)) if due else set()
    for occasion in found:
        occasion.is_covered = occasion.pk in covered
    return found


def uncovered(organization: Organization, week: Week) -> list[Occasion]:
    """Mandatory topics of the week that no post of the body covers, the earliest first. One query."""
    return list(_of_week(organization, week).filter(~_covered_by(organization), is_mandatory=True))


def _of_week(organization: Organization, week: Week) -> OccasionQuerySet:
    return Occasion.objects.of(organization).between(week.monday, week.sunday)


def _covered_by(organization: Organization) -> Exists:
    return Exists(covering().filter(event=OuterRef("pk"), plan__organization=organization))


@dataclass(frozen=True)
class TopicCell:
    """One topic in one body: the post that stands for it, or none."""

    organization: Organization
    topic: Occasion
    post: PlannedPost | None = None
    more: int = 0  # posts besides this one

    @property
    def state(self) -> str:
        """out: it came out; planned: a post stands in a plan; missing; foreign: not meant for this body."""
        if not concerns(self.topic, self.organization):
            return "foreign"
        if self.post is None:
            return "missing"
        return "out" if self.post.is_published else "planned"

    @property
    def week(self) -> Week:
        """The first week in which the body can still write about it."""
        return Week.of(min(max(self.topic.starts_on, self.organization.today), self.topic.ends_on))


@dataclass(frozen=True)
class TopicRow:
    """One body, its cells in the order of the topics."""

    organization: Organization
    cells: list[TopicCell]


def rows(organizations: Collection[Organization], topics: Sequence[Occasion]) -> list[TopicRow]:
    """Bodies × topics, in one query. Topics come with their organization."""
    posts = covering().filter(event__in=topics, plan__organization__in=organizations)
    found: dict[tuple[int, int], list[PlannedPost]] = {}
    for post in posts.select_related("plan").order_by("planned_at", "pk"):
        found.setdefault((post.plan.organization_id, post.event_id or 0), []).append(post)

    def cell(body: Organization, topic: Occasion) -> TopicCell:
        # What came out says more than what is planned.
        here = sorted(found.get((body.pk, topic.pk), []), key=lambda post: not post.is_published)
        return TopicCell(body, topic, here[0] if here else None, max(len(here) - 1, 0))

    return [TopicRow(body, [cell(body, topic) for topic in topics]) for body in organizations]


def concerns(topic: Occasion, body: Organization) -> bool:
    """Whether the occasion stands on the board of the body; `Occasion.objects.of` for one. Asks no database."""
    own = topic.organization_id == body.pk
    return own or (topic.for_bodies_below and body.path.startswith(topic.organization.path))
