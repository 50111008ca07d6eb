"""How many bodies and accounts kept the norm, summed up in the database; and the sentence that says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.models import Finding, Result


@dataclass(frozen=True)
class Totals:
    """A body kept the norm when each of its judged accounts did; it is exempt when all of them are."""

    bodies: int = 0
    judged: int = 0  # bodies of which anything was asked
    not_kept: int = 0
    not_well: int = 0  # not kept or not verified
    accounts: int = 0

    @property
    def kept(self) -> int:
        return self.judged - self.not_well

    @property
    def not_verified(self) -> int:
        return self.not_well - self.not_kept

    @property
    def exempt(self) -> int:
        return self.bodies - self.judged

    @property
    def sentence(self) -> str:
        """«Норму выполнили 8 из 10 органов. Не проверен 1, освобождён 1.»"""
        if not self.bodies:
            return _("There was nothing to check.")
        return " ".join(part for part in (self._main, self._rest) if part)

    @property
    def _main(self) -> str:
        if not self.judged:
            return _("Nobody owed anything: all are exempt.")
        if self.judged == 1:
            return self._single
        if self.kept == self.judged:
            return _("All bodies kept the norm.")
        of = ngettext("of %(n)d body", "of %(n)d bodies", self.judged) % {"n": self.judged}
        words = ngettext("%(n)d %(of)s kept the norm.", "%(n)d %(of)s kept the norm.", self.kept)
        return words % {"n": self.kept, "of": of}

    @property
    def _single(self) -> str:
        if self.kept:
            return _("The norm is kept.")
        return _("The norm is not kept.") if self.not_kept else ""

    @property
    def _rest(self) -> str:
        parts = []
        if n := self.not_verified:
            parts.append(ngettext("%(n)d was not verified", "%(n)d were not verified", n) % {"n": n})
        if self.judged and (n := self.exempt):
            parts.append(ngettext("%(n)d is exempt", "%(n)d are exempt", n) % {"n": n})
        text = ", ".join(parts)
        return f"{text[:1].upper()}{text[1:]}." if text else ""


def totals(findings: "QuerySet[Finding]") -> Totals:
    """The totals of these findings (of one week), in one query."""
    return Totals(**findings.order_by().aggregate(**_SUMS))


def totals_by_week(findings: "QuerySet[Finding]") -> dict[date, Totals]:
    """The totals of each week by its Monday, in one query."""
    rows = cast("Iterable[dict[str, Any]]", findings.order_by().values("monday").annotate(**_SUMS))
    return {row["monday"]: Totals(**{name: row[name] for name in _SUMS}) for row in rows}


def accounts_sentence(findings: "QuerySet[Finding]") -> str:
    """«Аккаунты: 12 выполнили норму, 3 не выполнили, 1 освобождён.» Results that nobody has are left out; one query."""
    n = dict.fromkeys(Result, 0)
    for result, accounts in findings.order_by().values_list("result").annotate(n=Count("pk")):
        n[Result(result)] = accounts
    words = {
        Result.KEPT: ngettext("%(n)d kept the norm", "%(n)d kept the norm", n[Result.KEPT]),
        Result.NOT_KEPT: ngettext("%(n)d did not keep the norm", "%(n)d did not keep the norm", n[Result.NOT_KEPT]),
        Result.EXEMPT: ngettext("%(n)d is exempt", "%(n)d are exempt", n[Result.EXEMPT]),
        Result.NOT_VERIFIED: ngettext("%(n)d was not verified", "%(n)d were not verified", n[Result.NOT_VERIFIED]),
    }
    parts = [word % {"n": n[result]} for result, word in words.items() if n[result]]
    return _("Accounts: %s.") % ", ".join(parts) if parts else ""


def _bodies(*results: Result) -> Count:
    return Count("organization", distinct=True, filter=Q(result__in=results))


_SUMS = {
    "bodies": Count("organization", distinct=True),
    "judged": _bodies(Result.KEPT, Result.NOT_KEPT, Result.NOT_VERIFIED),
    "not_kept": _bodies(Result.NOT_KEPT),
    "not_well": _bodies(Result.NOT_KEPT, Result.NOT_VERIFIED),
    "accounts": Count("pk"),
}
