"""Taking messages from a table: nothing is written before it was looked at, and nothing is written twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.inbox.imports.checking import Verdict, judge
from moderation.inbox.imports.columns import Columns, Meaning
from moderation.inbox.imports.table import Table
from moderation.inbox.intake import receive
from moderation.models import MessageImport, MessageImportRow, Source
from moderation.models.intake import RowState
from people.http import TooLate
from people.models import User
from people.tables.brought import STALLED_AFTER

AT_ONCE = 100  # fewer rows are taken while the person waits
BATCH = 200
KEPT = timedelta(days=30)  # rows nobody mended are citizens' words that nobody answers
_JUDGED = ["state", "findings", "words", "message"]


@transaction.atomic
def start_import(table: Table, *, name: str = "", by: User) -> MessageImport:
    """Keeps a table to be looked at, every row judged."""
    columns = [meaning.value if meaning else "" for meaning in table.columns]
    made = MessageImport.objects.create(name=name[:150], header=table.header, columns=columns, made_by=by)
    rows = [MessageImportRow(message_import=made, number=line.number, cells=line.cells) for line in table.lines]
    for row, verdict in zip(rows, judge(rows, columns, by=by), strict=True):
        _note(row, verdict)
    MessageImportRow.objects.bulk_create(rows, batch_size=500)
    return made


@transaction.atomic
def set_columns(message_import: MessageImport, columns: Columns, *, by: User) -> None:
    """What each column means, corrected by a person."""
    if message_import.is_running:
        raise TooLate(_("The rows are being taken right now: wait until it is done."))
    message_import.columns = [meaning.value if meaning else "" for meaning in columns]
    message_import.save(update_fields=["columns"])
    rows = list(message_import.rows.waiting().order_by("number"))
    for row, verdict in zip(rows, judge(rows, message_import.columns, by=by), strict=True):
        _note(row, verdict)
    MessageImportRow.objects.bulk_update(rows, _JUDGED, batch_size=500)


def mend_row(row: MessageImportRow, values: dict[Meaning, str], *, by: User) -> None:
    """Types over the cells of a row and judges it again."""
    mended = {**row.mended, **{meaning.value: text for meaning, text in values.items()}}
    if not MessageImportRow.objects.waiting().filter(pk=row.pk).update(mended=mended):
        raise TooLate(_("This row has been taken already."))
    row.mended = mended
    [verdict] = judge([row], row.message_import.columns, by=by)
    _note(row, verdict)
    row.save(update_fields=_JUDGED)


@transaction.atomic
def take_import(message_import: MessageImport, *, by: User) -> None:
    """Has every good row become a message: a few at once, many in the background."""
    now = timezone.now()
    free = Q(active_at=None) | Q(active_at__lt=now - STALLED_AFTER)
    if not MessageImport.objects.filter(free, pk=message_import.pk).update(active_at=now):
        raise TooLate(_("The rows are being taken already."))
    if message_import.rows.filter(state=RowState.NEW).count() <= AT_ONCE:
        take_rows(message_import, by=by)
        return
    from moderation.tasks import take_rows_of_import  # the task calls this module

    transaction.on_commit(lambda: take_rows_of_import.delay(message_import.pk, by.pk))


def take_rows(message_import: MessageImport, *, by: User) -> int:
    """Takes the good rows that wait; says how many. May be interrupted and repeated."""
    taken = 0
    rows = message_import.rows.filter(state=RowState.NEW).order_by("number")
    while batch := list(rows[:BATCH]):
        taken += _take(batch, message_import, by=by)
        MessageImport.objects.filter(pk=message_import.pk).update(active_at=timezone.now())
    MessageImport.objects.filter(pk=message_import.pk).update(active_at=None)
    return taken


@transaction.atomic
def _take(rows: Sequence[MessageImportRow], message_import: MessageImport, *, by: User) -> int:
    """Messages of rows that are good still; each row leaves the state it was in, so that this comes to an end."""
    verdicts = judge(rows, message_import.columns, by=by)
    good = [(row, verdict.arrival) for row, verdict in zip(rows, verdicts, strict=True) if verdict.arrival]
    received = receive([arrival for _row, arrival in good], by=by, source=Source.FILE)
    now = timezone.now()
    for row, verdict in zip(rows, verdicts, strict=True):
        _note(row, verdict)
    for (row, _arrival), (message, is_new) in zip(good, received, strict=True):
        row.message, row.state = message, RowState.KNOWN
        if is_new:
            # The words stand in the message from here on, under its rules.
            row.state, row.taken_at, row.cells, row.mended = RowState.TAKEN, now, [], {}
    MessageImportRow.objects.bulk_update(rows, [*_JUDGED, "taken_at", "cells", "mended"], batch_size=500)
    return sum(is_new for _message, is_new in received)


def _note(row: MessageImportRow, verdict: Verdict) -> None:
    row.state, row.words, row.message = verdict.state, verdict.words, verdict.known
    row.findings = {meaning.value: sentence for meaning, sentence in verdict.errors.items()}


def forget(now: datetime | None = None) -> int:
    """Deletes tables brought `KEPT` ago, with the rows nobody mended; returns how many rows of the database."""
    limit = (now or timezone.now()) - KEPT
    deleted, _by_model = MessageImport.objects.filter(made_at__lt=limit).delete()
    return deleted
