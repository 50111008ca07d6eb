"""Background work of this room."""

from celery import shared_task

from people.models import User
from registry import closing, importing, opendata, prohibition, reviewing
from registry.models import EntryImport
from registry.security import reminders


@shared_task
def take_rows_of_import(import_pk: int, user_pk: int) -> None:
    importing.take_rows(EntryImport.objects.get(pk=import_pk), by=User.objects.get(pk=user_pk))


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
