"""Background work of this room; each task calls one function that a command calls too."""

from celery import shared_task

from people import delivery, mailing


@shared_task
def deliver_letters() -> None:
    delivery.deliver()


@shared_task
def write_letters() -> int:
    """Writes letters about what people were told and have not read."""
    return mailing.write_letters()
