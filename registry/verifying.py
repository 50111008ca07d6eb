"""The checklist by which the department verifies: which questions are asked, and when they are answered (p 2.1, 3)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from registry.models import IN_USE, Account, CheckItem, CheckUse, Proposal, ProposalKind

Answers = list[dict[str, str]]

_YES, _NO, _NOT_APPLICABLE = "yes", "no", "na"


def put_items(rows: Iterable[dict[str, object]]) -> int:
    """Questions the district begins with; once the list is kept by people, nothing is added to it."""
    if CheckItem.objects.exists():
        return 0
    items = [CheckItem(**row, position=position * 10) for position, row in enumerate(rows, 1)]
    return len(CheckItem.objects.bulk_create(items))


def items_for(proposal: Proposal, account: Account) -> list[CheckItem]:
    """The questions about the entry as it would be accepted.

    The whole list where a page joins, moves or comes back, a short one otherwise. Closing and suspending ask nothing.
    """
    if proposal.kind in (ProposalKind.SUSPEND, ProposalKind.ARCHIVE):
        return []
    stored = proposal.account
    is_other = stored is None or (stored.url, stored.status) != (account.url, account.status)
    page = is_other and bool(account.url) and account.status in IN_USE
    return CheckItem.used_for(CheckUse.PAGE if page else CheckUse.EDIT)


def lacking(items: Iterable[CheckItem], answers: Answers) -> str:
    """Why it cannot be accepted with these answers, as a sentence; "" when it can."""
    given = {row["text"]: row for row in answers}
    open_ones = [item for item in items if given.get(item.text, {}).get("answer") not in (_YES, _NO, _NOT_APPLICABLE)]
    if open_ones:
        return _("The checklist is not answered to the end: “%(question)s”.") % {"question": open_ones[0]}
    for item in items:
        row = given[item.text]
        if item.is_must and row["answer"] != _YES:
            return _("Without a yes to “%(question)s” nothing is accepted. Reject it with a reason.") % {
                "question": item
            }
        if row["answer"] == _NO and not row.get("note"):
            return _("Say what is wrong: “%(question)s”.") % {"question": item}
    return ""
