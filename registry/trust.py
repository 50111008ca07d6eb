"""The ladder of trust: what the department found of each sign of a page, and when (procedure, cl. 3).

What holds now stands in `TrustStep`; each look, with who looked, stays in the history of the entry for good.

The mark of a state organization stands in the entry too (`has_state_mark`), and both always say the same. That a page
bears it is proposed and accepted by two people, and the sign follows; that it does not, one look is enough to say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.audit import acting
from people.http import TooLate
from people.models import User
from registry import history
from registry.models import IN_USE, Account, ChangeKind, TrustSign, TrustState, TrustStep
from registry.models.trust import PUBLIC_SIGNS

# What the entry says of the mark of a state organization where the sign says this.
_IN_ENTRY = {TrustState.YES: True, TrustState.NO: False, TrustState.NOT_APPLICABLE: None}


@dataclass(frozen=True)
class Finding:
    """What was found of one sign."""

    sign: TrustSign
    state: TrustState
    note: str = ""

    @property
    def in_words(self) -> str:
        said = f"{self.sign.label}: {self.state.label}"
        return f"{said} ({self.note})" if self.note else said


@dataclass(frozen=True)
class Rung:
    """One sign with what was found of it, if anybody has looked."""

    sign: TrustSign
    step: TrustStep | None

    @property
    def is_found(self) -> bool:
        return bool(self.step and self.step.state == TrustState.YES)


def public_ladder(account: Account) -> list[TrustStep]:
    """What anybody may read: signs that were looked for and apply to the page; never who looked, nor security."""
    if not account.is_live or (account.network and account.network.is_prohibited):
        return []
    rows = account.trust_steps.filter(sign__in=PUBLIC_SIGNS).exclude(state=TrustState.NOT_APPLICABLE)
    steps = {step.sign: step for step in rows.defer("note", "checked_by")}
    return [steps[sign] for sign in PUBLIC_SIGNS if sign in steps]


def ladder(account: Account) -> list[Rung]:
    """Every sign, for those who keep the registry."""
    steps = {step.sign: step for step in account.trust_steps.select_related("checked_by")}
    return [Rung(sign, steps.get(sign)) for sign in TrustSign]


def lacking(account: Account, sign: TrustSign) -> str:
    """Why a yes to this sign cannot be true as the entry stands, as a sentence; "" when it can."""
    if sign in (TrustSign.SITE_LINKS, TrustSign.LINKS_SITE) and not account.organization.official_site:
        return _("The portal knows no official site of this body. Write it down first.")
    if sign == TrustSign.STATE_MARK and not account.has_state_mark:
        return _("The entry does not say that the page bears the mark. Propose it first: a second person will look.")
    if sign == TrustSign.A_PLUS and not account.rkn_number:
        return _("The entry has no number of the list of Roskomnadzor. Propose it first.")
    return ""


@transaction.atomic
def record(account: Account, findings: Sequence[Finding], *, on: date, by: User) -> int:
    """Keeps what was found on the day; signs that are not among the findings stay. Returns how many were kept."""
    stored = Account.objects.select_for_update(of=("self",)).select_related("organization", "network")
    account = stored.get(pk=account.pk)
    _require_kept(account)
    for finding in findings:
        if finding.state == TrustState.YES and (sentence := lacking(account, finding.sign)):
            raise TooLate(sentence)
    before, entry = dict(account.trust_steps.values_list("sign", "state")), history.snapshot(account)
    with acting(by):
        for finding in findings:
            said = {"state": finding.state, "checked_on": on, "checked_by": by, "note": finding.note}
            TrustStep.objects.update_or_create(account=account, sign=finding.sign, defaults=said)
            if finding.sign == TrustSign.STATE_MARK:
                account.has_state_mark = _IN_ENTRY[finding.state]
                account.save(update_fields=["has_state_mark"])
    _remember(account, entry, before, findings, on, by)
    return len(findings)


def follow(account: Account, *, by: User) -> None:
    """The sign of the mark says what the entry says that was just written."""
    signs = account.trust_steps.filter(sign=TrustSign.STATE_MARK)
    found = signs.first()
    if (_IN_ENTRY[TrustState(found.state)] if found else None) == account.has_state_mark:
        return
    with acting(by):
        if account.has_state_mark is None:
            signs.delete()
            return
        state = TrustState.YES if account.has_state_mark else TrustState.NO
        said = {"state": state, "checked_on": timezone.localdate(), "checked_by": by, "note": ""}
        TrustStep.objects.update_or_create(account=account, sign=TrustSign.STATE_MARK, defaults=said)


def _remember(
    account: Account,
    entry: history.Snapshot,
    before: dict[str, str],
    findings: Iterable[Finding],
    on: date,
    by: User,
) -> None:
    """One row of the history. Anybody may read which public sign changed; who looked and what else stays inside."""
    changed: dict[str, list[Any]] = {
        finding.sign.value: [before.get(finding.sign), finding.state.value]
        for finding in findings
        if finding.sign in PUBLIC_SIGNS and before.get(finding.sign) != finding.state
    }
    inner: dict[str, list[Any]] = {"trust_checked_on": [None, on.isoformat()]}
    for finding in findings:
        name = "trust_looked" if finding.sign in PUBLIC_SIGNS else "security_looked"
        said = inner.setdefault(name, [None, ""])
        said[1] = "; ".join(filter(None, (said[1], finding.in_words)))
    history.record(account, entry, by=by, kind=ChangeKind.TRUST, values=changed, inner=inner)


def _require_kept(account: Account) -> None:
    if account.status not in IN_USE or not account.url:
        raise TooLate(_("Signs of trust are kept of pages in use only."))
    if account.network and account.network.is_prohibited:
        raise TooLate(_("Signs of trust are kept of pages in use only."))
