"""What came out without approval: who may do so, and the look of the department afterwards."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan import notices
from contentplan.actions.path import move, publish_urgently, require_other_eyes
from contentplan.actions.publications import record_publication
from contentplan.models import Move, PlannedPost, PlanRules, Remark, Review
from people.audit import acting, changed
from people.models import Organization, User


@transaction.atomic
def record_urgent(post: PlannedPost, *, revision: int, reason: str, links: Mapping[int, str], by: User) -> None:
    """Marks a draft as out without approval, with the link of at least one of its accounts.

    `links` are by account. Raises ValidationError keyed `reason` or `link_<account>`, PermissionDenied where the body
    may not.
    """
    given = {pk: link for pk, link in links.items() if link.strip()}
    if not given:
        raise ValidationError({f"link_{next(iter(links), 0)}": _("Paste the link of at least one account.")})
    publish_urgently(post, revision=revision, reason=reason, by=by)
    now = timezone.now()
    for placement in post.placements.filter(account__in=given).select_related("account__organization"):
        try:
            record_publication(
                placement.account,
                link=given[placement.account_id],
                published_at=now,
                by=by,
                placement=placement,
            )
        except ValidationError as error:
            raise ValidationError({f"link_{placement.account_id}": error.messages}) from error


@transaction.atomic
def look_over(post: PlannedPost, *, revision: int, by: User, remark: str = "") -> Review:
    """Says that the department has seen what came out without approval, with a remark to its authors or without."""
    require_other_eyes(post, by)
    waits = Q(needs_post_review=True)
    review = move(post, Move.LOOK_OVER, seen=revision, by=by, only=waits, needs_post_review=False)
    if remark.strip() and not review.remarks.exists():  # not the same press, arrived twice
        Remark.objects.create(review=review, body=remark.strip())
        notices.looked_over(post, review, remark)
    changed(post, by=by, needs_post_review=(True, False))
    return review


@transaction.atomic
def allow_urgent(organization: Organization, *, allowed: bool, by: User) -> None:
    """Lets a body publish urgently without approval, or stops it from doing so."""
    with acting(by):
        PlanRules.objects.update_or_create(organization=organization, defaults={"may_publish_urgently": allowed})
