"""How a person is told that something happened: a notice in the portal, and by letter as the person chose.

Called inside the transaction that causes the event. Rooms above know what happened and whom it concerns
(`contentplan/notices.py`); here it is passed on to deputies, kept from whoever did it, and never told twice. The
letters are written a little later, from the notices that are not read by then (`people/mailing.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from people import letters
from people.absences import Listener, listeners
from people.models import MailChoice, Notice, Tone, User
from people.quotation import nested


@dataclass(frozen=True)
class Event:
    """A kind of thing people are told about."""

    kind: str
    tone: Tone = Tone.INFO
    # Cannot wait: the letter goes out this minute, at night as well.
    urgent: bool = False
    # For so long an unread notice of this kind about the same page speaks for the next ones too.
    speaks_for: timedelta = timedelta()


@dataclass(frozen=True)
class Words:
    """What is said: a sentence, more words below it, and the page within the portal that it is about."""

    title: str
    url: str
    text: str = ""


def tell(event: Event, people: Iterable[User], words: Words, *, key: str, by: User | None = None) -> list[Notice]:
    """Tells each of the people once, in a fixed number of queries. Answers with the notices that are new.

    `key` names the event among those of its kind: the same event never tells anybody twice. `by` did it and is not
    told. Whoever is away is not told either: the deputy is.
    """
    others = [user for user in people if user.is_active and user != by]
    told = [listener for listener in listeners(others) if listener.user != by] if others else []
    fresh = _new(event, [_notice(event, listener, words, key) for listener in told])
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    urgent = [notice.key for notice in fresh if notice.mailed_at]
    # A letter leads to its notice: rows that might have stood already bear no number yet.
    for row in Notice.objects.filter(key__in=urgent).select_related("user") if urgent else []:
        letters.notice(row.user, row, key=row.key, waits_for_work=False)
    return fresh


def forget(event: Event, *, key: str) -> None:
    """The event was taken back at once: nobody hears of it who has not yet."""
    Notice.objects.filter(key__startswith=f"{event.kind}:{key}:", mailed_at=None).delete()


def _notice(event: Event, listener: Listener, words: Words, key: str) -> Notice:
    now = timezone.now()
    by_mail = event.urgent and listener.user.mail_choice != MailChoice.PORTAL
    return Notice(
        key=f"{event.kind}:{key}:{listener.user.pk}",
        user=listener.user,
        kind=event.kind,
        tone=event.tone,
        title=nested(words.title)[: Notice.TITLE_LENGTH],
        text=words.text,
        instead_of=listener.in_words,
        url=words.url,
        created_at=now,
        mailed_at=now if by_mail else None,
    )


def _new(event: Event, notices: list[Notice]) -> list[Notice]:
    """Those whose event, or one that speaks for it, has told the person nothing yet."""
    if not notices:
        return []
    keys = [notice.key for notice in notices]
    known = set(Notice.objects.filter(key__in=keys).values_list("user", flat=True))
    if event.speaks_for:
        same = Notice.objects.unread().filter(kind=event.kind, url=notices[0].url, user__in=[n.user for n in notices])
        since = timezone.now() - event.speaks_for
        known |= set(same.filter(created_at__gt=since).values_list("user", flat=True))
    return [notice for notice in notices if notice.user_id not in known]
