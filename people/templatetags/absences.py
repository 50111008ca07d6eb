"""Whom a person stands in for today: said on the pages where it matters."""

from django import template

from people.models import Absence, User

register = template.Library()


@register.inclusion_tag("people/_substitutions.html")
def substitutions(user: User) -> dict[str, object]:
    """Nothing where the person stands in for nobody; one query."""
    return {"substitutions": Absence.objects.now_in_for(user)}
