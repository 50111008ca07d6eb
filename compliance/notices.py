"""Whom the week's letters go to and what they tell: editors of their own accounts, the department of everybody.

A person gets one letter a week, once every zone the person answers for has been checked. A later check that finds
otherwise shows on the page and sends nothing.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from compliance.models import Finding, Result, WeekCheck
from compliance.totals import totals
from people import letters
from people.models import Letter, Membership, Organization, User
from people.roles import Permission, Role, RoleScope, scope_of
from people.weeks import Week

LISTED = 50  # lines of one kind in a letter; the page has the rest
DECIDES = [role for role in Role if scope_of(role, Permission.DECIDE_PLAN)]
WRITES = [role for role in Role if scope_of(role, Permission.WRITE_PLAN)]


def write_letters_left() -> int:
    """Letters about the last checked week that a stopped worker left unwritten."""
    last = WeekCheck.objects.filter(finished_at__isnull=False).order_by("-monday").first()
    return write_week_letters(last.week) if last else 0


@transaction.atomic
def write_week_letters(week: Week) -> int:
    """Writes what was not written yet; returns how many letters. Only of the last week: nobody wants older news."""
    if timezone.localdate() > week.next.sunday:
        return 0
    waiting = _not_checked_yet(week)
    written = 0
    for user, memberships in _recipients(week):
        if any(_answers_for(membership, path) for membership in memberships for path in waiting):
            continue
        written += _write(week, user, memberships)
    return written


def _recipients(week: Week) -> Iterator[tuple[User, list[Membership]]]:
    """People who approve or write plans since the Monday after the week or longer, and have no letter of it."""
    told = Letter.objects.filter(key__startswith=_key(week, ""), user__isnull=False).values("user")
    rows = (
        Membership.objects.current()
        .filter(role__in=[*DECIDES, *WRITES], starts_on__lte=week.next.monday, user__is_active=True)
        .exclude(user__in=told)
        .select_related("user", "organization")
        .order_by("user", "pk")
    )
    people: dict[User, list[Membership]] = defaultdict(list)
    for membership in rows:
        people[membership.user].append(membership)
    yield from people.items()


def _write(week: Week, user: User, memberships: list[Membership]) -> bool:
    """The department's letter goes before the editor's: one person, one letter."""
    user.current_memberships = memberships  # already here; asked by `reach`
    if any(membership.role in DECIDES for membership in memberships):
        return _write_to_department(week, user)
    return _write_to_editor(week, user)


def _write_to_department(week: Week, user: User) -> bool:
    findings = _findings(week, user, Permission.DECIDE_PLAN)
    found = totals(findings)
    if not found.accounts:
        return False
    groups = [_group(findings, result) for result in (Result.NOT_KEPT, Result.NOT_VERIFIED, Result.EXEMPT)]
    return letters.week_for_department(
        user, key=_key(week, user.pk), week=week.title, totals=found, groups=groups, url=_page(week)
    )


def _group(findings: "QuerySet[Finding]", result: Result) -> dict[str, object]:
    rows = findings.filter(result=result)
    lines = list(rows[: LISTED + 1])
    return {"result": result, "lines": lines[:LISTED], "more": rows.count() - LISTED if len(lines) > LISTED else 0}


def _write_to_editor(week: Week, user: User) -> bool:
    findings = list(_findings(week, user, Permission.WRITE_PLAN))
    if not findings:
        return False
    missing = sum(finding.missing for finding in findings)
    return letters.week_for_editor(
        user,
        key=_key(week, user.pk),
        week=week.title,
        findings=findings,
        missing=missing,
        kept=all(finding.result == Result.KEPT for finding in findings),
        url=_plan(week, findings[0].organization),
    )


def _findings(week: Week, user: User, permission: Permission) -> "QuerySet[Finding]":
    return Finding.objects.filter(user.reach(permission), monday=week.monday).for_listing()


def _not_checked_yet(week: Week) -> list[str]:
    """Places in the tree of bodies whose zone has no finished check of the week."""
    done = WeekCheck.objects.filter(monday=week.monday, finished_at__isnull=False).values("timezone")
    bodies = Organization.objects.filter(is_active=True).exclude(timezone__in=done)
    return list(bodies.values_list("path", flat=True))


def _answers_for(membership: Membership, path: str) -> bool:
    own = membership.organization.path
    scope = scope_of(Role(membership.role), Permission.WRITE_PLAN)
    return path.startswith(own) if scope is RoleScope.SUBTREE else path == own


def _key(week: Week, user: object) -> str:
    return f"week:{week}:user:{user}"


def _page(week: Week) -> str:
    return f"{settings.SITE_URL}{reverse('compliance:week_detail', args=[week])}"


def _plan(week: Week, organization: Organization) -> str:
    return f"{settings.SITE_URL}{reverse('contentplan:plan_detail', args=[organization.slug, week])}"
