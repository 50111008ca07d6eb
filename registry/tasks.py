"""Background work of this room."""

from celery import shared_task

from registry import closing, importing, opendata, prohibition, reviewing
from registry.models import EntryImport
from registry.security import reminders


@shared_task
def work_on_import(import_pk: int) -> None:
    importing.work(EntryImport.objects.select_related("asked_by").get(pk=import_pk))


@shared_task
def go_on_with_imports() -> None:
    importing.go_on()


@shared_task
def archive_what_is_prohibited() -> None:
    prohibition.archive_what_is_prohibited()


@shared_task
def publish_open_data() -> None:
    opendata.publish()


@shared_task
def remind_of_security() -> None:
    reminders.remind()


@shared_task
def remind_of_verification() -> None:
    reviewing.remind()


@shared_task
def remind_of_closed_names() -> None:
    closing.remind()


@shared_task
def write_yearly_letters() -> None:
    reviewing.write_yearly()
