"""Who has a submitted post in work: claimed by name, released after half an hour without a sign of work."""

from django.db.models import Case, DateTimeField, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan.actions.path import require_other_eyes, unclaimed_or
from contentplan.models import PlannedPost, Status
from contentplan.models.posts import CLAIM_LASTS
from people.http import TooLate
from people.models import User


def claim(post: PlannedPost, *, by: User, take_over: bool = False) -> None:
    """Takes a submitted post in work, or gives a new sign of work. Raises TooLate while a colleague has it.

    `take_over`: a colleague's post as well, after asking.
    """
    require_other_eyes(post, by)
    now = timezone.now()
    free = Q() if take_over else unclaimed_or(by)
    rows = PlannedPost.objects.filter(free, pk=post.pk, status=Status.SUBMITTED)
    mine = Q(claimed_by=by, claimed_at__gt=now - CLAIM_LASTS, claimed_since__isnull=False)
    since = Case(When(mine, then=F("claimed_since")), default=now, output_field=DateTimeField())
    if not rows.update(claimed_by=by, claimed_at=now, claimed_since=since):
        raise TooLate(_why_not(post))
    post.refresh_from_db(fields=["claimed_by", "claimed_at", "claimed_since"])


def release(post: PlannedPost, *, by: User) -> None:
    """Puts the post back for any reviewer; nothing happens when the person does not have it."""
    PlannedPost.objects.filter(pk=post.pk, claimed_by=by).update(claimed_by=None, claimed_at=None, claimed_since=None)
    post.claimed_by = post.claimed_at = post.claimed_since = None


def _why_not(post: PlannedPost) -> str:
    now = PlannedPost.objects.select_related("claimed_by").get(pk=post.pk)
    if now.is_submitted and now.claimant:
        return _("%(person)s has the post in work now.") % {"person": now.claimant.short_name}
    return _("The post no longer awaits a decision.")
