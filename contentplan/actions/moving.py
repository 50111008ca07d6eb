"""Moving a post to another time: by a drag, by the menu that does the same, and back again."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contentplan.actions.plans import open_plan
from contentplan.actions.posts import edit_post
from contentplan.content import PostContent
from contentplan.models import PlannedPost, Publication
from people.http import TooLate
from people.models import User
from people.weeks import Week


@transaction.atomic
def move_to(post: PlannedPost, planned_at: datetime, *, revision: int, by: User) -> None:
    """Gives the post another time, in any week that is not over: the same words as a new revision.

    What `edit_post` says of an approval holds here. Raises TooLate when the post has changed, came out or was taken
    off the plan; ValidationError for a week that is over, and what `edit_post` raises.
    """
    if post.is_published or Publication.objects.filter(placement__post=post).exists():
        raise TooLate(_("The post has come out already: it stays where it is."))
    if post.is_cancelled:
        raise TooLate(_("The post is taken off the plan: put it back into the plan first."))
    organization = post.plan.organization
    week = Week.at(planned_at, organization.zone)
    plan = post.plan if week == post.plan.week else open_plan(organization, week, by=by)
    if plan.is_over:
        raise ValidationError({"planned_at": _("That week is over: choose a day ahead.")})
    content = replace(PostContent.of(post), planned_at=planned_at)
    edit_post(post, content, revision=revision, by=by, plan=plan)
