"""Good rows of a table become entries and proposals, many in one transaction: of a killed batch nothing is left."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.http import TooLate
from people.models import User
from registry import actions, prohibition, proposing
from registry.imports.checking import JUDGED, Checker, note
from registry.imports.columns import Meaning
from registry.imports.standing import Verdict
from registry.models import PUBLIC_STATUSES, Account, EntryImportRow, LegalAct
from registry.models.imports import WILL_BE_TAKEN, RowState

Good = tuple[EntryImportRow, Verdict]


def take(keys: Sequence[int], checker: Checker, *, by: User) -> int:
    """Takes the rows with these keys that are good still; says how many.

    Where the database refuses the whole, each half is tried by itself, down to the row that is refused: it says why.
    """
    try:
        return _take_together(keys, checker, by=by)
    except (IntegrityError, DataError, TooLate) as refusal:
        if len(keys) > 1:
            half = len(keys) // 2
            return take(keys[:half], checker, by=by) + take(keys[half:], checker, by=by)
        findings = {Meaning.LINK.value: _sentence(refusal)}
        EntryImportRow.objects.waiting().filter(pk__in=keys).update(state=RowState.BAD, findings=findings)
        return 0


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, TooLate):
        return refusal.sentence
    if prohibition.REFUSAL in str(refusal):
        return _("This network is prohibited in Russia, its pages are not entered in the registry.")
    if "unique" in str(refusal).lower():
        return _("Somebody has just entered the same page.")
    return _("The registry cannot keep this row as it is. Look at its days, its link and its legal act.")


@transaction.atomic
def _take_together(keys: Sequence[int], checker: Checker, *, by: User) -> int:
    """All of these rows or none; each leaves the state it was in, so that taking comes to an end."""
    found = EntryImportRow.objects.filter(pk__in=keys, state__in=WILL_BE_TAKEN).order_by("number", "part")
    rows = list(found.select_for_update())
    good: list[Good] = []
    for row, verdict in zip(rows, checker.check_all(rows), strict=True):
        note(row, verdict, checker.entry_import)
        if verdict.state in WILL_BE_TAKEN and verdict.account:
            good.append((row, verdict))
    _write(good, by=by)
    now = timezone.now()
    for row, _verdict in good:
        row.state, row.taken_at = RowState.TAKEN, now
    fields = [*JUDGED, "taken_at"]
    EntryImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=fields)
    return len(good)


def _write(good: Sequence[Good], *, by: User) -> None:
    """What is public at once, or changes an entry that stands, is proposed; everything else is entered."""
    waiting = [verdict for _row, verdict in good if _waits(verdict)]
    entered = [(row, verdict.account) for row, verdict in good if not _waits(verdict) and verdict.account]
    _store_acts([verdict for _row, verdict in good], by=by)
    actions.create_accounts([account for _row, account in entered], by=by)
    for row, account in entered:
        row.account = account
    proposing.propose_all(_entries(waiting), by=by)


def _waits(verdict: Verdict) -> bool:
    return bool(verdict.stands or (verdict.account and verdict.account.status in PUBLIC_STATUSES))


def _entries(verdicts: Sequence[Verdict]) -> list[proposing.Entry]:
    found: list[proposing.Entry] = []
    standing = [verdict.stands for verdict in verdicts if verdict.stands]
    proposing.fetch_people(standing)
    for verdict in verdicts:
        if verdict.stands:
            people = list(verdict.stands.responsible_people.all())
            found.append(proposing.Entry(verdict.stands, people, verdict.act))
        elif verdict.account:
            found.append(proposing.Entry(verdict.account, new_act=verdict.act))
    return found


def _store_acts(verdicts: Sequence[Verdict], *, by: User) -> None:
    """Stores the new acts of what is entered, each once, whichever rows name it; a body's own come before others'."""
    stored: dict[str, list[LegalAct]] = defaultdict(list)
    of_entries = [verdict for verdict in verdicts if verdict.act and not _waits(verdict)]
    for verdict in of_entries:
        if verdict.act and _known(verdict, stored) is None:
            stored[verdict.act.title].append(verdict.act)
    fresh = [act for acts in stored.values() for act in acts]
    with audit.acting(by):
        LegalAct.objects.bulk_create(fresh, batch_size=500)
        audit.created(fresh)
    for verdict in verdicts:
        act = _known(verdict, stored)
        if act is None:
            continue
        verdict.act = None
        for account in filter(None, (verdict.account, verdict.stands)):
            account.legal_act = act


def _known(verdict: Verdict, stored: dict[str, list[LegalAct]]) -> LegalAct | None:
    account: Account | None = verdict.account
    if verdict.act is None or account is None:
        return None
    above = account.organization.path_up
    acts = stored.get(verdict.act.title, ())
    return next((act for act in acts if act.organization and act.organization.path in above), None)
