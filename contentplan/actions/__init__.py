"""Everything that can happen to a content plan: one function, one transaction, one row of a journal."""

from contentplan.actions.claims import claim, release
from contentplan.actions.copying import Copied, copy_last_week
from contentplan.actions.corrections import acknowledge, correct, undo, undo_all, undoable
from contentplan.actions.habits import delete_slot, keep_slots, take_suggestion
from contentplan.actions.ideas import add_idea, delete_idea, plan_idea
from contentplan.actions.looks import look, set_important_note
from contentplan.actions.media import add_media
from contentplan.actions.missed import mark_missed, say_why_missed
from contentplan.actions.moving import move_back, move_to
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
from contentplan.actions.repeating import end, make_drafts, repeat, skip
from contentplan.actions.stops import lift_stop, stop_publishing
from contentplan.actions.templates import add_template, delete_template, edit_template
from contentplan.actions.urgent import allow_urgent, look_over, record_urgent
from contentplan.content import PostContent

__all__ = [
    "Copied",
    "HandIn",
    "LeftOut",
    "PostContent",
    "ShortOfNorm",
    "account_of",
    "acknowledge",
    "add_idea",
    "add_media",
    "add_post",
    "add_template",
    "allow_urgent",
    "answer_remarks",
    "approve",
    "approve_all",
    "cancel",
    "claim",
    "copy_last_week",
    "correct",
    "delete_draft",
    "delete_idea",
    "delete_slot",
    "delete_template",
    "edit_post",
    "edit_template",
    "end",
    "hand_in",
    "hold",
    "keep_slots",
    "lift_stop",
    "look",
    "look_over",
    "make_drafts",
    "mark_missed",
    "move_back",
    "move_to",
    "open_plan",
    "plan_idea",
    "publish_urgently",
    "record_publication",
    "record_urgent",
    "release",
    "remove_publication",
    "repeat",
    "restore",
    "resume",
    "return_for_changes",
    "say_why_missed",
    "set_important_note",
    "skip",
    "stop_publishing",
    "submit",
    "take_suggestion",
    "undo",
    "undo_all",
    "undoable",
    "withdraw",
]
