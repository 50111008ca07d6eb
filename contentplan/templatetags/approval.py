"""What approval has to say on the pages of plans and on "Today"."""

from django import template
from django.contrib.auth.models import AnonymousUser

from contentplan import checklist, corrections
from contentplan.corrections import Corrections
from contentplan.models import RemarkPhrase, WeeklyPlan
from contentplan.views.approve_all import WholePlan
from contentplan.views.cards import Card, remarks_of
from contentplan.views.remarks import Line, lines
from people.models import Organization, User
from people.roles import Permission

register = template.Library()


@register.simple_tag
def corrections_for(user: User | AnonymousUser, plan: WeeklyPlan | None = None) -> Corrections | None:
    """Corrections that wait for this person's word, everywhere or in one plan."""
    if not isinstance(user, User):
        return None
    concerned = user.may_anywhere(Permission.WRITE_PLAN) or user.may_anywhere(Permission.DECIDE_PLAN)
    return corrections.waiting_for(user, plan) if concerned else None


@register.simple_tag
def whole_plan(plan: WeeklyPlan | None, user: User) -> WholePlan | None:
    """The posts of the plan that this person may approve at once; None where they may not."""
    if plan is None or not user.may(Permission.DECIDE_PLAN, plan.organization):
        return None
    return WholePlan(plan, user)


@register.simple_tag
def frequent_remarks(organization: Organization, user: User) -> list[RemarkPhrase]:
    """The checklist of whoever sends a plan."""
    return checklist.of_body(organization, user)


@register.simple_tag
def remark_lines(card: Card) -> list[Line]:
    """The remarks of the last return, each with its answer."""
    return lines(remarks_of([card.post.pk]).get(card.post.pk, []), card.post)
