"""The journal proves itself every night, names of citizens are forgotten, terms of replies are reminded of."""

from celery import shared_task

from moderation import lifting, proof, reminders, retention
from moderation.inbox import authors
from moderation.inbox.imports import taking
from moderation.models import MessageImport
from people.models import User


@shared_task
def verify() -> str:
    return proof.renew().result.head_hash


@shared_task
def forget_words_of_decisions() -> int:
    return retention.forget()


@shared_task
def forget_authors() -> int:
    taking.forget()
    return authors.forget()


@shared_task
def take_rows_of_import(import_pk: int, user_pk: int) -> None:
    taking.take_rows(MessageImport.objects.get(pk=import_pk), by=User.objects.get(pk=user_pk))


@shared_task
def remind_of_replies() -> int:
    return reminders.remind()


@shared_task
def remind_of_ended_measures() -> int:
    return lifting.remind()
