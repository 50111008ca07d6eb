"""The journal proves itself every night, names of citizens are forgotten, terms of replies are reminded of."""

from celery import shared_task

from moderation import proof, reminders
from moderation.inbox import authors


@shared_task
def verify() -> str:
    return proof.renew().result.head_hash


@shared_task
def forget_authors() -> int:
    return authors.forget()


@shared_task
def remind_of_replies() -> int:
    return reminders.remind()
