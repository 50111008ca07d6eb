"""One word for a body's week: the finding of its accounts that did worst."""

from collections.abc import Iterable

from compliance.models import Finding, Result

_WORST_FIRST = [Result.NOT_KEPT, Result.NOT_VERIFIED, Result.KEPT, Result.EXEMPT]


def badness(finding: Finding) -> tuple[int, int]:
    """Sorts the worst to the front."""
    return _WORST_FIRST.index(Result(finding.result)), finding.published - finding.required


def worst_of(findings: Iterable[Finding]) -> dict[tuple[int, str], Finding]:
    """By the body's id and the week («2026-W47»)."""
    worst: dict[tuple[int, str], Finding] = {}
    for finding in sorted(findings, key=badness):
        worst.setdefault((finding.organization_id, str(finding.week)), finding)
    return worst
