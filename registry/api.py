"""The registry for machines: public entries only, readable from any site, the same filter as the page.

`GET /api/v1/accounts/?q=&network=&organization=&status=&page=&page_size=` and `GET /api/v1/accounts/<id>/`.
No answer ever carries a person's name; the work phone and e-mail of an entry are public.
"""

from typing import Any

from django.conf import settings
from django.core.paginator import InvalidPage
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.models import Organization
from registry.filters import AccountFilter
from registry.models import Account, LegalAct
from registry.models.accounts import AccountQuerySet
from registry.paging import LateRowsPaginator

MAX_PAGE_SIZE = 100


class OrganizationSerializer(serializers.ModelSerializer[Organization]):
    """The body an entry belongs to."""

    class Meta:
        model = Organization
        fields = ("id", "slug", "kind", "name", "short_name", "centre", "official_site")


class LegalActSerializer(serializers.ModelSerializer[LegalAct]):
    """The act an entry rests on."""

    class Meta:
        model = LegalAct
        fields = ("title", "number", "signed_on", "url")


class AccountSerializer(serializers.ModelSerializer[Account]):
    """A public entry. `network` is null when the body lawfully keeps no page at all."""

    network = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    network_name = serializers.CharField(source="network.name", default=None)
    status_name = serializers.CharField(source="get_status_display")
    organization = OrganizationSerializer()
    legal_act = LegalActSerializer(allow_null=True)
    verified_on = serializers.DateField(source="last_verified_on")
    card = serializers.SerializerMethodField()

    class Meta:
        model = Account
        fields = (
            "id",
            "url",
            "network",
            "network_name",
            "handle",
            "external_id",
            "name",
            "description",
            "status",
            "status_name",
            "organization",
            "opened_on",
            "closed_on",
            "verified_on",
            "legal_act",
            "responsible_post",
            "work_phone",
            "work_email",
            "card",
        )

    def get_card(self, account: Account) -> str:
        """The permanent address of the entry's page in the registry."""
        return f"{settings.SITE_URL}{reverse('registry:account_detail', args=[account.pk])}"


class AccountPagination(PageNumberPagination):
    """`page` and `page_size`; what cannot be a page is 400, a page that is not there is 404."""

    page_size = 50

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        self.request = request
        size = _number(request, "page_size", self.page_size)
        if size > MAX_PAGE_SIZE:
            raise ValidationError(
                {"detail": _("There are at most %(size)d entries in a page.") % {"size": MAX_PAGE_SIZE}}
            )
        try:
            self.page = LateRowsPaginator(queryset, size).page(_number(request, "page", 1))
        except InvalidPage as error:
            raise NotFound(_("There is no such page.")) from error
        return list(self.page)


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)):
        raise ValidationError({"detail": _("“%(name)s” must be a number from 1.") % {"name": name}})
    return int(text)


class PublicView(APIView):
    """Readable by a page of any site: no cookies are looked at, so there is nothing to steal."""

    http_method_names = ["get", "head", "options"]

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response


class AccountListView(PublicView):
    """The public entries that obey the filter, ordered by number."""

    known = {*AccountFilter.base_filters, "page", "page_size"}

    def get(self, request: Request) -> Response:
        pagination = AccountPagination()
        page = pagination.paginate_queryset(self.rows(request).order_by("pk"), request, self)
        return pagination.get_paginated_response(AccountSerializer(page, many=True).data)

    def rows(self, request: Request) -> AccountQuerySet:
        unknown = sorted(set(request.query_params) - self.known)
        if unknown:
            # A mistyped filter must not quietly give everything.
            raise ValidationError({"detail": _("There is no parameter “%(name)s”.") % {"name": unknown[0]}})
        chosen = AccountFilter(request.query_params, queryset=Account.objects.public(), request=request)
        if not chosen.is_valid():
            raise ValidationError({"detail": chosen.sentence})
        rows: AccountQuerySet = chosen.qs
        return rows


class AccountView(PublicView):
    """One public entry by its permanent number."""

    def get(self, request: Request, pk: int) -> Response:
        account = Account.objects.public().with_relations().filter(pk=pk).first()
        if account is None:
            raise NotFound(_("There is no such entry in the registry."))
        return Response(AccountSerializer(account).data)
