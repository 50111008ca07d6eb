"""All plans at a glance: bodies × weeks, for those who answer for more than one body."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contentplan import matrix
from contentplan.due import plan_due_at
from contentplan.models import WeeklyPlan
from contentplan.views.back import asked
from people.http import UserRequest, require
from people.models import Organization, OrganizationKind
from people.models import OrganizationQuerySet as Bodies
from people.roles import Permission
from people.weeks import Week
from registry.models import Account

# Four weeks side by side, or eight.
SPANS = (4, 8)
# How many bodies stand on one page.
PAGE_SIZES = (25, 50, 100)


@require_safe
def plan_matrix(request: UserRequest) -> HttpResponse:
    """`?from=2026-W47&weeks=8&bodies=100&kind=…&q=…`: four or eight weeks from the named one, by default the last."""
    require(request.user.may_anywhere(Permission.VIEW))
    visible = Organization.objects.visible_to(request.user)
    if len(visible[:2]) < 2:
        return redirect("contentplan:plan_mine")
    zone = request.user.current_memberships[0].organization.zone
    now = Week.now(zone)
    first = _first_week(request, now)
    span, size = _chosen(request, "weeks", SPANS), _chosen(request, "bodies", PAGE_SIZES)
    weeks = [first + n for n in range(span)]
    page = Paginator(_filtered(request, visible, weeks), size).get_page(request.GET.get("page"))
    values = {
        "page": page,
        "rows": matrix.rows(page.object_list, weeks),
        "weeks": weeks,
        "now": now,
        "late_weeks": [week for week in weeks if timezone.now() > plan_due_at(week, zone)],
        "kinds": OrganizationKind.choices,
        "kind": asked(request, "kind"),
        "q": asked(request, "q"),
        "earlier": first + -span,
        "later": first + span,
        "spans": SPANS,
        "span": span,
        "sizes": PAGE_SIZES,
        "size": size,
    }
    return render(request, "contentplan/plan_matrix.html", values)


def _chosen(request: UserRequest, name: str, offered: tuple[int, ...]) -> int:
    """The offered number that the address asks for, else the first."""
    return next((number for number in offered if str(number) == request.GET.get(name)), offered[0])


def _first_week(request: UserRequest, now: Week) -> Week:
    try:
        return Week.parse(request.GET.get("from", ""))
    except ValueError:
        return now.previous


def _filtered(request: UserRequest, visible: Bodies, weeks: list[Week]) -> Bodies:
    """Bodies that keep an account or have a plan in these weeks; of the kind and name asked for."""
    keeps = Account.objects.active().values("organization")
    plans = WeeklyPlan.objects.filter(monday__in=[week.monday for week in weeks]).values("organization")
    bodies = visible.filter(Q(pk__in=keeps) | Q(pk__in=plans))
    if kind := asked(request, "kind"):
        bodies = bodies.filter(kind=kind)
    if words := asked(request, "q"):
        bodies = bodies.filter(_named(words))
    return bodies


def _named(words: str) -> Q:
    """The name in any letter case: SQLite folds Latin letters only, so the usual cases are tried."""
    found = Q()
    for form in {words, words.lower(), words.capitalize(), words.upper(), words.title()}:
        found |= Q(name__icontains=form) | Q(short_name__icontains=form)
    return found
