"""What a row of a table will become: a message, nothing new, or a sentence about what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.forms import accounts_of
from moderation.inbox.imports.columns import Meaning
from moderation.inbox.imports.table import Values, is_yes, read_kind, read_moment, values_of
from moderation.inbox.intake import Arrival, known
from moderation.inbox.masking import cut, mask
from moderation.inbox.places import Pages
from moderation.models import Message, MessageImportRow
from moderation.models.intake import RowState
from people.models import User
from registry.models import Account

# A field of an arrival → the column it came from.
_COLUMNS = {
    "text": Meaning.TEXT,
    "kind": Meaning.KIND,
    "received_at": Meaning.WHEN,
    "external_id": Meaning.NUMBER,
    "post": Meaning.POST,
    "thread": Meaning.THREAD,
    "link": Meaning.LINK,
    "author_name": Meaning.AUTHOR,
    "author_id": Meaning.AUTHOR_ID,
}
_LONGEST_WORDS = 200


@dataclass
class Verdict:
    """What a row says; what is wrong, by meaning; the message that is here already."""

    words: str
    arrival: Arrival | None = None
    known: Message | None = None
    errors: dict[Meaning, str] = field(default_factory=dict)

    @property
    def state(self) -> RowState:
        if self.errors or self.arrival is None:
            return RowState.BAD
        return RowState.KNOWN if self.known else RowState.NEW


def judge(rows: Sequence[MessageImportRow], columns: Sequence[str], *, by: User) -> list[Verdict]:
    """One verdict for each row; a fixed number of queries for any number of rows."""
    values = [values_of(row, columns) for row in rows]
    pages = Pages(accounts_of(by))
    pages.learn(said[meaning] for said in values for meaning in (Meaning.PAGE, Meaning.LINK) if meaning in said)
    verdicts = [_verdict(said, pages) for said in values]
    here = known([verdict.arrival for verdict in verdicts if verdict.arrival])
    for verdict in verdicts:
        if verdict.arrival:
            verdict.known = here.get(verdict.arrival.key)
    return verdicts


def _verdict(said: Values, pages: Pages) -> Verdict:
    verdict = Verdict(words=cut(mask(" ".join(said.get(Meaning.TEXT, "").split())), _LONGEST_WORDS))
    account = _account(said, pages, verdict)
    zone = account.organization.zone if account else timezone.get_current_timezone()
    moment = _moment(said, zone, verdict)
    if not said.get(Meaning.TEXT, "").strip():
        verdict.errors[Meaning.TEXT] = _("There is no text. Write what the person wrote.")
    if account is None or moment is None or verdict.errors:
        return verdict
    arrival = _arrival(said, pages, account, moment)
    for name, sentence in arrival.problems().items():
        verdict.errors[_COLUMNS[name]] = sentence
    verdict.arrival = None if verdict.errors else arrival
    return verdict


def _account(said: Values, pages: Pages, verdict: Verdict) -> Account | None:
    page, link = said.get(Meaning.PAGE, ""), said.get(Meaning.LINK, "")
    found = pages.find(page) or pages.find(link)
    if found is None and page:
        verdict.errors[Meaning.PAGE] = _(
            "There is no page “%(words)s” among yours. Paste its link as it stands in the registry."
        ) % {"words": page[:80]}
    elif found is None:
        verdict.errors[Meaning.PAGE] = _("It is not clear on which page this was written. Paste the link of the page.")
    return found


def _moment(said: Values, zone: tzinfo, verdict: Verdict) -> datetime | None:
    when = said.get(Meaning.WHEN, "")
    if not when.strip():
        verdict.errors[Meaning.WHEN] = _("Say when it was written: the term for a reply is counted from then.")
        return None
    try:
        return read_moment(when, said.get(Meaning.HOUR, ""), zone)
    except (ValueError, OverflowError):
        verdict.errors[Meaning.WHEN] = _("“%(words)s” is not a moment. Write it like 30.11.2026 14:05.") % {
            "words": f"{when} {said.get(Meaning.HOUR, '')}".strip()[:40]
        }
        return None


def _arrival(said: Values, pages: Pages, account: Account, moment: datetime) -> Arrival:
    link = said.get(Meaning.LINK, "")
    spot = pages.spot(link)
    return Arrival(
        account,
        said[Meaning.TEXT],
        moment,
        kind=read_kind(said.get(Meaning.KIND, "")),
        external_id=said.get(Meaning.NUMBER, "") or spot.external_id,
        post=said.get(Meaning.POST, "") or spot.post,
        thread=said.get(Meaning.THREAD, "") or spot.thread,
        link=link if "://" in link or not link else f"https://{link}",
        author_name=said.get(Meaning.AUTHOR, ""),
        author_id=said.get(Meaning.AUTHOR_ID, ""),
        is_urgent=is_yes(said.get(Meaning.URGENT, "")),
    )
