"""Who may do what with a content plan (procedure, cl. 2.2, 2.3 and 5).

A rule says whether the *person* may; whether the *thing* still allows it is asked by the one door in
`actions.path`, which answers with a sentence instead of a refusal. Only a week that is over closes a plan here.
"""

from contentplan.models import (
    TRANSITIONS,
    Move,
    Occasion,
    PackOffer,
    PlannedPost,
    PlanRules,
    Publication,
    Revision,
    RevisionKind,
    Source,
    WeeklyPlan,
)
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
    """The person began the post or wrote any of its wordings; a reviewer's correction is no authorship."""
    written = Revision.objects.filter(post=post, made_by=user, kind=RevisionKind.EDIT)
    return post.created_by_id == user.pk or written.exists()


def can_move(user: User, post: PlannedPost, move: Move) -> bool:
    """Whether this person may make the move at all, by the one table; whether the post still allows it: the door."""
    arrow = TRANSITIONS[move]
    if arrow.permission is None or not user.may(arrow.permission, post.plan.organization):
        return False
    return not (arrow.other_eyes and is_author(user, post))


def can_publish_urgently(user: User, post: PlannedPost) -> bool:
    """Without approval: only where the department lets this body do so."""
    allowed = PlanRules.objects.filter(organization=post.plan.organization, may_publish_urgently=True).exists()
    return allowed and can_move(user, post, Move.PUBLISH_URGENTLY)


def can_allow_urgent(user: User, organization: Organization) -> bool:
    """Let a body publish urgently without approval, or stop it from doing so."""
    return user.may(Permission.DECIDE_PLAN, organization)


def can_replan(user: User, post: PlannedPost) -> bool:
    """Give the post another time; what was missed or held too when its own week is over meanwhile."""
    waits = post.is_missed or post.is_held
    return can_edit(user, post) or (waits and can_write(user, post.plan.organization))


def can_say_why_missed(user: User, post: PlannedPost) -> bool:
    """Say why a post did not come out."""
    return can_record_in(user, post.plan.organization)


def can_stop(user: User, organization: Organization) -> bool:
    """Stop publishing in the body and everything below it, and lift the stop."""
    return user.may(Permission.DECIDE_PLAN, organization)


def can_decide(user: User, post: PlannedPost) -> bool:
    """Approve, correct or return. Four eyes: never an author of the text, whatever the role."""
    return can_move(user, post, Move.APPROVE)


def can_answer(user: User, post: PlannedPost) -> bool:
    """Say to each remark: done, or why not."""
    return can_write(user, post.plan.organization)


def can_acknowledge(user: User, post: PlannedPost) -> bool:
    """Answer a reviewer's correction: its authors, as long as they write for the body."""
    return can_write(user, post.plan.organization) and is_author(user, post)


def can_keep_note(user: User, post: PlannedPost) -> bool:
    """Set and remove the important note: its authors and the department."""
    return user.may(Permission.DECIDE_PLAN, post.plan.organization) or can_acknowledge(user, post)


def can_record(user: User, account: Account) -> bool:
    """Record what came out in the account."""
    return can_record_in(user, account.organization)


def can_record_in(user: User, organization: Organization) -> bool:
    """Record what came out in the accounts of the body."""
    return user.may(Permission.RECORD_PUBLICATION, organization)


def can_remove(user: User, publication: Publication) -> bool:
    """Take back what was entered by hand; what the portal collected itself is a fact."""
    return publication.source == Source.MANUAL and can_record(user, publication.account)


def can_keep_occasions(user: User, organization: Organization) -> bool:
    """Enter, correct and delete the occasions of this body."""
    return user.may(Permission.WRITE_PLAN, organization)


def can_set_for_below(user: User, organization: Organization) -> bool:
    """Put an occasion on the boards of all bodies below, make it mandatory, send a topic pack: the department."""
    return user.may(Permission.DECIDE_PLAN, organization)


def can_change_occasion(user: User, occasion: Occasion) -> bool:
    wide = occasion.for_bodies_below or occasion.is_mandatory
    may = can_set_for_below if wide else can_keep_occasions
    return may(user, occasion.organization)


def can_answer_offer(user: User, offer: PackOffer) -> bool:
    """Take an offered pack or decline it: whoever writes the plan of the body."""
    return user.may(Permission.WRITE_PLAN, offer.organization)
