"""The path of a planned post: its states, its moves, and the one table of who may make which (procedure, cl. 2.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.roles import Permission
from review.door import Arrow
from review.door import arrow as _arrow


class Status(models.TextChoices):
    """Where a planned post stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("awaiting approval")
    NEEDS_CHANGES = "needs_changes", _("returned")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", pgettext_lazy("planned post", "came out")
    MISSED = "missed", pgettext_lazy("planned post", "did not come out")
    ON_HOLD = "on_hold", pgettext_lazy("planned post", "on hold")
    CANCELLED = "cancelled", pgettext_lazy("planned post", "taken off the plan")


class Move(models.TextChoices):
    """What can be done to a post's state; the label says what was done."""

    SUBMIT = "submit", _("Sent for approval")
    WITHDRAW = "withdraw", _("Withdrew it")
    APPROVE = "approve", _("Approved it")
    CORRECT = "correct", _("Corrected and approved it")
    RETURN = "return", _("Returned with remarks")
    UNDO = "undo", _("Took the decision back")
    REOPEN = "reopen", _("Changed it: it awaits approval again")
    PUT_BACK = "put_back", _("Took the change back: the approval stands")
    PUBLISH = "publish", _("Marked that it came out")
    UNPUBLISH = "unpublish", _("Took back the mark that it came out")
    UNPUBLISH_URGENT = "unpublish_urgent", _("Took back the mark that it came out urgently")
    PUBLISH_URGENTLY = "publish_urgently", _("Published urgently, without approval")
    LOOK_OVER = "look_over", _("Looked at it after it came out")
    MISS = "miss", _("It did not come out in time")
    HOLD = "hold", _("Put it on hold")
    RESUME = "resume", _("Lifted the hold")
    CANCEL = "cancel", _("Took it off the plan")
    RESTORE = "restore", _("Put it back into the plan")


_write, _decide, _record = Permission.WRITE_PLAN, Permission.DECIDE_PLAN, Permission.RECORD_PUBLICATION
_S = Status

# The whole path of a post. Only actions.path follows these arrows; rules, buttons and the test of every
# state × move × role × body read the same table.
TRANSITIONS: dict[Move, Arrow[Status]] = {
    Move.SUBMIT: _arrow({_S.DRAFT, _S.NEEDS_CHANGES}, _S.SUBMITTED, _write),
    # Only while no reviewer has claimed it.
    Move.WITHDRAW: _arrow({_S.SUBMITTED}, _S.DRAFT, _write),
    Move.APPROVE: _arrow({_S.SUBMITTED}, _S.APPROVED, _decide, other_eyes=True),
    Move.CORRECT: _arrow({_S.SUBMITTED}, _S.APPROVED, _decide, other_eyes=True),
    Move.RETURN: _arrow({_S.SUBMITTED}, _S.NEEDS_CHANGES, _decide, other_eyes=True),
    # By the same reviewer, within seconds.
    Move.UNDO: _arrow({_S.APPROVED, _S.NEEDS_CHANGES}, _S.SUBMITTED, _decide, other_eyes=True),
    # By itself, when an approved wording changes.
    Move.REOPEN: _arrow({_S.APPROVED, _S.ON_HOLD, _S.MISSED}, _S.SUBMITTED, _write),
    # By itself, when the author takes such a change back within seconds and nobody has looked at it.
    Move.PUT_BACK: _arrow({_S.SUBMITTED}, _S.APPROVED, _write),
    # By itself, when the last of its links is recorded or taken back.
    Move.PUBLISH: _arrow({_S.APPROVED, _S.MISSED, _S.ON_HOLD}, _S.PUBLISHED, _record),
    Move.UNPUBLISH: _arrow({_S.PUBLISHED}, _S.APPROVED, _record),
    # What came out without approval has none to go back to.
    Move.UNPUBLISH_URGENT: _arrow({_S.PUBLISHED}, _S.DRAFT, _record),
    Move.PUBLISH_URGENTLY: _arrow({_S.DRAFT}, _S.PUBLISHED, _write, reason={_S.DRAFT}),
    # What came out without approval is looked at afterwards; nothing moves.
    Move.LOOK_OVER: _arrow({_S.PUBLISHED}, _S.PUBLISHED, _decide, other_eyes=True),
    Move.MISS: _arrow({_S.APPROVED}, _S.MISSED, None),
    Move.HOLD: _arrow({_S.APPROVED}, _S.ON_HOLD, _decide, reason={_S.APPROVED}),
    Move.RESUME: _arrow({_S.ON_HOLD}, _S.APPROVED, _decide),
    Move.CANCEL: _arrow(
        {_S.DRAFT, _S.NEEDS_CHANGES, _S.APPROVED, _S.ON_HOLD, _S.MISSED},
        _S.CANCELLED,
        _write,
        reason={_S.APPROVED, _S.ON_HOLD, _S.MISSED},
    ),
    Move.RESTORE: _arrow({_S.CANCELLED}, _S.DRAFT, _write),
}

# What a reviewer decides about a submitted post.
DECISIONS = (Move.APPROVE, Move.CORRECT, Move.RETURN)
# Of these, the ones that approve.
APPROVALS = (Move.APPROVE, Move.CORRECT)
# What a plan still promises: neither out, nor missed, nor stopped, nor taken off.
AHEAD = (Status.DRAFT, Status.SUBMITTED, Status.NEEDS_CHANGES, Status.APPROVED)
# States that say that somebody approved the present wording.
WITH_APPROVAL = (Status.APPROVED, Status.ON_HOLD, Status.MISSED)


class MissReason(models.TextChoices):
    """Why an approved post did not come out: one tap."""

    FORGOT = "forgot", _("we forgot")
    NO_TIME = "no_time", _("there was no time")
    NO_MATERIAL = "no_material", _("the photo or the text was not ready")
    OUTDATED = "outdated", _("it is no longer topical")
    ACCESS = "access", _("we cannot sign in to the account")
    NETWORK = "network", _("the network or the line was down")
    NOT_MARKED = "not_marked", _("it came out, but was not marked")
    OTHER = "other", _("another reason")
