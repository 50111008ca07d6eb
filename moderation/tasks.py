"""The journal proves itself every night."""

from celery import shared_task

from moderation import proof


@shared_task
def verify() -> str:
    return proof.renew().result.head_hash
