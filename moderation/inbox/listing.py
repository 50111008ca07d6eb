"""The list of messages: what is asked for, in the order of its terms, with what is done to several at once."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from moderation import rules
from moderation.inbox.bulk_forms import BulkForm
from moderation.inbox.forms import QueueFilter, end_of_today
from moderation.inbox.lines import Lines
from moderation.inbox.masking import masked
from moderation.models import Message, MessageQuerySet, State
from people.http import UserRequest, require

PER_PAGE = 25
VIEWS = [
    ("", pgettext_lazy("messages", "Open")),
    (State.NEW, pgettext_lazy("messages", "New")),
    (State.PAUSED, pgettext_lazy("messages", "Paused")),
    (State.ANSWERED, pgettext_lazy("messages", "Answered")),
    (State.CLOSED, pgettext_lazy("messages", "Closed")),
]


class _Pages(Paginator):  # type: ignore[type-arg] # generic in the stubs only
    """Pages of rows of which it may be known already how many there are."""

    def __init__(self, rows: MessageQuerySet, known: int | None) -> None:
        super().__init__(rows, PER_PAGE)
        self._known = known

    @cached_property
    def count(self) -> int:
        return super().count if self._known is None else self._known


def _is_narrowed(filters: QueueFilter) -> bool:
    """By what stands only among the filters: these are shown open then, not pushed before the list for nothing."""
    state, narrowed = filters.cleaned_data.get("state", ""), set(filters.changed_data) - {"q"}
    return bool(narrowed - {"state"} if state in dict(VIEWS) and "state" not in filters.errors else narrowed)


def _views(request: UserRequest, shown: str) -> list[dict[str, object]]:
    """The states most asked for, one press away; the other filters stay."""
    asked, page = request.GET.copy(), reverse("moderation:message_list")
    asked.pop("page", None)
    found: list[dict[str, object]] = []
    for state, label in VIEWS:
        asked["state"] = state
        found.append({"label": label, "url": f"{page}?{asked.urlencode()}", "current": state == shown})
    return found


@require_safe
@never_cache
def message_list(request: UserRequest) -> HttpResponse:
    require(rules.can_moderate(request.user))
    return show_list(request)


def show_list(request: UserRequest, bulk: BulkForm | None = None) -> HttpResponse:
    """Also where what was to be done to several is not taken: what was ticked and typed stays."""
    now = timezone.now()
    mine = Message.objects.visible_to(request.user)
    filters = QueueFilter(request.GET, user=request.user)
    found = filters.apply(mine, now)
    ordered = found.for_queue() if filters.by_term else found.for_listing()
    counts = mine.counts(now, end_of_today(now), request.user)
    page = _Pages(ordered, counts.get(filters.counted_as)).get_page(request.GET.get("page"))
    bulk = bulk or BulkForm(user=request.user, rows=Message.objects.none(), body=filters.highest)
    chosen = bulk.chosen
    context = {
        "page": page,
        "rows": [(row, masked(row), row.is_overdue(now), row.pk in chosen) for row in page.object_list],
        "filters": filters,
        "is_filtered": bool(filters.changed_data),
        "is_narrowed": _is_narrowed(filters),
        "lines": Lines(),
        "counts": counts,
        "views": _views(request, filters.cleaned_data.get("state", "")),
        "bulk": bulk,
        "can_decide_replies": rules.can_decide_replies(request.user),
    }
    return render(request, "moderation/message_list.html", context)
