"""Topics of the region × bodies: who has covered what (procedure, cl. 4)."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contentplan import coverage
from contentplan.models import Occasion
from contentplan.views.back import asked
from contentplan.views.occasions import Span, sends_packs
from people.http import UserRequest, require
from people.models import Organization, OrganizationKind
from people.roles import Permission
from registry.models import Account

TOPICS_ON_PAGE = 5
BODIES_ON_PAGE = 25


@require_safe
def topic_list(request: UserRequest) -> HttpResponse:
    """`?from=2026-12-01&topics=2&page=2&kind=…`: topics of a month, five beside each other, the bodies below."""
    require(request.user.may_anywhere(Permission.VIEW))
    span = Span.asked(request, request.user.current_memberships[0].organization.today)
    topics = Occasion.objects.visible_to(request.user).topics().between(span.first, span.last)
    columns = Paginator(topics.select_related("organization"), TOPICS_ON_PAGE).get_page(request.GET.get("topics"))
    bodies = Organization.objects.visible_to(request.user).filter(
        pk__in=Account.objects.active().values("organization"), is_active=True
    )
    if kind := asked(request, "kind"):
        bodies = bodies.filter(kind=kind)
    page = Paginator(bodies, BODIES_ON_PAGE).get_page(request.GET.get("page"))
    topics_shown = list(columns.object_list)
    values = {
        "span": span,
        "columns": columns,
        "topics": topics_shown,
        "page": page,
        "rows": coverage.rows(list(page.object_list), topics_shown),
        "kinds": OrganizationKind.choices,
        "kind": kind,
        "sends_packs": sends_packs(request.user),
    }
    return render(request, "contentplan/topic_list.html", values)
