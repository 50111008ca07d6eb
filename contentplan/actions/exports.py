"""Files too long for one request: asked for here, made by a worker, fetched by whoever asked, gone a day later."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan.export import FORMATS, Period, Table
from contentplan.models import ExportJob, ExportState
from contentplan.models.exports import KEPT_FOR
from people.models import Organization, User

STEP = 50  # posts between two signs of life


@transaction.atomic
def start_export(
    organization: Organization | None, period: Period, *, kind: str, only_approved: bool, by: User
) -> ExportJob:
    """Asks for a file; `organization` None means every body the person sees."""
    _forget_old()
    job = ExportJob.objects.create(
        organization=organization,
        first=period.first,
        last=period.last,
        only_approved=only_approved,
        format=kind,
        made_by=by,
    )
    from contentplan.tasks import make_export  # the task calls this module

    transaction.on_commit(lambda: make_export.delay(job.pk))
    return job


def make_file(job: ExportJob) -> None:
    """Makes the file of a job; with what its maker may see by now."""
    table = table_of(job.made_by, job.organization, Period(job.first, job.last), only_approved=job.only_approved)
    if table is None:
        ExportJob.objects.filter(pk=job.pk).update(state=ExportState.FAILED)
        return
    rows = ExportJob.objects.filter(pk=job.pk)
    rows.update(total=table.count, active_at=timezone.now())

    def tell(done: int) -> None:
        if done % STEP == 0:
            rows.update(done=done, active_at=timezone.now())

    made = FORMATS[job.format]
    try:
        content = made.make(table, tell)
    except Exception:
        rows.update(state=ExportState.FAILED)
        raise
    job.file.save(f"{table.file_name}.{made.ending}", ContentFile(content), save=False)
    bodies = [body.pk for body in table.bodies]
    rows.update(file=job.file.name, bodies=bodies, done=table.count, state=ExportState.READY)


def table_of(
    user: User, organization: Organization | None, period: Period, *, only_approved: bool = False
) -> Table | None:
    """The table of one body, or of all the person sees; None when the person sees nothing of it."""
    visible = Organization.objects.visible_to(user)
    bodies = list(visible.filter(pk=organization.pk) if organization else visible)
    if not bodies:
        return None
    reach = "" if organization or len(bodies) == 1 else _("All bodies")
    return Table(bodies, period, only_approved, reach)


def _forget_old() -> None:
    """A file is made to be fetched: a day later it goes, with its row."""
    for job in ExportJob.objects.filter(made_at__lt=timezone.now() - KEPT_FOR):
        if job.file:
            job.file.delete(save=False)
        job.delete()
