"""Entries: `GET /api/v1/accounts/?q=&network=&organization=&status=&page=&page_size=` and `/api/v1/accounts/<id>/`."""

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.described import SIZE, asked, extend_schema, page_of, refusals
from registry.api.pages import AccountPagination, after
from registry.api.problems import Refused
from registry.api.reading import PublicView
from registry.api.rows import AccountSerializer
from registry.filters import AccountFilter
from registry.models import PUBLIC_STATUSES, Account
from registry.models.accounts import AccountQuerySet

_PAGE = page_of(
    "AccountPage",
    AccountSerializer,
    count=serializers.IntegerField(required=False),
    previous=serializers.URLField(allow_null=True, required=False),
    cursor=serializers.CharField(allow_null=True, required=False),
)


class AccountListView(PublicView):
    """The public entries that obey the filter, ordered by number."""

    known = frozenset({*AccountFilter.base_filters, "page", "page_size", "cursor"})

    @extend_schema(
        operation_id="accounts",
        responses={200: _PAGE, **refusals(400, 404)},
        parameters=[
            asked("q", {"type": "string", "maxLength": 200}),
            asked("network"),
            asked("organization"),
            asked("status", enum=[status.value for status in PUBLIC_STATUSES]),
            asked("page", {"type": "integer", "minimum": 1}),
            asked("cursor", description="empty for the first page: then pages follow one another without numbers"),
            SIZE,
        ],
    )
    def get(self, request: Request) -> Response:
        rows = self.rows(request)
        if "cursor" in request.query_params:
            page, following, last = after(rows.with_relations(), request)
            results = AccountSerializer(page, many=True).data
            return Response({"next": following, "cursor": last, "results": results})
        pagination = AccountPagination()
        numbered = pagination.paginate_queryset(rows.order_by("pk"), request, self)
        return pagination.get_paginated_response(AccountSerializer(numbered, many=True).data)

    def rows(self, request: Request) -> AccountQuerySet:
        chosen = AccountFilter(request.query_params, queryset=Account.objects.public(), request=request)
        if not chosen.is_valid():
            raise Refused(chosen.sentence)
        rows: AccountQuerySet = chosen.qs
        return rows


class AccountView(PublicView):
    """One public entry by its permanent number."""

    @extend_schema(operation_id="account", responses={200: AccountSerializer, **refusals(400, 404)})
    def get(self, request: Request, pk: int) -> Response:
        account = Account.objects.public().with_relations().filter(pk=pk).first()
        if account is None:
            raise NotFound(_("There is no such entry in the registry."))
        return Response(AccountSerializer(account).data)
