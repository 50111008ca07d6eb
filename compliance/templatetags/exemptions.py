"""Beside a plan: who let the body, or an account of it, off the norm in this week, and why."""

from django import template

from compliance.circumstances import exempting
from people.models import Organization
from people.weeks import Week

register = template.Library()


@register.inclusion_tag("compliance/_exempt.html")
def exempt_week(organization: Organization, week: Week) -> dict[str, object]:
    """Nothing where nobody is exempt; one query."""
    reasons = exempting([organization], week).order_by("starts_on", "pk")
    return {"exemptions": reasons.prefetch_related("account__network", "made_by")}
