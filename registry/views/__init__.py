"""Pages of the registry: open to everybody, and those where it is kept."""

from registry.views.accounts import (
    account_create,
    account_detail,
    account_edit,
    account_list,
    account_manage,
    account_verify,
)
from registry.views.changes import account_named, change_feed, change_list
from registry.views.check import account_code, account_sign, check, check_code
from registry.views.closed import closed_list, closed_look
from registry.views.exports import account_file
from registry.views.fakes import (
    fake_edit,
    fake_list,
    fake_report,
    fake_thanks,
    report_confirm,
    report_list,
    report_reject,
    report_reopen,
)
from registry.views.imports import import_columns, import_create, import_detail, import_row_mend, import_take
from registry.views.opendata import (
    opendata_file,
    opendata_list,
    opendata_passport,
    opendata_register,
    opendata_terms,
)
from registry.views.own_acts import own_act_detail, own_act_draft, own_act_list
from registry.views.proposals import (
    account_move,
    proposal_accept,
    proposal_detail,
    proposal_list,
    proposal_reject,
    proposal_withdraw,
)
from registry.views.reviewing import verification_list
from registry.views.robots import robots, sitemap, sitemap_section
from registry.views.trust import account_trust
from registry.views.widget import widget, widget_data, widget_frame, widget_script

__all__ = [
    "account_code",
    "account_create",
    "account_detail",
    "account_edit",
    "account_file",
    "account_list",
    "account_manage",
    "account_move",
    "account_named",
    "account_sign",
    "account_trust",
    "account_verify",
    "change_feed",
    "change_list",
    "check",
    "check_code",
    "closed_list",
    "closed_look",
    "fake_edit",
    "fake_list",
    "fake_report",
    "fake_thanks",
    "import_columns",
    "import_create",
    "import_detail",
    "import_row_mend",
    "import_take",
    "opendata_file",
    "opendata_list",
    "opendata_passport",
    "opendata_register",
    "opendata_terms",
    "own_act_detail",
    "own_act_draft",
    "own_act_list",
    "proposal_accept",
    "proposal_detail",
    "proposal_list",
    "proposal_reject",
    "proposal_withdraw",
    "report_confirm",
    "report_list",
    "report_reject",
    "report_reopen",
    "robots",
    "sitemap",
    "sitemap_section",
    "verification_list",
    "widget",
    "widget_data",
    "widget_frame",
    "widget_script",
]
