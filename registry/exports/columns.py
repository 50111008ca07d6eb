"""What a public entry is made of when it is a flat row: the one list behind files, open data and their description."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from people.export import safe_cell
from registry.models import Account, AccountStatus
from registry.models.accounts import AccountQuerySet

Kind = Literal["string", "integer", "date", "boolean", "url"]
CHUNK = 2000


@dataclass(frozen=True)
class Column:
    """One column: its code for programs, its title for people, what is in it, and where it is read."""

    code: str
    title: Promise
    kind: Kind
    # The way from an entry, as the ORM writes it.
    source: str
    description: Promise | None = None
    # Makes the published value of the stored one.
    show: Callable[[Any], Any] | None = None

    def value(self, account: Account) -> Any:
        """The value of one entry: text, number, day, yes or no, None."""
        found: Any = account
        for step in self.source.split("__"):
            found = getattr(found, step) if found is not None else None
        return self.of(found)

    def of(self, stored: Any) -> Any:
        """The published value of what the database keeps; an empty text is None."""
        value = self.show(stored) if self.show else stored
        return None if value == "" else value


def card(pk: int) -> str:
    """The permanent address of the entry."""
    before, after = _around(settings.SITE_URL)
    return f"{before}{pk}{after}"


@lru_cache(maxsize=4)
def _around(site: str) -> tuple[str, str]:
    """What stands before and after the number of an entry: found out once, not for each of 100,000 rows."""
    before, _number, after = f"{site}{reverse('registry:account_detail', args=[0])}".rpartition("0")
    return before, after


def _status(value: str) -> str:
    return str(AccountStatus(value).label)


COLUMNS = (
    Column("id", _("Number of the entry"), "integer", "pk", _("It never changes and is never given anew")),
    Column("organization", _("Body"), "string", "organization__name"),
    Column("network", _("Network"), "string", "network__name", _("Empty when the body lawfully keeps no page at all")),
    Column("name", _("Page"), "string", "name"),
    Column("url", _("Link"), "url", "url"),
    Column("handle", _("Name in the address"), "string", "handle"),
    Column("status_name", _("Status"), "string", "status", show=_status),
    Column("opened_on", _("Kept since"), "date", "opened_on"),
    Column("closed_on", _("Closed on"), "date", "closed_on"),
    Column(
        "verified_on", _("Verified on"), "date", "last_verified_on", _("The day the page was last compared with it")
    ),
    Column("legal_act", _("Legal act"), "string", "legal_act__title"),
    Column("responsible_post", _("Responsible post"), "string", "responsible_post"),
    Column("work_phone", _("Work phone"), "string", "work_phone"),
    Column("work_email", _("Work e-mail"), "string", "work_email"),
    Column("description", _("Description of the page"), "string", "description"),
    Column("external_id", _("Permanent number in the network"), "string", "external_id"),
    Column("status", _("Code of the status"), "string", "status"),
    Column("network_code", _("Code of the network"), "string", "network__slug"),
    Column("organization_code", _("Code of the body"), "string", "organization__slug"),
    Column("oktmo", _("Code by OKTMO"), "string", "organization__oktmo"),
    Column("official_site", _("Official site of the body"), "url", "organization__official_site"),
    Column("has_state_mark", _("Mark of a state organization"), "boolean", "has_state_mark"),
    Column("in_state_pages", _("Connected to the system of state pages"), "boolean", "in_state_pages"),
    Column("has_opinion_widget", _("Widget for opinions"), "boolean", "has_opinion_widget"),
    Column("has_problem_widget", _("Widget for problems"), "boolean", "has_problem_widget"),
    Column("comments_open", _("Comments are open"), "boolean", "comments_open"),
    Column("subscribers", _("Subscribers"), "integer", "subscribers"),
    Column("subscribers_on", _("Subscribers counted on"), "date", "subscribers_on"),
    Column("rkn_number", _("Number in the list of Roskomnadzor"), "string", "rkn_number"),
    Column("card", _("Card of the entry"), "url", "pk", _("The permanent address in this registry"), card),
)


def headings() -> list[str]:
    return [str(column.title) for column in COLUMNS]


def values(rows: AccountQuerySet) -> Iterator[list[Any]]:
    """One list for each entry, in the order of the registry; memory does not grow with their number."""
    # A few statuses are told of very many entries.
    made = [lru_cache(maxsize=64)(column.of) if column.show else None for column in COLUMNS]
    for row in rows.in_order().values_list(*sources()).iterator(chunk_size=CHUNK):
        yield [of(value) if of else (None if value == "" else value) for of, value in zip(made, row, strict=True)]


def sources() -> list[str]:
    return [column.source for column in COLUMNS]


def cells(rows: Iterable[list[Any]], *, words: bool = True) -> Iterator[list[Any]]:
    """The rows for a table of text that the csv module writes: nothing that could run as a formula.

    Yes and no stand as words for people, else as `true` and `false`. Days are left to `str`: ISO, as they are written.
    """
    yes, no = (gettext_now("yes"), gettext_now("no")) if words else ("true", "false")
    for row in rows:
        # In one expression: there are three million cells. What begins with a letter or a digit cannot run.
        yield [
            (value if value[:1].isalnum() else safe_cell(value))
            if isinstance(value, str)
            else (yes if value else no)
            if isinstance(value, bool)
            else value
            for value in row
        ]
