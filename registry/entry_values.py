"""An entry as plain values: what a proposal keeps, and how it is laid over the entry again."""

from datetime import date
from typing import Any

from django.db import models

from registry.models import Account, Proposal

# Columns that a proposal may set; everything else follows from them or is set by an action of its own.
COLUMNS = (
    "organization",
    "network",
    "url",
    "handle",
    "external_id",
    "name",
    "description",
    "status",
    "opened_on",
    "closed_on",
    "legal_act",
    "responsible_post",
    "work_phone",
    "work_email",
    "has_state_mark",
    "in_state_pages",
    "has_opinion_widget",
    "has_problem_widget",
    "has_avatar",
    "has_cover",
    "comments_open",
    "subscribers",
    "subscribers_on",
    "rkn_number",
)
# Values of a proposal that are no columns: people, an act still to be written down, how a page was closed.
PEOPLE, NEW_ACT, CLOSING = "responsible_people", "new_act", "closing"

Values = dict[str, Any]


def values_of(account: Account) -> Values:
    """{column: key of a row, number, word, ISO day}."""
    return {name: _plain(getattr(account, _field(name).attname)) for name in COLUMNS}


def changed(before: Account | None, after: Account) -> Values:
    """The columns of `after` that differ; of a new entry all that say something."""
    known = values_of(before) if before else dict.fromkeys(COLUMNS)
    return {
        name: value
        for name, value in values_of(after).items()
        if value != known[name] and not (_is_empty(value) and _is_empty(known[name]))
    }


def applied(proposal: Proposal) -> Account:
    """The entry as it would be: the present one with the proposed values over it. Not stored."""
    if proposal.account_id:
        account = Account.objects.select_related("organization", "network", "legal_act").get(pk=proposal.account_id)
    else:
        account = Account(organization=proposal.organization)
    for name, value in proposal.values.items():
        if name in COLUMNS:
            lay(account, name, value)
    return account


def lay(account: Account, name: str, value: Any) -> None:
    """Sets one column from its plain value."""
    field = _field(name)
    if isinstance(field, models.DateField) and isinstance(value, str):
        value = date.fromisoformat(value)
    setattr(account, field.attname, value)


def overtaken(proposal: Proposal) -> list[str]:
    """Columns of the entry that somebody has changed since it was proposed to change them."""
    if proposal.account is None:
        return []
    now = values_of(proposal.account)
    return [name for name, was in proposal.base.items() if name in now and now[name] != was]


def _field(name: str) -> "models.Field[Any, Any]":
    field = Account._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 - for the type checker
    return field


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _is_empty(value: Any) -> bool:
    return value is None or value == ""
