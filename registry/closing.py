"""Pages that were closed: how, with what proof, and whether somebody has taken their names since (procedure, cl. 3).

A name that was let go may be taken by anybody. The term of a look is `CLOSED_NAME_DAYS` of the settings: on its last
day a look is still good, on the next one it is due.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import audit, telling
from people.http import TooLate
from people.models import Tone, User
from people.telling import Event, Words
from people.weeks import Week
from registry import fakes, history
from registry.models import Account, ChangeKind, Closing, ClosingKind, FakeReport, NameFinding
from registry.notices import by_keeper

DUE = Event("closed_names_due", Tone.WAIT)


def in_words(given: dict[str, str]) -> str:
    """«страницы больше нет: она не открывается; https://…; примечание»."""
    kind = str(ClosingKind(given["kind"]).label) if given.get("kind") else ""
    return "; ".join(word for word in (kind, given.get("proof", ""), given.get("note", "")) if word)


def lacking(given: dict[str, str]) -> str:
    """Why a page cannot be closed with no more than this, as a sentence; "" when it can."""
    if given.get("kind") not in ClosingKind.values:
        return _("Say what became of the page: it is gone, renamed or given over.")
    if not given.get("proof") and not given.get("note"):
        return _("Give a link to the proof, or say in words how you know.")
    return ""


def close(account: Account, given: dict[str, str], *, by: User) -> Closing:
    """Writes down how the page was closed; its name stays under watch from now on."""
    with audit.acting(by):
        found, _made = Closing.objects.update_or_create(
            account=account,
            defaults={
                "kind": given.get("kind", ""),
                "proof": given.get("proof", ""),
                "note": given.get("note", ""),
                "finding": "",
                "looked_on": None,
                "looked_by": None,
                "looked_note": "",
            },
        )
    return found


@transaction.atomic
def look(
    account: Account, *, finding: NameFinding, note: str = "", by: User, on: date | None = None
) -> FakeReport | None:
    """Somebody has opened the old address and says what stands there now; kept in the history of the entry.

    A page that pretends to be the body is reported as a fake at once: the answer is the report that is to be looked
    into, None where there is none.
    """
    rows = Account.objects.closed_names().select_related("organization", "network")
    stored = rows.select_for_update(of=("self",)).filter(pk=account.pk).first()
    if stored is None:
        raise TooLate(_("The entry is in another state by now."), back=reverse("registry:closed_list"))
    seen = {"finding": finding, "looked_on": on or timezone.localdate(), "looked_by": by, "looked_note": note}
    with audit.acting(by):
        Closing.objects.update_or_create(account=stored, defaults=seen)
    told = f"{finding.label}: {note}" if note else str(finding.label)
    inner = {"name_looked": [None, told]}
    history.record(stored, history.snapshot(stored), by=by, kind=ChangeKind.EDITED, inner=inner)
    _call_off()
    return fakes.report_taken(stored, note, by=by) if finding == NameFinding.TAKEN else None


def next_look(account: Account) -> date | None:
    """The last day of the term of the last look; None where nobody knows when anybody looked."""
    closing = getattr(account, "closing", None)
    last = (closing.looked_on if closing else None) or account.closed_on
    return last + timedelta(days=settings.CLOSED_NAME_DAYS) if last else None


def remind(today: date | None = None) -> int:
    """Tells the department once a week at how many old addresses to look. Returns how many people were told."""
    day = today or timezone.localdate()
    told = 0
    for user, number in by_keeper(Account.objects.names_due(day)).items():
        title = ngettext(
            "Has anybody taken the name of a closed page? %(n)d address is to be looked at",
            "Has anybody taken the names of closed pages? %(n)d addresses are to be looked at",
            number,
        ) % {"n": number}
        words = Words(title, f"{reverse('registry:closed_list')}?due=1", _("Open each address and say what you see."))
        told += len(telling.tell(DUE, [user], words, key=_week(day)))
    return told


def _call_off() -> None:
    """Nothing is due any more: who was told and has no letter yet is not called."""
    today = timezone.localdate()
    if not Account.objects.names_due(today).exists():
        telling.forget(DUE, key=_week(today))


def _week(day: date) -> str:
    return Week.of(day).monday.isoformat()
