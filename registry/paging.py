"""Pages of a long list that cost the same at the end as at the start."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.core.paginator import Page, Paginator

from registry.models import Account
from registry.models.accounts import AccountQuerySet

if TYPE_CHECKING:
    AccountPaginator = Paginator[Account]
else:
    AccountPaginator = Paginator


class LateRowsPaginator(AccountPaginator):
    """Skips over narrow index entries only; whole rows with their relations are fetched for one page.

    `object_list` must be ordered by columns that make the order total.
    """

    def page(self, number: int | str) -> "Page[Account]":
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        narrow = cast("AccountQuerySet", self.object_list).values_list("pk", flat=True)
        keys = list(narrow[start : start + self.per_page])
        rows = Account.objects.with_relations().in_bulk(keys)
        found: Sequence[Account] = [rows[key] for key in keys if key in rows]
        return Page(found, number, self)
