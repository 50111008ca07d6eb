"""How a person is told that something happened: a notice in the portal, and a letter as the person chose.

Called inside the transaction that causes the event. Rooms above know what happened and whom it concerns
(`contentplan/notices.py`); here it is passed on to deputies, kept from whoever did it, and never told twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from people import letters
from people.absences import Listener, listeners
from people.models import MailChoice, Notice, Tone, User


@dataclass(frozen=True)
class Event:
    """A kind of thing people are told about."""

    kind: str
    tone: Tone = Tone.INFO
    # Cannot wait until the morning: the letter goes out at once, at night as well.
    urgent: bool = False


@dataclass(frozen=True)
class Words:
    """What is said: a sentence, more words below it, and the page within the portal that it is about."""

    title: str
    url: str
    text: str = ""


@transaction.atomic
def tell(event: Event, people: Iterable[User], words: Words, *, key: str, by: User | None = None) -> list[Notice]:
    """Tells each of the people once, in a number of queries that grows only with the letters.

    `key` names the event among those of its kind: the same event never tells anybody twice. `by` did it and is not
    told. Whoever is away is not told either: the deputy is. Answers with the notices that are new.
    """
    others = [user for user in people if user.is_active and user != by]
    told = [listener for listener in listeners(others) if listener.user != by] if others else []
    fresh = _new([_notice(event, listener, words, key) for listener in told])
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    for notice in fresh:
        if notice.mailed_at:
            letters.notice(notice.user, notice, waits_for_work=not event.urgent)
    return fresh


def _notice(event: Event, listener: Listener, words: Words, key: str) -> Notice:
    now = timezone.now()
    return Notice(
        key=f"{event.kind}:{key}:{listener.user.pk}",
        user=listener.user,
        kind=event.kind,
        tone=event.tone,
        title=words.title[: Notice.TITLE_LENGTH],
        text=words.text,
        instead_of=listener.in_words,
        url=words.url,
        created_at=now,
        mailed_at=now if listener.user.mail_choice == MailChoice.AT_ONCE else None,
    )


def _new(notices: list[Notice]) -> list[Notice]:
    """Those whose event has told the person nothing yet."""
    known = set(Notice.objects.filter(key__in=[row.key for row in notices]).values_list("key", flat=True))
    return [row for row in notices if row.key not in known]
