"""Who may read and write the journal, answer people and approve replies (procedure, cl. 2.3 and 7)."""

from moderation.models import Message, Objection, PendingDecision, Reply, ReplyMove, ReplyRevision
from moderation.models.replies import TRANSITIONS
from people.models import Organization, User
from people.roles import Permission
from review.models import RevisionKind


def can_read(user: User) -> bool:
    """Opens the journal at all; which rows are there, `visible_to` says."""
    return user.may_anywhere(Permission.VIEW_JOURNAL)


def can_moderate(user: User) -> bool:
    """Opens the entry form; which accounts it offers, `accounts_of` in forms.py says."""
    return user.may_anywhere(Permission.MODERATE)


def can_moderate_for(user: User, organization: Organization) -> bool:
    """Enters decisions, and takes them back, for this body."""
    return user.may(Permission.MODERATE, organization)


def can_look(user: User, message: Message) -> bool:
    """See personal data in it, saying why."""
    return user.may(Permission.UNMASK, message.organization)


def can_see_triage(user: User) -> bool:
    """Reads the lists of triage and tries a text on them: who moderates, and who keeps the lists."""
    return can_moderate(user) or can_keep_triage(user)


def can_keep_triage(user: User) -> bool:
    """Adds rules of triage and switches them off: they hold for the whole portal, like other reference lists."""
    return user.may_anywhere(Permission.MANAGE_REFERENCE)


def can_write_reply(user: User, message: Message) -> bool:
    """Write a reply for the body, put it out when it is approved."""
    return user.may(Permission.MODERATE, message.organization)


def can_move_reply(user: User, reply: Reply, move: ReplyMove) -> bool:
    """Whether this person may make the move at all, by the one table; whether the reply still allows it: the door."""
    arrow = TRANSITIONS[move]
    if arrow.permission is None or not user.may(arrow.permission, reply.message.organization):
        return False
    return not (arrow.other_eyes and is_reply_author(user, reply))


def can_decide_reply(user: User, reply: Reply) -> bool:
    """Approve, correct or return. Four eyes: never an author of the text, whatever the role (procedure, cl. 2.3)."""
    return can_move_reply(user, reply, ReplyMove.APPROVE)


def can_decide_replies(user: User) -> bool:
    """Opens the queue of replies that wait for approval."""
    return user.may_anywhere(Permission.DECIDE_REPLY)


def is_reply_author(user: User, reply: Reply) -> bool:
    """The person began the reply or wrote any of its wordings; a reviewer's correction is no authorship."""
    written = ReplyRevision.objects.filter(reply=reply, made_by=user, kind=RevisionKind.EDIT)
    return reply.created_by_id == user.pk or written.exists()


def can_acknowledge_reply(user: User, reply: Reply) -> bool:
    """Answer a reviewer's correction: its authors, as long as they write for the body."""
    return can_write_reply(user, reply.message) and is_reply_author(user, reply)


def can_answer_unapproved(user: User, organization: Organization) -> bool:
    """Mark a message as answered past the approval (by telephone, before the portal): only who approves replies."""
    return user.may(Permission.DECIDE_REPLY, organization)


def can_keep_templates(user: User, organization: Organization | None) -> bool:
    """A body keeps its own templates of replies; those for everybody, who approves replies."""
    if organization is None:
        return user.may_anywhere(Permission.DECIDE_REPLY)
    return user.may(Permission.MODERATE, organization)


def can_decide_pending(user: User, pending: PendingDecision) -> bool:
    """Confirm or refuse a removal of criticism: never whoever wanted it."""
    return user.may(Permission.MODERATE, pending.organization) and user.pk != pending.made_by_id


def can_decide_objection(user: User, objection: Objection) -> bool:
    """Decide on an objection: never whoever took the decision or confirmed it."""
    decision = objection.decision
    return user.may(Permission.MODERATE, decision.organization) and user.pk not in (
        decision.made_by_id,
        decision.confirmed_by_id,
    )


def can_see_differences(user: User) -> bool:
    """Compare how bodies decide: the department's work."""
    return user.may_anywhere(Permission.DECIDE_REPLY)
