"""Background work of this room."""

from celery import shared_task

from contentplan.actions.exports import make_file
from contentplan.actions.imports import take_rows
from contentplan.models import ExportJob, PlanImport
from people.models import User


@shared_task
def take_rows_of_import(import_pk: int, user_pk: int) -> None:
    plan_import = PlanImport.objects.select_related("organization").get(pk=import_pk)
    take_rows(plan_import, by=User.objects.get(pk=user_pk))


@shared_task
def make_export(job_pk: int) -> None:
    make_file(ExportJob.objects.select_related("organization", "made_by").get(pk=job_pk))
