"""The author's own checklist before sending: what reviewers said most often of late, from the library of remarks."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from contentplan.models import PlannedPost, RemarkPhrase
from people.models import Organization, User

LOOKS_BACK = timedelta(days=90)
LONGEST = 5


def of_body(organization: Organization, author: User) -> list[RemarkPhrase]:
    """Phrases given to the posts of the body or of the author in the last 90 days, the most frequent first."""
    recent = Q(remarks__review__made_at__gte=timezone.now() - LOOKS_BACK)
    theirs = Q(remarks__review__post__plan__organization=organization) | Q(remarks__review__post__created_by=author)
    rows = RemarkPhrase.objects.filter(is_active=True).annotate(given=Count("remarks", filter=recent & theirs))
    return list(rows.filter(given__gt=0).order_by("-given", "position", "pk")[:LONGEST])


def of_post(post: PlannedPost) -> list[RemarkPhrase]:
    return of_body(post.plan.organization, post.created_by)
