"""Background work of the portal itself."""

from celery import shared_task

from config import health


@shared_task
def heartbeat() -> None:
    """Beat asked for it and the worker did it: both live."""
    health.beat()
