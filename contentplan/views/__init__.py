"""Pages of the content plan: the week, its posts, the queue of approval, what came out."""

from contentplan.views.matrix import plan_matrix
from contentplan.views.posts import post_create, post_delete, post_edit, post_submit
from contentplan.views.publications import (
    plan_publications,
    publication_add,
    publication_create,
    publication_remove,
)
from contentplan.views.review import post_approve, post_detail, post_return, review_queue
from contentplan.views.weeks import plan_detail, plan_hand_in, plan_mine

__all__ = [
    "plan_detail",
    "plan_hand_in",
    "plan_matrix",
    "plan_mine",
    "plan_publications",
    "post_approve",
    "post_create",
    "post_delete",
    "post_detail",
    "post_edit",
    "post_return",
    "post_submit",
    "publication_add",
    "publication_create",
    "publication_remove",
    "review_queue",
]
