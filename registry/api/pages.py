"""Pages of long lists: by number, as the list of accounts has always had them, and by cursor, the same at any depth."""

from typing import Any, TypeVar

from django.core.paginator import InvalidPage
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from registry.api.problems import Refused
from registry.api.reading import number
from registry.paging import LateRowsPaginator

Row = TypeVar("Row", bound=Model)
PAGE_SIZE, MAX_PAGE_SIZE = 50, 100
CURSOR = frozenset({"cursor", "page_size"})


def size_of(request: Request) -> int:
    """How many rows a page has."""
    size = number(request, "page_size", PAGE_SIZE)
    if size > MAX_PAGE_SIZE:
        raise Refused(_("There are at most %(size)d entries in a page.") % {"size": MAX_PAGE_SIZE})
    return size


class AccountPagination(PageNumberPagination):
    """`page` and `page_size`; what cannot be a page is 400, a page that is not there is 404."""

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        self.request = request
        try:
            self.page = LateRowsPaginator(queryset, size_of(request)).page(number(request, "page", 1))
        except InvalidPage as error:
            raise NotFound(_("There is no such page.")) from error
        return list(self.page)


def after(rows: QuerySet[Row], request: Request) -> tuple[list[Row], str | None, str | None]:
    """The rows after `cursor` by number, the address of the next page, and the cursor behind the last row."""
    size, cursor = size_of(request), request.query_params.get("cursor")
    start = _start(cursor) if cursor else 0
    found = list(rows.filter(pk__gt=start).order_by("pk")[: size + 1])
    shown = found[:size]
    last = f"c{shown[-1].pk}" if shown else cursor or None
    address = request.build_absolute_uri()
    return shown, replace_query_param(address, "cursor", last) if len(found) > size else None, last


def _start(cursor: str) -> int:
    digits = cursor[1:]
    if cursor[0] != "c" or not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise Refused(_("Take the cursor from the answer before, as it is."))
    return int(digits)
