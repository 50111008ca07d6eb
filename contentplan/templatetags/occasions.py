"""What waits for a person among topics and packs: the page “Today” asks it."""

from dataclasses import dataclass

from django import template

from contentplan import coverage
from contentplan.models import Occasion, PackOffer
from people.models import Organization, User
from people.roles import Permission, Role, scope_of
from people.weeks import Week

register = template.Library()

LISTED = 5


@dataclass(frozen=True)
class Waiting:
    """Packs to be answered, and topics that the next week does not cover, of the bodies a person is of."""

    offers: list[PackOffer]
    topics: list[tuple[Organization, Week, Occasion]]


@register.simple_tag
def waiting_topics(user: User) -> Waiting | None:
    """None for those who write no plan; else one query, and one more for each body the person is of."""
    bodies = {
        membership.organization_id: membership.organization
        for membership in user.current_memberships
        if scope_of(Role(membership.role), Permission.WRITE_PLAN)
    }
    if not bodies:
        return None
    today = min(body.today for body in bodies.values())
    rows = PackOffer.objects.filter(organization__in=bodies).waiting(today).select_related("pack", "organization")
    offers = list(rows.order_by("pack__publish_to", "pk")[:LISTED])
    # A topic about which a pack waits stands once.
    offered = {(offer.organization_id, offer.pack.occasion_id) for offer in offers}
    topics = [row for body in bodies.values() for row in _topics(body) if (body.pk, row[2].pk) not in offered]
    return Waiting(offers, topics[:LISTED])


def _topics(body: Organization) -> list[tuple[Organization, Week, Occasion]]:
    week = Week.now(body.zone).next
    return [(body, week, topic) for topic in coverage.uncovered(body, week)]
