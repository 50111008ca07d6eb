"""Background work of this room; each task calls one function that a command calls too."""

from celery import shared_task
from django.core.management import call_command

from people import delivery, mailing, rates


@shared_task
def deliver_letters() -> None:
    delivery.deliver()


@shared_task
def write_letters() -> int:
    """Writes letters about what people were told and have not read."""
    return mailing.write_letters()


@shared_task
def tidy() -> None:
    """Sessions that have ended and counters of yesterday are nobody's business any more."""
    call_command("clearsessions")
    rates.forget()
