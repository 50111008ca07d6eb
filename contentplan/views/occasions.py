"""Occasions: the list, one entered by hand, many from a calendar or a table, the link with a post."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contentplan import coverage, rules
from contentplan.actions import occasions as actions
from contentplan.models import Occasion, OccasionKind, PlannedPost
from contentplan.occasion_forms import OccasionFilter, OccasionForm, OccasionImportForm, initial_of
from contentplan.views.back import asked
from people.http import UserRequest, require
from people.models import Organization, User
from people.roles import Permission, Role, scope_of
from people.weeks import Week

PAGE_SIZE = 25
WRONG_SHOWN = 50
RESULT = "occasions_brought"  # what the last import did, until it has been shown


def own_body(user: User, permission: Permission) -> Organization | None:
    """The first body the person is of and holds the permission in."""
    found = (m.organization for m in user.current_memberships if scope_of(Role(m.role), permission))
    return next(found, None)


def sends_packs(user: User) -> bool:
    """Has a page of topic packs of its own."""
    return user.may_anywhere(Permission.DECIDE_PLAN)


@dataclass(frozen=True)
class Span:
    """The days a list shows: a week or a month."""

    first: date
    by: str  # week | month

    @classmethod
    def asked(cls, request: UserRequest, today: date) -> "Span":
        """`?by=week&from=2026-12-01`; by default this month."""
        by = "week" if asked(request, "by") == "week" else "month"
        try:
            day = date.fromisoformat(asked(request, "from")[:10])
        except ValueError:
            day = today
        if not 2000 <= day.year < 2100:
            day = today
        return cls(Week.of(day).monday if by == "week" else day.replace(day=1), by)

    @property
    def last(self) -> date:
        return self.later - timedelta(days=1)

    @property
    def later(self) -> date:
        if self.by == "week":
            return self.first + timedelta(weeks=1)
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def earlier(self) -> date:
        if self.by == "week":
            return self.first - timedelta(weeks=1)
        return (self.first - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True)
class Line:
    """An occasion in the list: what this person can do with it."""

    occasion: Occasion
    can_change: bool
    post_url: str  # where a post about it is begun; "" where none can be
    posts: int  # those that stand for it in plans in reach


@require_safe
def occasion_list(request: UserRequest) -> HttpResponse:
    """Everything on the boards in reach, a month or a week of it."""
    user = request.user
    require(user.may_anywhere(Permission.VIEW))
    writes = own_body(user, Permission.WRITE_PLAN)
    span = Span.asked(request, user.current_memberships[0].organization.today)
    form = OccasionFilter(request.GET, user=user)
    rows = form.narrowed(Occasion.objects.visible_to(user).between(span.first, span.last))
    rows = rows.select_related("organization").order_by("starts_on", "at", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = _posts(user, [row.pk for row in page.object_list])
    lines = [_line(user, row, writes, counts.get(row.pk, 0)) for row in page.object_list]
    values = {"page": page, "lines": lines, "form": form, "span": span, "writes": writes}
    values["sends_packs"] = sends_packs(user)
    return render(request, "contentplan/occasion_list.html", values)


def _posts(user: User, occasions: list[int]) -> dict[int, int]:
    """How many posts in reach stand for each occasion."""
    rows = coverage.covering().filter(user.reach(Permission.VIEW, "plan__organization"), event__in=occasions)
    return dict(rows.order_by().values_list("event").annotate(n=Count("pk")))


def _line(user: User, occasion: Occasion, writes: Organization | None, posts: int) -> Line:
    body = writes
    if body and not coverage.concerns(occasion, body):
        body = occasion.organization if rules.can_write(user, occasion.organization) else None
    url = post_url(occasion, body) if body else ""
    return Line(occasion, rules.can_change_occasion(user, occasion), url, posts)


def post_url(occasion: Occasion, body: Organization, on: date | None = None) -> str:
    """Where a post about the occasion is begun in the plan of the body; "" when its days are over."""
    day = on or max(occasion.starts_on, body.today)
    if day > occasion.ends_on:
        return ""
    plan = reverse("contentplan:plan_detail", args=[body.slug, Week.of(day)])
    return f"{plan}?{urlencode({'new': day.isoformat(), 'event': occasion.pk})}#form"


@require_http_methods(["GET", "POST"])
def occasion_create(request: UserRequest) -> HttpResponse:
    """`?kind=topic` begins a topic for all bodies."""
    require(request.user.may_anywhere(Permission.WRITE_PLAN))
    own = own_body(request.user, Permission.WRITE_PLAN)
    topic = asked(request, "kind") == OccasionKind.TOPIC
    first = {"kind": OccasionKind.TOPIC, "for_bodies_below": True, "is_mandatory": True} if topic else None
    form = OccasionForm(request.POST or None, user=request.user, own=own, initial=first)
    if form.is_valid():
        body = form.cleaned_data["organization"]
        occasion = actions.save_occasion(form.content, organization=body, by=request.user)
        messages.success(request, _("Saved: “%(topic)s”.") % {"topic": occasion.title})
        return redirect(_at(occasion))
    return render(request, "contentplan/occasion_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def occasion_edit(request: UserRequest, pk: int) -> HttpResponse:
    occasion = _occasion(request, pk)
    form = OccasionForm(request.POST or None, user=request.user, initial=initial_of(occasion))
    if form.is_valid():
        body = form.cleaned_data["organization"]
        actions.save_occasion(form.content, organization=body, by=request.user, occasion=occasion)
        messages.success(request, _("Saved: “%(topic)s”.") % {"topic": occasion.title})
        return redirect(_at(occasion))
    return render(
        request, "contentplan/occasion_form.html", {"form": form, "occasion": occasion, "back": _at(occasion)}
    )


@require_http_methods(["GET", "POST"])
def occasion_delete(request: UserRequest, pk: int) -> HttpResponse:
    """Asks on a page of its own, then deletes; posts made of it stay."""
    occasion = _occasion(request, pk)
    back = _at(occasion)
    if request.method == "GET":
        values = {
            "title": _("Delete “%(topic)s”?") % {"topic": occasion.title},
            "text": _("It disappears from all boards. Posts that were made of it stay."),
            "action": reverse("contentplan:occasion_delete", args=[pk]),
            "label": _("Delete"),
            "back": back,
        }
        return render(request, "ui/question.html", values)
    actions.delete_occasion(occasion, by=request.user)
    messages.success(request, _("“%(topic)s” is deleted.") % {"topic": occasion.title})
    return redirect(back)


@require_http_methods(["GET", "POST"])
def occasion_import(request: UserRequest) -> HttpResponse:
    """Takes what can be taken; what could not is said, and stays in the form to be mended."""
    require(request.user.may_anywhere(Permission.WRITE_PLAN))
    own = own_body(request.user, Permission.WRITE_PLAN)
    result = request.session.pop(RESULT, None) if request.method == "GET" else None
    first = {"text": result["left"]} if result else None
    form = OccasionImportForm(request.POST or None, request.FILES or None, user=request.user, own=own, initial=first)
    if form.is_valid():
        _take(request, form)
        return redirect("contentplan:occasion_import")
    return render(request, "contentplan/occasion_import.html", {"form": form, "result": result})


def _take(request: UserRequest, form: OccasionImportForm) -> None:
    set_by_hand = {name: form.cleaned_data[name] for name in actions.SET_BY_PEOPLE if name in form.cleaned_data}
    brought = [replace(row, content=replace(row.content, **set_by_hand)) for row in form.brought]
    body = form.cleaned_data["organization"]
    taken = actions.take_occasions(body, brought, by=request.user, series=form.series)
    request.session[RESULT] = {
        "sentence": _sentence(taken),
        "wrong": form.wrong[:WRONG_SHOWN],
        "more": max(len(form.wrong) - WRONG_SHOWN, 0),
        "outside": form.outside,
        "left": form.left,
    }


def _sentence(taken: actions.Taken) -> str:
    """«Добавлено 3, исправлено 1, без изменений 12.»"""
    parts = [
        (taken.added, ngettext("%(n)d added", "%(n)d added", taken.added)),
        (taken.updated, ngettext("%(n)d corrected", "%(n)d corrected", taken.updated)),
        (taken.unchanged, ngettext("%(n)d known already", "%(n)d known already", taken.unchanged)),
        (taken.removed, ngettext("%(n)d cancelled and removed", "%(n)d cancelled and removed", taken.removed)),
    ]
    said = ", ".join(words % {"n": n} for n, words in parts if n)
    return f"{said[0].upper()}{said[1:]}." if said else _("Nothing was taken.")


@require_POST
def occasion_link(request: UserRequest, pk: int) -> HttpResponse:
    """Says that a post of the plan covers this occasion, or (`off`) that it does not."""
    occasion = get_object_or_404(Occasion.objects.visible_to(request.user), pk=pk)
    chosen = request.POST.get("post", "")
    rows = PlannedPost.objects.visible_to(request.user).select_related("plan__organization", "event")
    post = get_object_or_404(rows, pk=int(chosen) if chosen.isdecimal() else 0)
    require(rules.can_write(request.user, post.plan.organization))
    try:
        actions.link_occasion(post, None if "off" in request.POST else occasion, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saved: “%(topic)s”.") % {"topic": post.topic})
    return redirect("contentplan:plan_detail", post.plan.organization.slug, post.plan.week)


def _occasion(request: UserRequest, pk: int) -> Occasion:
    """One that this person may change."""
    rows = Occasion.objects.visible_to(request.user).select_related("organization")
    occasion = get_object_or_404(rows, pk=pk)
    require(rules.can_change_occasion(request.user, occasion))
    return occasion


def _at(occasion: Occasion) -> str:
    """The list, where the occasion stands in it."""
    return f"{reverse('contentplan:occasion_list')}?{urlencode({'from': occasion.starts_on.isoformat()})}"
