"""Who may do what with a content plan (procedure, cl. 2.2, 2.3 and 5).

A rule says whether the *person* may; whether the *thing* still allows it is asked by the one door in
`actions.path`, which answers with a sentence instead of a refusal. Only a week that is over closes a plan here.
"""

from contentplan.models import PlannedPost, Publication, Revision, Source, WeeklyPlan
from people.models import Organization, User
from people.roles import Permission
from registry.models import Account


def can_write(user: User, organization: Organization) -> bool:
    """Write the organization's plans and hand them in."""
    return user.may(Permission.WRITE_PLAN, organization)


def can_write_plan(user: User, plan: WeeklyPlan) -> bool:
    """Add posts to this plan: a week that is over is not planned any more."""
    return not plan.is_over and can_write(user, plan.organization)


def can_edit(user: User, post: PlannedPost) -> bool:
    return can_write_plan(user, post.plan)


def can_delete(user: User, post: PlannedPost) -> bool:
    """Only drafts go away; what was handed in once stays with its history."""
    return post.is_draft and can_edit(user, post)


def can_submit(user: User, post: PlannedPost) -> bool:
    return can_edit(user, post)


def can_hand_in(user: User, plan: WeeklyPlan) -> bool:
    return can_write_plan(user, plan)


def is_author(user: User, post: PlannedPost) -> bool:
    """The person wrote the post or any of its revisions."""
    return post.created_by_id == user.pk or Revision.objects.filter(post=post, made_by=user).exists()


def can_decide(user: User, post: PlannedPost) -> bool:
    """Approve or return. Four eyes: never an author of any revision, whatever the role."""
    return user.may(Permission.DECIDE_PLAN, post.plan.organization) and not is_author(user, post)


def can_record(user: User, account: Account) -> bool:
    """Record what came out in the account."""
    return user.may(Permission.RECORD_PUBLICATION, account.organization)


def can_remove(user: User, publication: Publication) -> bool:
    """Take back what was entered by hand; what the portal collected itself is a fact."""
    return publication.source == Source.MANUAL and can_record(user, publication.account)
