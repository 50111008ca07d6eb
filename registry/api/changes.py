"""What changed in the registry: `GET /api/v1/changes/?since=2026-11-01&cursor=`, the oldest change first."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.described import CURSOR, SIZE, asked, extend_schema, page_of, refusals
from registry.api.pages import CURSOR as CURSOR_NAMES
from registry.api.pages import after
from registry.api.problems import Refused
from registry.api.reading import PublicView
from registry.api.rows import ChangeSerializer
from registry.models import EntryChange
from registry.models.changes import ChangeQuerySet

# A change is shown this late: numbers are given before a transaction ends, and one that ends later must not be missed
# by a reader whose cursor stands behind it already.
LAG = timedelta(seconds=30)
_PAGE = page_of("ChangePage", ChangeSerializer, cursor=serializers.CharField(allow_null=True))


class ChangeListView(PublicView):
    """The public changes of public entries; keep `cursor` and ask with it for what came after."""

    kept = ""  # a change is shown `LAG` later: by the clock
    known = CURSOR_NAMES | {"since"}

    @extend_schema(
        operation_id="changes",
        parameters=[asked("since", description="2026-11-01 or 2026-11-01T10:00:00+07:00"), CURSOR, SIZE],
        responses={200: _PAGE, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        page, following, last = after(_rows(request.query_params.get("since", "")), request)
        results = ChangeSerializer(page, many=True).data
        return Response({"next": following, "cursor": last, "results": results})


def _rows(since: str) -> ChangeQuerySet:
    rows = EntryChange.objects.public()
    fresh = EntryChange.objects.since(timezone.now() - LAG).order_by("pk").values_list("pk", flat=True).first()
    if fresh is not None:
        rows = rows.filter(pk__lt=fresh)
    return rows.since(_moment(since)) if since else rows


def _moment(text: str) -> datetime:
    try:
        day = parse_date(text)
        found = parse_datetime(f"{day}T00:00" if day else text)
        if found is not None:
            # Whole seconds: SQLite keeps fewer digits of a second than it compares.
            aware = found if timezone.is_aware(found) else timezone.make_aware(found)
            return aware.astimezone(timezone.get_default_timezone()).replace(microsecond=0)
    except (ValueError, OverflowError):
        pass
    raise Refused(_("Write “since” as 2026-11-01 or 2026-11-01T10:00:00+07:00."))
