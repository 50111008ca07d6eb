"""What only a key opens: entries in every status, as people of the body see them: `GET /api/v1/staff/accounts/`.

Neither names of people nor anything of security is among it; pages of prohibited networks are not either.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from people import api_keys
from people.models import ApiKey, Scope
from registry.api.described import CURSOR, SIZE, asked, extend_schema, page_of, refusals
from registry.api.pages import CURSOR as CURSOR_NAMES
from registry.api.pages import after
from registry.api.problems import Refused
from registry.api.reading import PublicView
from registry.api.rows import AccountSerializer
from registry.models import Account, AccountStatus, SocialNetwork


class Denied(APIException):
    """The refusal of a key, as `people/api_keys.py` words it."""

    def __init__(self, refusal: api_keys.KeyRefused) -> None:
        super().__init__(refusal.sentence)
        self.status_code = refusal.status
        self.headers = refusal.headers


class KeyView(PublicView):
    """Opened by a key of the scope; how often is counted for the key, not for the address."""

    throttle_classes = []
    kept = ""
    scope: Scope
    key: ApiKey

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        try:
            self.key, state = api_keys.admit(request._request, self.scope)
        except api_keys.KeyRefused as refusal:
            raise Denied(refusal) from refusal
        vars(request)["rate_state"] = state
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        api_keys.keep_private(response)
        return response


class StaffAccountSerializer(AccountSerializer):
    """An entry with what the department looks at."""

    verification_due = serializers.BooleanField(source="is_verification_due")

    class Meta(AccountSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *AccountSerializer.Meta.fields,
            "verification_due",
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


_PAGE = page_of(
    "StaffAccountPage", StaffAccountSerializer, cursor=serializers.CharField(allow_null=True, required=False)
)


class StaffAccountListView(KeyView):
    """Entries of the key's body and of those below it, in every status, by cursor."""

    scope = Scope.REGISTRY_READ
    known = CURSOR_NAMES | {"status"}

    @extend_schema(
        operation_id="staff_accounts",
        auth=[{"key": []}],  # type: ignore[list-item]
        responses={200: _PAGE, **refusals(400, 401, 403)},
        parameters=[asked("status", enum=list(AccountStatus.values)), CURSOR, SIZE],
    )
    def get(self, request: Request) -> Response:
        allowed = SocialNetwork.objects.allowed().values("pk")
        rows = Account.objects.filter(self.key.reach()).filter(Q(network__in=allowed) | Q(network__isnull=True))
        status = request.query_params.get("status", "")
        if status and status not in AccountStatus.values:
            raise Refused(_("There is no such status."))
        if status:
            rows = rows.filter(status=status)
        page, following, last = after(rows.with_relations(), request)
        return Response({"next": following, "cursor": last, "results": StaffAccountSerializer(page, many=True).data})
