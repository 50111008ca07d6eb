"""How messages come in: one at a time or by the hundred, each once, sorted by the triage as it arrives."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import clocks
from moderation.models import Message, MessageKind, Source
from moderation.models.messages import classes_of
from moderation.replies import stale
from moderation.triage.lists import sorter
from moderation.triage.sorter import Sorter
from people import vault
from people.models import User
from people.search import fold
from people.worktime import Calendar
from registry import links
from registry.models import Account

MAX_TEXT = 20_000  # characters: no network lets anybody write more
LONGEST = {"external_id": 100, "post": 100, "thread": 100, "link": 400, "author_name": 200, "author_id": 200}
FIRST_YEAR = 2006  # there were no networks before
CLOCKS_DIFFER = timedelta(minutes=5)
Key = tuple[int, str, str]
AUTHOR = "message author"  # what marks of authors are made for
NUMBER = "message number"


@dataclass(frozen=True)
class Arrival:
    """A message as it is brought: by a person, a file, a program. Numbers are the network's own, as text."""

    account: Account
    text: str
    received_at: datetime
    kind: str = MessageKind.COMMENT
    external_id: str = ""
    post: str = ""
    thread: str = ""
    link: str = ""
    author_name: str = ""
    author_id: str = ""
    is_urgent: bool = False

    @property
    def number(self) -> str:
        """What tells it from others under the same post. Without a number of the network: a mark of what is known.

        So the same row of a file, brought twice, is one message. Keyed: nobody tries names on it when the author is
        forgotten.
        """
        if self.external_id:
            return self.external_id
        known = [self.link, self.text, self.received_at.isoformat(), self.author_name]
        return "own-" + vault.mark(json.dumps(known), purpose=NUMBER)[:32]

    @property
    def key(self) -> Key:
        """As `Message.key`: what brings it twice brings one message."""
        return self.account.pk, self.post, self.number

    @property
    def _leads_elsewhere(self) -> bool:
        network = self.account.network
        return bool(self.link) and not (network and links.is_of(self.link, network))

    def problems(self) -> dict[str, str]:
        """Field → sentence: why it is not taken. Empty when it is."""
        found = {}
        if not any(unicodedata.category(letter)[0] not in "CZ" for letter in self.text):  # spaces and invisible marks
            found["text"] = _("There is no text. Write what the person wrote.")
        elif len(self.text) > MAX_TEXT:
            found["text"] = _("The text is too long: at most %(n)d characters.") % {"n": MAX_TEXT}
        if self.kind not in MessageKind.values:
            found["kind"] = _("Kind must be one of: %(kinds)s.") % {"kinds": ", ".join(MessageKind.values)}
        if sentence := _wrong_moment(self.received_at):
            found["received_at"] = sentence
        for name, limit in LONGEST.items():
            if len(getattr(self, name)) > limit:
                found[name] = _("Too long: at most %(n)d characters.") % {"n": limit}
        if self._leads_elsewhere:
            found["link"] = _("This is no address in %(network)s, where the page is.") % {
                "network": f"«{self.account.network}»"
            }
        return found


def _wrong_moment(moment: datetime) -> str:
    if moment > timezone.now() + CLOCKS_DIFFER:
        return _("This moment has not come yet.")
    return _("Check the year.") if moment.year < FIRST_YEAR else ""


def receive(arrivals: Sequence[Arrival], *, by: User, source: Source) -> list[tuple[Message, bool]]:
    """Takes messages without problems; each comes back with whether it is new. One already here is not written again.

    A fixed number of queries for a batch, and safe to repeat: of two at once with one number, one message comes to be.
    """
    if not arrivals:
        return []
    sorting = sorter()
    calendars = clocks.calendars_of([arrival.account.organization for arrival in arrivals])
    made: dict[Key, Message] = {}
    for arrival in arrivals:
        calendar = calendars[arrival.account.organization_id]
        made.setdefault(arrival.key, _message(arrival, by, source, sorting, calendar))
    here = known(arrivals)
    with transaction.atomic():
        new = [message for key, message in made.items() if key not in here]
        try:
            with transaction.atomic():
                Message.objects.bulk_create(new)
        except IntegrityError:  # somebody brings the same at this moment: take it one by one
            new = [message for message in new if _save(message)]
        stored = known(arrivals)
        stale.tell([stored[message.key] for message in new], by=by)
    fresh = {message.key for message in new}
    result = []
    for arrival in arrivals:
        key = arrival.key
        result.append((stored[key], key in fresh))
        fresh.discard(key)  # twice in one batch: new only once
    return result


def _save(message: Message) -> bool:
    try:
        with transaction.atomic():
            message.pk = None
            message.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def known(arrivals: Iterable[Arrival]) -> dict[Key, Message]:
    """Those that are here already, by their keys; one query."""
    keys = {arrival.key for arrival in arrivals}
    accounts = {account for account, _post, _number in keys}
    numbers = {number for _account, _post, number in keys}
    rows = Message.objects.filter(account__in=accounts, external_id__in=numbers)
    return {row.key: row for row in rows}


def _message(arrival: Arrival, by: User, source: Source, sorting: Sorter, calendar: Calendar) -> Message:
    flags = [
        {"class": flag.flag, "start": flag.start, "end": flag.end, "reason": flag.reason}
        for flag in sorting.sort(arrival.text)
    ]
    author = {"name": arrival.author_name, "id": arrival.author_id}
    return Message(
        organization=arrival.account.organization,
        account=arrival.account,
        kind=arrival.kind,
        post=arrival.post,
        external_id=arrival.number,
        thread=arrival.thread,
        text=arrival.text,
        link=arrival.link,
        received_at=arrival.received_at,
        author=vault.seal(json.dumps(author, ensure_ascii=False)) if any(author.values()) else "",
        author_mark=mark_of(arrival.account, arrival.author_id) if author_key(arrival.author_id) else "",
        flags=flags,
        hints=classes_of(flags),
        is_urgent=arrival.is_urgent,
        due_at=clocks.due(arrival.received_at, calendar, urgent=arrival.is_urgent),
        source=source,
        added_by=by,
        search=fold(arrival.text),
    )


def mark_of(account: Account, author_id: str) -> str:
    """What stays of an author: the same for all messages of one person in one network, and tells nobody who it is."""
    return vault.mark(f"{account.network_id}:{author_key(author_id)}", purpose=AUTHOR)


def author_key(author_id: str) -> str:
    """The number or the name in the network, out of a link to the profile too; "" in a link that names none."""
    text = author_id.strip().casefold()
    if "/" in text:
        text = text.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    return text.removeprefix("@")
