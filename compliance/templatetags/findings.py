"""What pages of other rooms may ask the weekly check: the matrix shows how past weeks ended."""

from collections.abc import Iterable

from django import template

from compliance.models import Finding
from compliance.worst import worst_of
from contentplan.matrix import MatrixCell, MatrixRow
from people.weeks import Week

register = template.Library()

Worst = dict[tuple[int, str], Finding]


@register.simple_tag
def findings_of(rows: Iterable[MatrixRow], weeks: Iterable[Week]) -> Worst:
    """The findings of these bodies and weeks, in one query; the rows are in the person's reach already."""
    bodies = [row.organization.pk for row in rows]
    mondays = [week.monday for week in weeks]
    found = Finding.objects.filter(organization__in=bodies, monday__in=mondays).select_related("account__network")
    return worst_of(found)


@register.filter
def of_cell(findings: Worst, cell: MatrixCell) -> Finding | None:
    return findings.get((cell.organization.pk, str(cell.week)))
