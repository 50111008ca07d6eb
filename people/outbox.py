"""Where letters are written: in the transaction that causes them, under a key that the same event never repeats."""

from datetime import datetime

from django.db import transaction

from people.models import Letter, User
from people.tasks import deliver_letters


def write(
    *,
    key: str,
    user: User,
    subject: str,
    body: str,
    waits_for_work: bool = False,
    not_before: datetime | None = None,
) -> bool:
    """Puts a letter into the outbox and has it delivered after commit. False: this event wrote already.

    `waits_for_work`: not at night, at the weekend or on a holiday of the person's body; the first working moment will
    do. Passwords and invitations never wait. `not_before`: what caused the letter may still be taken back until then.
    """
    fields: dict[str, object] = {
        "user": user,
        "to": user.email,
        "subject": " ".join(subject.split())[:200],
        "body": body,
    }
    fields["waits_for_work"] = waits_for_work
    if not_before:
        fields["try_after"] = not_before
    _, written = Letter.objects.get_or_create(key=key, defaults=fields)
    if written:
        # Should the queue be away, the letter waits for the task of the next minute.
        transaction.on_commit(deliver_letters.delay, robust=True)
    return written
