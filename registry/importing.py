"""Taking a registry from a table: nothing is written before it was looked at, and nothing is written twice.

Procedure, cl. 2.1, 3. New entries come in as not confirmed; what would be public at once, and changes of
entries that stand, wait for a second person as proposals do.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.http import TooLate
from people.models import Organization, User
from people.roles import Permission
from registry.imports import taking
from registry.imports.checking import AT_ONCE, JUDGED, Checker, note, values_of
from registry.imports.columns import Columns, Meaning
from registry.imports.reading import Table, links_of
from registry.models import EntryImport, EntryImportRow
from registry.models.imports import WILL_BE_TAKEN, ImportStep, RowState

TAKEN_AT_ONCE = 200  # rows in one transaction: others wait to write no longer than a second or two
CHECKED_AT_ONCE = 300  # rows, AT_ONCE at most: a person waits for their check; more go to the background
LEFT_AFTER = timedelta(minutes=2)  # a batch of rows takes seconds: who was silent for so long was killed


def registry_of(user: User) -> Organization | None:
    """The body whose registry the person keeps: the highest one."""
    highest: Organization | None = Organization.objects.where_may(user, Permission.EDIT_REGISTRY).first()
    return highest


@transaction.atomic
def start_import(organization: Organization, table: Table, *, name: str = "", by: User) -> EntryImport:
    """Keeps a table to be looked at, every row judged."""
    entry_import = EntryImport.objects.create(
        organization=organization,
        name=name[:150],
        header=table.header,
        columns=[meaning.value if meaning else "" for meaning in table.columns],
        made_by=by,
    )
    made = [(line.number, line.cells, part) for line in table.lines for part in _parts(line.cells, entry_import)]
    rows = [EntryImportRow(entry_import=entry_import, number=n, cells=cells, part=part) for n, cells, part in made]
    EntryImportRow.objects.bulk_create(rows, batch_size=500)
    judge(entry_import, by=by)
    return entry_import


def _parts(cells: Sequence[str], entry_import: EntryImport) -> range:
    return range(len(links_of(cells, entry_import.columns, entry_import.header)))


@transaction.atomic
def set_columns(entry_import: EntryImport, columns: Columns, *, by: User) -> None:
    """What each column means, corrected by a person; lines are divided into their links anew."""
    if entry_import.step:
        raise TooLate(_("The rows are being worked on right now: wait until it is done."))
    entry_import.columns = [meaning.value if meaning else "" for meaning in columns]
    entry_import.save(update_fields=["columns"])
    lines = {row.number: row.cells for row in entry_import.rows.all()}
    standing = set(entry_import.rows.values_list("number", "part"))
    wanted = {(number, part) for number, cells in lines.items() for part in _parts(cells, entry_import)}
    for number, part in standing - wanted:
        entry_import.rows.waiting().filter(number=number, part=part).delete()
    EntryImportRow.objects.bulk_create(
        (
            EntryImportRow(entry_import=entry_import, number=number, cells=lines[number], part=part)
            for number, part in sorted(wanted - standing)
        ),
        batch_size=500,
    )
    judge(entry_import, by=by)


def judge(entry_import: EntryImport, *, by: User) -> None:
    """Judges every row that waits, from the top: a small table at once, a large one in the background."""
    rows = entry_import.rows.waiting()
    rows.update(key="", state=RowState.UNCHECKED)
    if rows.count() <= CHECKED_AT_ONCE:
        _check_rows(entry_import, Checker(entry_import, by=by))
    else:
        _begin(entry_import, ImportStep.CHECK, by=by)


def check_rows(entry_import: EntryImport, *, by: User) -> None:
    """Judges the rows that are not yet judged. May be interrupted and repeated."""
    checker = Checker(entry_import, by=by)
    while _check_rows(entry_import, checker):
        _alive(entry_import)
    _done(entry_import)


@transaction.atomic
def _check_rows(entry_import: EntryImport, checker: Checker) -> int:
    """Judges the next rows; says how many they were."""
    waiting = entry_import.rows.filter(state=RowState.UNCHECKED).order_by("number", "part")
    rows = list(waiting[:AT_ONCE])
    if rows:
        for row, verdict in zip(rows, checker.check_all(rows), strict=True):
            note(row, verdict, entry_import)
        # Not `bulk_update`: its conditions for each row and column take ten times as long.
        EntryImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=JUDGED)
    return len(rows)


def mend_row(row: EntryImportRow, values: dict[Meaning, str], *, by: User) -> None:
    """Types over the cells of a row and judges it again."""
    if row.state == RowState.TAKEN:
        raise TooLate(_("This row has been taken already."))
    if row.entry_import.step:  # what a worker has just written about the row would be written over
        raise TooLate(_("The rows are being worked on right now: wait until it is done."))
    row.mended = {**row.mended, **{meaning.value: text for meaning, text in values.items()}}
    row.key = ""
    row.save(update_fields=["mended", "key"])
    note(row, Checker(row.entry_import, by=by).check(row), row.entry_import)
    row.save(update_fields=JUDGED)


@transaction.atomic
def mend_body(row: EntryImportRow, body: str, *, by: User) -> int:
    """Names the body in every waiting row where the same words stand for it; says in how many."""
    entry_import = row.entry_import
    if entry_import.step:
        raise TooLate(_("The rows are being worked on right now: wait until it is done."))

    def named(other: EntryImportRow) -> str:
        return values_of(other, entry_import.columns, entry_import.header).get(Meaning.BODY, "")

    same = [other for other in entry_import.rows.waiting() if named(other) == named(row)]
    for other in same:
        other.mended = {**other.mended, Meaning.BODY.value: body}
    EntryImportRow.objects.bulk_update(same, ["mended"], batch_size=500)
    judge(entry_import, by=by)
    return len(same)


@transaction.atomic
def take_import(entry_import: EntryImport, *, by: User) -> None:
    """Has every good row become an entry, in the background."""
    if not _begin(entry_import, ImportStep.TAKE, by=by):
        raise TooLate(_("The rows are being taken already."))


def _begin(entry_import: EntryImport, step: ImportStep, *, by: User) -> bool:
    """Has a worker do the step; False when another one is being done."""
    free = EntryImport.objects.filter(pk=entry_import.pk, step="")
    if not free.update(step=step, asked_by=by, active_at=timezone.now()):
        return False
    entry_import.step = step
    transaction.on_commit(lambda: _hand_over(entry_import.pk))
    return True


def _hand_over(pk: int) -> None:
    from registry.tasks import work_on_import  # the task calls this module

    work_on_import.delay(pk)


def work(entry_import: EntryImport) -> None:
    """Does what the import waits for, to its end. May be interrupted and repeated."""
    by = entry_import.asked_by
    if by and entry_import.step == ImportStep.CHECK:
        check_rows(entry_import, by=by)
    elif by and entry_import.step == ImportStep.TAKE:
        take_rows(entry_import, by=by)


def go_on() -> int:
    """Hands what a killed worker has left behind to another one; says how many imports."""
    now = timezone.now()
    found = 0
    for pk in EntryImport.objects.left_behind(now - LEFT_AFTER).values_list("pk", flat=True):
        # Of two who see it one goes on.
        if EntryImport.objects.left_behind(now - LEFT_AFTER).filter(pk=pk).update(active_at=now):
            _hand_over(pk)
            found += 1
    return found


def _alive(entry_import: EntryImport) -> None:
    EntryImport.objects.filter(pk=entry_import.pk).update(active_at=timezone.now())


def _done(entry_import: EntryImport) -> None:
    EntryImport.objects.filter(pk=entry_import.pk).update(step="", active_at=None)


def take_rows(entry_import: EntryImport, *, by: User) -> int:
    """Takes the good rows that wait; says how many. May be interrupted and repeated."""
    taken = 0
    checker = Checker(entry_import, by=by)
    good = entry_import.rows.filter(state__in=WILL_BE_TAKEN).order_by("number", "part").values_list("pk", flat=True)
    while keys := list(good[:TAKEN_AT_ONCE]):
        taken += taking.take(keys, checker, by=by)
        _alive(entry_import)
    _done(entry_import)
    return taken
