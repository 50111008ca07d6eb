"""Background work of this room; each task calls one function that a command calls too."""

from celery import shared_task

from people import delivery, digest


@shared_task
def deliver_letters() -> None:
    delivery.deliver()


@shared_task
def write_digests() -> int:
    """Writes the digests of this morning."""
    return digest.write_digests()
