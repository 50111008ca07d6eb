"""Background work of this room."""

from celery import shared_task

from contentplan import due_posts, memorable, reminders
from contentplan.actions import missed, repeating
from contentplan.actions.exports import make_file
from contentplan.actions.imports import take_rows
from contentplan.drafts import remove_old
from contentplan.media import preparing
from contentplan.models import ExportJob, PlanImport
from people.models import User


@shared_task
def take_rows_of_import(import_pk: int, user_pk: int) -> None:
    plan_import = PlanImport.objects.select_related("organization").get(pk=import_pk)
    take_rows(plan_import, by=User.objects.get(pk=user_pk))


@shared_task
def make_export(job_pk: int) -> None:
    make_file(ExportJob.objects.select_related("organization", "made_by").get(pk=job_pk))


@shared_task
def prepare_file(media_pk: int) -> None:
    """Cleans one file of a post and makes its small picture."""
    preparing.prepare(media_pk)


@shared_task
def catch_up_files() -> None:
    preparing.catch_up()


@shared_task
def forget_unsent() -> None:
    remove_old()
    preparing.remove_unused()


@shared_task
def put_memorable_dates() -> int:
    return memorable.put_everywhere()


@shared_task
def mark_missed() -> int:
    """How many approved posts did not come out."""
    return missed.mark_missed()


@shared_task
def remind_of_posts() -> int:
    """Tells whoever publishes that the time of a post has come."""
    return due_posts.remind()


@shared_task
def remind_of_plans() -> int:
    """Reminds of plans that are due and not handed in."""
    return reminders.remind()


@shared_task
def make_repeats() -> int:
    """How many drafts of repeating posts were made."""
    return repeating.make_drafts()
