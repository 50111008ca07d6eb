"""Everything that can happen to a content plan: one function, one transaction, one row of a journal."""

from contentplan.actions.path import approve, return_for_changes
from contentplan.actions.plans import HandIn, LeftOut, ShortOfNorm, hand_in, open_plan, submit
from contentplan.actions.posts import add_post, delete_draft, edit_post
from contentplan.actions.publications import record_publication, remove_publication
from contentplan.content import PostContent

__all__ = [
    "HandIn",
    "LeftOut",
    "PostContent",
    "ShortOfNorm",
    "add_post",
    "approve",
    "delete_draft",
    "edit_post",
    "hand_in",
    "open_plan",
    "record_publication",
    "remove_publication",
    "return_for_changes",
    "submit",
]
