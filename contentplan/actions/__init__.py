"""Everything that can happen to a content plan: one function, one transaction, one row of a journal."""

from contentplan.actions.claims import claim, release
from contentplan.actions.corrections import acknowledge, correct, undo, undoable
from contentplan.actions.looks import look, set_important_note
from contentplan.actions.missed import mark_missed, say_why_missed
from contentplan.actions.path import (
    approve,
    cancel,
    hold,
    publish_urgently,
    restore,
    resume,
    return_for_changes,
    withdraw,
)
from contentplan.actions.plans import HandIn, LeftOut, ShortOfNorm, approve_all, hand_in, open_plan, submit
from contentplan.actions.posts import add_post, delete_draft, edit_post
from contentplan.actions.publications import account_of, record_publication, remove_publication
from contentplan.actions.remarks import answer_remarks
from contentplan.actions.stops import lift_stop, stop_publishing
from contentplan.actions.urgent import allow_urgent, look_over, record_urgent
from contentplan.content import PostContent

__all__ = [
    "HandIn",
    "LeftOut",
    "PostContent",
    "ShortOfNorm",
    "acknowledge",
    "account_of",
    "add_post",
    "allow_urgent",
    "answer_remarks",
    "approve",
    "approve_all",
    "cancel",
    "claim",
    "correct",
    "delete_draft",
    "edit_post",
    "hand_in",
    "hold",
    "lift_stop",
    "look",
    "look_over",
    "mark_missed",
    "open_plan",
    "publish_urgently",
    "record_publication",
    "record_urgent",
    "release",
    "remove_publication",
    "restore",
    "resume",
    "return_for_changes",
    "say_why_missed",
    "set_important_note",
    "stop_publishing",
    "submit",
    "undo",
    "undoable",
    "withdraw",
]
