"""The public registry as a table for Excel: CSV in UTF-8 with a BOM, streamed row by row."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.export import safe_cell
from registry.models import Account
from registry.models.accounts import AccountQuerySet

BOM = "\ufeff"


class _Echo:
    """A file that hands each line straight back."""

    def write(self, line: str) -> str:
        return line


def csv_response(rows: AccountQuerySet) -> StreamingHttpResponse:
    """The file with these entries, named by the day."""
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="accounts-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


def _lines(rows: AccountQuerySet) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM
    yield writer.writerow(_headings())
    # Server-side cursor: memory does not grow with the registry.
    for account in rows.for_listing().iterator(chunk_size=2000):
        yield writer.writerow([safe_cell(value) for value in _row(account)])


def _headings() -> list[str]:
    return [
        _("Number of the entry"),
        _("Body"),
        _("Network"),
        _("Page"),
        _("Link"),
        _("Name in the address"),
        _("Status"),
        _("Kept since"),
        _("Closed on"),
        _("Verified on"),
        _("Legal act"),
        _("Responsible post"),
        _("Work phone"),
        _("Work e-mail"),
    ]


def _row(account: Account) -> Iterable[object]:
    return (
        account.pk,
        account.organization.name,
        account.network.name if account.network else None,
        account.name,
        account.url,
        account.handle,
        account.get_status_display(),
        account.opened_on,
        account.closed_on,
        account.last_verified_on,
        account.legal_act.title if account.legal_act else None,
        account.responsible_post,
        account.work_phone,
        account.work_email,
    )
