"""`POST /api/v1/messages/`: messages of citizens from a program, up to a hundred at once, with a key.

Safe to repeat: a message is known by its page, post and number. Each message is taken or refused by itself: 200 when
all were taken, 207 when some were refused; `results` says of each what became of it, in the order they were sent.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response

from moderation.forms import MODERATED
from moderation.inbox.intake import LONGEST, MAX_TEXT, Arrival, receive
from moderation.inbox.places import Pages
from moderation.models import MessageKind, Source
from people.models import ApiKey, Scope
from registry.api.described import extend_schema, inline_serializer, refusals
from registry.api.problems import Refused
from registry.api.staff import KeyView
from registry.models import Account, SocialNetwork

MOST_AT_ONCE = 100
CREATED, KNOWN, REFUSED = "created", "known", "refused"


def _text(name: str, **more: Any) -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST[name], **more)


class MomentField(serializers.DateTimeField):
    """A moment as it was sent: without a zone it is by the clock of the body, which only the page tells."""

    def enforce_timezone(self, value: datetime) -> datetime:
        return value


class MessageSerializer(serializers.Serializer[Any]):
    """One message: the page is told by `account` (its number in the registry), by `page` (its link), or by `link`."""

    account = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**62)
    page = serializers.CharField(required=False, allow_blank=True, default="", max_length=400)
    link = serializers.URLField(required=False, allow_blank=True, default="", max_length=LONGEST["link"])
    text = serializers.CharField(max_length=MAX_TEXT, trim_whitespace=False)
    received_at = MomentField()
    kind = serializers.ChoiceField(MessageKind.choices, default=MessageKind.COMMENT)
    external_id = _text("external_id")
    post = _text("post")
    thread = _text("thread")
    author_name = _text("author_name")
    author_id = _text("author_id")
    is_urgent = serializers.BooleanField(default=False)


class ResultSerializer(serializers.Serializer[Any]):
    """What became of one message: `errors` are sentences by field."""

    index = serializers.IntegerField()
    status = serializers.ChoiceField([CREATED, KNOWN, REFUSED])
    id = serializers.IntegerField(allow_null=True)
    errors = serializers.DictField(  # type: ignore[assignment] # a field by the name the answer bears
        child=serializers.ListField(child=serializers.CharField())
    )


_MANY = serializers.ListField(child=MessageSerializer(), min_length=1, max_length=MOST_AT_ONCE)
_BATCH = inline_serializer("MessageBatch", {"messages": _MANY})
_COUNTS = {name: serializers.IntegerField() for name in (CREATED, KNOWN, REFUSED)}
_ANSWER = inline_serializer("MessageResults", {**_COUNTS, "results": ResultSerializer(many=True)})
Errors = dict[str, list[str]]


class MessageListView(KeyView):
    """Only brings in: what citizens wrote is read in the portal, by people."""

    http_method_names = ["post", "options"]
    scope = Scope.MESSAGES_WRITE
    kept = ""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if str(request.method).lower() not in self.http_method_names:
            raise MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="messages_bring",
        auth=[{"key": []}],  # type: ignore[list-item]
        request=_BATCH,
        responses={200: _ANSWER, 207: _ANSWER, **refusals(400, 401, 403, 413, 415)},
    )
    def post(self, request: Request) -> Response:
        sent = request.data.get("messages") if isinstance(request.data, dict) else None
        if not isinstance(sent, list) or not 0 < len(sent) <= MOST_AT_ONCE:
            raise Refused(_("Send {“messages”: […]} with 1 to %(n)d messages.") % {"n": MOST_AT_ONCE})
        results = _take(sent, self.key)
        counts = {name: sum(row["status"] == name for row in results) for name in _COUNTS}
        code = status.HTTP_207_MULTI_STATUS if counts[REFUSED] else status.HTTP_200_OK
        return Response({**counts, "results": results}, code)


def _take(sent: list[Any], key: ApiKey) -> list[dict[str, Any]]:
    """A result for each message; a fixed number of queries for a batch."""
    checked = [MessageSerializer(data=one) for one in sent]
    values = {n: form.validated_data for n, form in enumerate(checked) if form.is_valid()}
    errors: dict[int, Errors] = {n: _sentences(form.errors) for n, form in enumerate(checked) if n not in values}
    pages = Pages(_accounts_of(key))
    pages.learn(name for one in values.values() for name in _names(one))
    arrivals: dict[int, Arrival] = {}
    for n, one in values.items():
        found = _arrival(one, pages)
        if isinstance(found, Arrival):
            arrivals[n] = found
        else:
            errors[n] = found
    received = receive(list(arrivals.values()), by=key.made_by, source=Source.API)
    stored = dict(zip(arrivals, received, strict=True))
    return [_result(n, stored.get(n), errors.get(n, {})) for n in range(len(sent))]


def _accounts_of(key: ApiKey) -> Any:
    """A key of a body writes to the pages of this body and of those below it."""
    rows = Account.objects.filter(key.reach(), status__in=MODERATED, network__in=SocialNetwork.objects.allowed())
    return rows.select_related("organization", "network")


def _names(one: dict[str, Any]) -> Iterator[str]:
    """What tells the page, the surest first."""
    yield from (name for name in (str(one.get("account") or ""), one["page"], one["link"]) if name)


def _arrival(one: dict[str, Any], pages: Pages) -> Arrival | Errors:
    names = list(_names(one))
    account = pages.find(names[0]) if names else None
    if account is None:
        field = "account" if one.get("account") else "page"
        return {field: [_("There is no such page among those the key opens.")]}
    spot = pages.spot(one["link"])
    fields = {name: one[name] for name in ("text", "link", "kind", "author_name", "author_id", "is_urgent")}
    numbers = {name: one[name] or getattr(spot, name) for name in ("post", "external_id", "thread")}
    moment: datetime = one["received_at"]
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=account.organization.zone)
    arrival = Arrival(account=account, received_at=moment, **fields, **numbers)
    problems = arrival.problems()
    return {name: [sentence] for name, sentence in problems.items()} if problems else arrival


def _result(index: int, stored: Any, errors: Errors) -> dict[str, Any]:
    if stored is None:
        return {"index": index, "status": REFUSED, "id": None, "errors": errors}
    message, is_new = stored
    return {"index": index, "status": CREATED if is_new else KNOWN, "id": message.pk, "errors": {}}


def _sentences(errors: Any) -> Errors:
    return {str(name): [str(sentence) for sentence in sentences] for name, sentences in errors.items()}
