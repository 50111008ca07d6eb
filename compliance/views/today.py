"""The page after sign-in: what waits, and how the week goes. Its parts follow from what the person may do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance import desk
from compliance.inbox import inbox
from people.http import UserRequest
from people.models import User
from people.roles import Permission
from people.weeks import Week


@require_safe
def today(request: UserRequest) -> HttpResponse:
    user = request.user
    if not user.current_memberships:
        return render(request, "compliance/nobody.html")
    now = Week.now(user.current_memberships[0].organization.zone)
    values = {"today": timezone.localdate(), "now": now, **_parts(user, now)}
    return render(request, "compliance/today.html", values)


def _parts(user: User, now: Week) -> dict[str, object]:
    """`queue` and `bodies` for who decides, `own` for who writes, both with `tasks`; `journal`, `house`; else the
    week at a glance; `inbox` for all who see the journal."""
    parts: dict[str, object] = {}
    if user.may_anywhere(Permission.WRITE_PLAN):
        parts["tasks"] = desk.tasks(user, now)
    if user.may_anywhere(Permission.DECIDE_PLAN):
        parts |= {"queue": desk.queue(user), "bodies": desk.bodies(user, Permission.DECIDE_PLAN, now)}
    elif user.may_anywhere(Permission.WRITE_PLAN):
        parts["own"] = desk.own(user, now)
    elif user.may_anywhere(Permission.MODERATE):
        parts["journal"] = desk.journal(user, now)
    if user.may_anywhere(Permission.VIEW_JOURNAL):
        parts["inbox"] = inbox(user)
    if user.may_anywhere(Permission.MANAGE_PEOPLE):
        parts["house"] = desk.house(user)
    if not set(parts) - {"inbox"}:
        parts["bodies"] = desk.bodies(user, Permission.VIEW, now)
    return parts
