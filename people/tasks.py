"""Background work of this room."""

from celery import shared_task

from people import delivery


@shared_task
def deliver_letters() -> None:
    delivery.deliver()
