"""The root document, bodies, networks: `GET /api/v1/`, `/api/v1/organizations/`, `/api/v1/networks/`."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.models import Organization
from registry.api.described import CURSOR, SIZE, extend_schema, inline_serializer, page_of, refusals
from registry.api.pages import CURSOR as CURSOR_NAMES
from registry.api.pages import after
from registry.api.reading import PublicView
from registry.api.rows import NetworkSerializer, OrganizationSerializer
from registry.models import SocialNetwork

ADDRESSES = {
    "organizations": "registry:api_organizations",
    "accounts": "registry:api_accounts",
    "verify": "registry:api_verify",
    "networks": "registry:api_networks",
    "changes": "registry:api_changes",
    "openapi": "registry:api_openapi",
    "documentation": "registry:api_documentation",
}
_ROOT = inline_serializer("Root", {name: serializers.URLField() for name in ADDRESSES})
_PAGE = page_of("OrganizationPage", OrganizationSerializer, cursor=serializers.CharField(allow_null=True))
_NETWORKS = inline_serializer("Networks", {"results": NetworkSerializer(many=True)})


class RootView(PublicView):
    """Where everything is."""

    @extend_schema(operation_id="root", responses={200: _ROOT, **refusals(400)})
    def get(self, request: Request) -> Response:
        return Response({name: f"{settings.SITE_URL}{reverse(address)}" for name, address in ADDRESSES.items()})


class OrganizationListView(PublicView):
    """All bodies of the registry, ordered by number."""

    known = CURSOR_NAMES

    @extend_schema(operation_id="organizations", parameters=[CURSOR, SIZE], responses={200: _PAGE, **refusals(400)})
    def get(self, request: Request) -> Response:
        page, following, last = after(Organization.objects.all(), request)
        results = OrganizationSerializer(page, many=True).data
        return Response({"next": following, "cursor": last, "results": results})


class OrganizationView(PublicView):
    """One body by its short address."""

    @extend_schema(operation_id="organization", responses={200: OrganizationSerializer, **refusals(400, 404)})
    def get(self, request: Request, slug: str) -> Response:
        body = Organization.objects.filter(slug=slug).first()
        if body is None:
            raise NotFound(_("There is no such body in the registry."))
        return Response(OrganizationSerializer(body).data)


class NetworkListView(PublicView):
    """The networks in which bodies may keep pages; prohibited ones are left out."""

    @extend_schema(operation_id="networks", responses={200: _NETWORKS, **refusals(400)})
    def get(self, request: Request) -> Response:
        networks = SocialNetwork.objects.allowed().with_status()
        return Response({"results": NetworkSerializer(networks, many=True).data})
