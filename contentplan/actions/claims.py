"""Who has a submitted post in work: claimed by name, released after half an hour without a sign of work."""

from django.utils.translation import gettext as _

from contentplan.actions.path import require_other_eyes
from contentplan.models import PlannedPost, Status
from people.http import TooLate
from people.models import User
from review import door


def claim(post: PlannedPost, *, by: User, take_over: bool = False) -> None:
    """Takes a submitted post in work, or gives a new sign of work. Raises TooLate while a colleague has it.

    `take_over`: a colleague's post as well, after asking.
    """
    require_other_eyes(post, by)
    if not door.claim(post, Status.SUBMITTED, by=by, take_over=take_over):
        raise TooLate(_why_not(post))


def release(post: PlannedPost, *, by: User) -> None:
    """Puts the post back for any reviewer; nothing happens when the person does not have it."""
    door.release(post, by=by)


def _why_not(post: PlannedPost) -> str:
    now = PlannedPost.objects.select_related("claimed_by").get(pk=post.pk)
    if now.is_submitted and now.claimant:
        return _("%(person)s has the post in work now.") % {"person": now.claimant.short_name}
    return _("The post no longer awaits a decision.")
