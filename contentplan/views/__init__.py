"""Pages of the content plan: the week, its posts, the queue of approval, what came out."""

from contentplan.views.approve_all import plan_approve
from contentplan.views.checking import post_check
from contentplan.views.drafts import draft_detail, draft_forget, draft_save
from contentplan.views.export import (
    export_create,
    export_detail,
    export_file,
    plan_export,
    plan_export_file,
    plan_print,
)
from contentplan.views.feeds import calendar_feed, feed_create, feed_list, feed_revoke
from contentplan.views.imports import import_columns, import_create, import_detail, import_row_mend, import_take
from contentplan.views.matrix import plan_matrix
from contentplan.views.media import media_file, media_state, media_thumbnail, media_upload, post_files
from contentplan.views.posts import post_create, post_delete, post_edit, post_submit
from contentplan.views.publications import plan_publications
from contentplan.views.weeks import plan_detail, plan_hand_in, plan_mine

__all__ = [
    "calendar_feed",
    "draft_detail",
    "draft_forget",
    "draft_save",
    "export_create",
    "export_detail",
    "export_file",
    "feed_create",
    "feed_list",
    "feed_revoke",
    "import_columns",
    "import_create",
    "import_detail",
    "import_row_mend",
    "import_take",
    "media_file",
    "media_state",
    "media_thumbnail",
    "media_upload",
    "plan_approve",
    "plan_detail",
    "plan_export",
    "plan_export_file",
    "plan_hand_in",
    "plan_matrix",
    "plan_mine",
    "plan_print",
    "plan_publications",
    "post_check",
    "post_create",
    "post_delete",
    "post_edit",
    "post_files",
    "post_submit",
]
