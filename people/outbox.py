"""Where letters are written: in the transaction that causes them, under a key that the same event never repeats."""

from django.db import transaction

from people.models import Letter, User
from people.tasks import deliver_letters


def write(*, key: str, user: User, subject: str, body: str) -> bool:
    """Puts a letter into the outbox and has it delivered after commit. False: this event wrote already."""
    fields = {"user": user, "to": user.email, "subject": subject[:200], "body": body}
    _, written = Letter.objects.get_or_create(key=key, defaults=fields)
    if written:
        # Should the queue be away, the letter waits for the task of the next minute.
        transaction.on_commit(deliver_letters.delay, robust=True)
    return written
