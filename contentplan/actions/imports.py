"""Taking a plan from a table: nothing is written before it was looked at, and nothing is written twice."""

from collections.abc import Sequence
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan import rules
from contentplan.actions.plans import open_plan
from contentplan.actions.posts import add_post
from contentplan.imports.accounts import AccountBook
from contentplan.imports.checking import Checker, Verdict
from contentplan.imports.columns import find_columns
from contentplan.imports.reading import MAX_ROWS, Rows
from contentplan.models import ImportRow, ImportState, PlanImport, PlannedPost
from people.http import TooLate
from people.models import Organization, User
from people.tables.brought import STALLED_AFTER
from people.weeks import Week


@transaction.atomic
def start_import(organization: Organization, rows: Rows, *, week: Week, name: str = "", by: User) -> PlanImport:
    """Keeps a table to be looked at, with its columns as far as they are recognised. Raises ValidationError."""
    head, columns = find_columns(rows, AccountBook(organization).columns)
    body = rows[head:]
    if not body:
        raise ValidationError(_("There is only a header here, no rows below it."))
    if len(body) > MAX_ROWS:
        raise ValidationError(
            _("There are more than %(n)d rows here. Take the plan in parts, month by month."), params={"n": MAX_ROWS}
        )
    plan_import = PlanImport.objects.create(
        organization=organization,
        monday=week.monday,
        name=name[:150],
        header=rows[head - 1] if head else [],
        columns=[name or "" for name in columns],
        made_by=by,
    )
    ImportRow.objects.bulk_create(
        ImportRow(plan_import=plan_import, number=number, cells=cells) for number, cells in enumerate(body, 1)
    )
    return plan_import


def set_columns(plan_import: PlanImport, columns: Sequence[str | None], *, by: User) -> None:
    """What each column means, corrected by a person."""
    values = [name or "" for name in columns]
    waiting = PlanImport.objects.filter(pk=plan_import.pk).exclude(state=ImportState.RUNNING)
    if not waiting.update(columns=values):
        raise TooLate(_("The rows are being taken right now: wait until it is done."))
    plan_import.columns = values


def mend_row(row: ImportRow, values: dict[str, str], *, by: User) -> Verdict:
    """Types over the cells of a row; when it is good now, it becomes a post at once."""
    mended = {**row.mended, **values}
    if not ImportRow.objects.waiting().filter(pk=row.pk).update(mended=mended):
        raise TooLate(_("This row has been taken already."))
    row.mended = mended
    checker = Checker(row.plan_import)
    verdict = checker.check(row)
    if verdict.is_good:
        _take(row, verdict, by=by)
    return verdict


@transaction.atomic
def take_import(plan_import: PlanImport, *, by: User) -> None:
    """Has every good row become a post, in the background."""
    now = timezone.now()
    free = ~Q(state=ImportState.RUNNING) | Q(active_at__lt=now - STALLED_AFTER)
    if not PlanImport.objects.filter(free, pk=plan_import.pk).update(state=ImportState.RUNNING, active_at=now):
        raise TooLate(_("The rows are being taken already."))
    from contentplan.tasks import take_rows_of_import  # the task calls this module

    transaction.on_commit(lambda: take_rows_of_import.delay(plan_import.pk, by.pk))


def take_rows(plan_import: PlanImport, *, by: User) -> int:
    """Makes posts of the good rows that wait; says how many. May be interrupted and repeated."""
    taken = 0
    checker = Checker(plan_import)
    for row in plan_import.rows.waiting().order_by("number"):
        if not rules.can_write(by, plan_import.organization):
            break
        verdict = checker.check(row)
        # An account closed meanwhile, a week that has just ended: the row waits and says so, the next ones go on.
        with suppress(ValidationError):
            taken += verdict.is_good and _take(row, verdict, by=by) is not None
        PlanImport.objects.filter(pk=plan_import.pk).update(active_at=timezone.now())
    PlanImport.objects.filter(pk=plan_import.pk).update(state=ImportState.DONE)
    return taken


@transaction.atomic
def _take(row: ImportRow, verdict: Verdict, *, by: User) -> PlannedPost | None:
    """The post of a good row; None when somebody was faster."""
    content = verdict.content
    if content is None or not ImportRow.objects.waiting().select_for_update().filter(pk=row.pk).exists():
        return None
    organization = row.plan_import.organization
    plan = open_plan(organization, Week.at(content.planned_at, organization.zone), by=by)
    post = add_post(plan, content, by=by)
    ImportRow.objects.filter(pk=row.pk).update(post=post, taken_at=timezone.now(), fingerprint=verdict.fingerprint())
    return post
