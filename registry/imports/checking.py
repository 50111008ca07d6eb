"""What a row of a table will become: a new entry, a change of one, nothing new, or a sentence about what is wrong."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import Organization, User
from people.search import fold
from registry import links
from registry.imports.books import Bodies, network_names, read_day
from registry.imports.columns import MEANING_NAMES, Meaning
from registry.imports.reading import links_of
from registry.imports.standing import Read, Standing, Values, Verdict, act_of
from registry.models import (
    IN_USE,
    PUBLIC_STATUSES,
    Account,
    AccountStatus,
    EntryImport,
    EntryImportRow,
    LegalAct,
    SocialNetwork,
)

AT_ONCE = 500  # rows
JUDGED = ("state", "findings", "changes", "words", "key", "account")  # columns of a row that hold the judgement
# A cell → the column of an entry it fills as it is.
_TEXTS = {
    Meaning.NAME: "name",
    Meaning.RESPONSIBLE: "responsible_post",
    Meaning.PHONE: "work_phone",
    Meaning.EMAIL: "work_email",
    Meaning.DESCRIPTION: "description",
    Meaning.EXTERNAL: "external_id",
}
_DAYS = {Meaning.OPENED: "opened_on", Meaning.CLOSED: "closed_on"}
_CLOSED = re.compile(r"закрыт|архив|удален|не действ")
_NOT_KEPT = re.compile(r"не вед[её]тся|не ведет|освобожд")
_PLANNED = re.compile(r"планир")
_NO_NETWORK = re.compile(r"ссылк|адрес|url")  # what stands above a column of links of any network
_MAY_BE_CLOSED = (AccountStatus.ARCHIVED, AccountStatus.PROHIBITED, AccountStatus.NOT_KEPT)


def values_of(row: EntryImportRow, columns: list[str], header: list[str]) -> Values:
    """The cells by meaning, with what was mended; the link is the one this part of the line is about."""
    values = {Meaning(name): cell for name, cell in zip(columns, row.cells, strict=False) if name and cell}
    found = links_of(row.cells, columns, header)
    link, above = found[row.part] if row.part < len(found) else ("", "")
    values = {meaning: re.sub(r"\s*https?://\S+$", "", text) for meaning, text in values.items()}
    above = "" if _NO_NETWORK.search(fold(above)) else above
    values |= {Meaning.LINK: link, Meaning.NETWORK: values.get(Meaning.NETWORK) or above}
    return {meaning: text for meaning, text in values.items() if text} | {
        Meaning(name): text for name, text in row.mended.items()
    }


def note(row: EntryImportRow, verdict: Verdict, entry_import: EntryImport) -> None:
    """Sets the columns of the row that say how it was judged; not stored."""
    values = values_of(row, entry_import.columns, entry_import.header)
    shown = (values.get(meaning, "") for meaning in (Meaning.BODY, Meaning.NAME, Meaning.LINK))
    row.words = " · ".join(" ".join(text.split()) for text in shown if text)[:400]
    row.state, row.key = verdict.state, verdict.key
    told = verdict.errors or verdict.notes
    row.findings = {meaning.value: sentence for meaning, sentence in told.items()}
    row.changes = [list(change) for change in verdict.changes]
    row.account = verdict.stands


class Checker:
    """Judges rows of one import for one person, many at once: so many questions to the database, however many rows."""

    def __init__(self, entry_import: EntryImport, *, by: User) -> None:
        self.entry_import = entry_import
        self.bodies = Bodies(by)
        self.networks = list(SocialNetwork.objects.with_status())
        self.names = network_names(self.networks)
        self._standing = Standing([])
        others = entry_import.rows.exclude(key="").values_list("key", "number", "part")
        self._seen: dict[str, tuple[int, int]] = {}
        for key, number, part in others.order_by("-number", "-part"):
            self._seen[key] = (number, part)

    def check(self, row: EntryImportRow) -> Verdict:
        return self.check_all([row])[0]

    def check_all(self, rows: Sequence[EntryImportRow]) -> list[Verdict]:
        """A verdict for each row, in their order; at most `AT_ONCE` of them."""
        read = [self._read(row) for row in rows]
        self._standing = Standing(read)
        return [self._settle(row, one) for row, one in zip(rows, read, strict=True)]

    def _read(self, row: EntryImportRow) -> Read:
        """What the cells say, before anything is looked up."""
        values = values_of(row, self.entry_import.columns, self.entry_import.header)
        verdict = Verdict()
        body = self._body(values, verdict)
        account = Account(status=_status(values))
        if body:
            account.organization = body
        self._page(values, account, verdict)
        self._columns(values, account, verdict)
        return Read(account, verdict, act_of(values))

    def _settle(self, row: EntryImportRow, read: Read) -> Verdict:
        self._act(read)
        if not read.verdict.errors:
            self._compare(row, read.account, read.verdict)
        return read.verdict

    def _body(self, values: Values, verdict: Verdict) -> Organization | None:
        words = values.get(Meaning.BODY, "")
        found = self.bodies.find(words) if words else None
        if found:
            return found
        if not words:
            verdict.errors[Meaning.BODY] = _("Write whose page it is.")
            return None
        near = "; ".join(f"«{body.short_name}»" for body in self.bodies.nearest(words))
        told = {"words": words[:80], "near": near}
        verdict.errors[Meaning.BODY] = (
            _("There is no body “%(words)s” among yours. Perhaps: %(near)s.") % told
            if near
            else _("There is no body “%(words)s” among yours.") % told
        )
        return None

    def _page(self, values: Values, account: Account, verdict: Verdict) -> None:
        words = values.get(Meaning.LINK, "")
        network = self.names.get(fold(values.get(Meaning.NETWORK, "")))
        if network and network.is_prohibited:
            verdict.errors[Meaning.NETWORK] = _(
                "This network is prohibited in Russia, its pages are not entered in the registry."
            )
            return
        if not words:
            if account.status != AccountStatus.NOT_KEPT:
                verdict.errors[Meaning.LINK] = _("There is no link here. Paste the address of the page.")
            account.network = network
            return
        try:
            link = links.read(words, network, networks=self.networks)
        except links.BadLink as refusal:
            verdict.errors[Meaning.LINK] = refusal.sentence
            return
        account.network, account.url, account.handle = link.network, link.url, link.handle
        account.external_id = link.external_id

    def _columns(self, values: Values, account: Account, verdict: Verdict) -> None:
        for meaning, name in _TEXTS.items():
            text = " ".join(values.get(meaning, "").split())
            if text and not (meaning is Meaning.EXTERNAL and account.external_id):
                self._set(account, name, text, meaning, verdict)
        for meaning, name in _DAYS.items():
            try:
                setattr(account, name, read_day(values.get(meaning, "")))
            except ValueError:
                verdict.errors[meaning] = _("“%(words)s” is not a day. Write it like 30.11.2026.") % {
                    "words": values[meaning][:40]
                }
        if not account.name and account.organization_id:
            account.name = account.organization.short_name
        if wrong := _wrong_days(account):
            verdict.errors.setdefault(Meaning.CLOSED, wrong)

    def _set(self, account: Account, name: str, text: str, meaning: Meaning, verdict: Verdict) -> None:
        try:
            setattr(account, name, Account._meta.get_field(name).clean(text, account))  # type: ignore[union-attr]
        except ValidationError as error:
            verdict.errors[meaning] = " ".join(error.messages)

    def _act(self, read: Read) -> None:
        account, verdict = read.account, read.verdict
        if read.act and account.organization_id:
            account.legal_act = self._standing.act(read.act, account.organization)
            if account.legal_act is None:
                verdict.act = LegalAct(organization=account.organization, title=read.act)
        elif account.status == AccountStatus.NOT_KEPT:
            verdict.errors[Meaning.ACT] = _("Name the legal act by which the page is not kept.")

    # --- once ---

    def _compare(self, row: EntryImportRow, account: Account, verdict: Verdict) -> None:
        without = f"none:{account.organization_id}:{account.network_id or ''}"
        verdict.key = f"{account.network_id}:{account.url}" if account.url else without
        place = (row.number, row.part)
        first = self._seen.setdefault(verdict.key, place)
        if first < place:
            verdict.errors[Meaning.LINK] = _("The same page as in row %(number)d: it is taken once.") % {
                "number": first[0]
            }
            return
        self._seen[verdict.key] = place
        verdict.account = account
        stands = self._standing.entry(account)
        if stands is None:
            self._look_at_new(account, verdict)
            return
        verdict.stands = stands
        if stands.organization_id != account.organization_id:
            verdict.errors[Meaning.BODY] = _("This page is in the registry already, as a page of “%(body)s”.") % {
                "body": stands.organization.short_name
            }
            return
        _compare_states(stands, account, self._said(row, Meaning.STATUS), verdict)
        self._lay_over(stands, account, verdict)
        if stands.closed_on and verdict.changes and (wrong := _wrong_days(stands)):
            verdict.errors.setdefault(Meaning.CLOSED, wrong)
        if verdict.changes and self._standing.waits(stands):
            verdict.errors[Meaning.LINK] = _(
                "A change of this entry is already waiting for a decision. Wait for it, or withdraw it."
            )

    def _said(self, row: EntryImportRow, meaning: Meaning) -> str:
        return values_of(row, self.entry_import.columns, self.entry_import.header).get(meaning, "")

    def _look_at_new(self, account: Account, verdict: Verdict) -> None:
        """What is to be known of a page that stands nowhere: whether it left this address, or is proposed already."""
        if moved := self._standing.moved(account):
            told = {"name": moved.name, "body": moved.organization.short_name, "address": moved.address}
            verdict.errors[Meaning.LINK] = (
                _(
                    "The page “%(name)s” (%(body)s) has left this address, it is now at %(address)s. "
                    "Write the address of today."
                )
                % told
            )
        elif account.url and self._standing.waits(account):
            verdict.errors[Meaning.LINK] = _("This page is already proposed and waits for a decision.")
        elif account.status in PUBLIC_STATUSES:
            verdict.notes[Meaning.STATUS] = _("This would be public at once: it will wait for a second person.")

    def _lay_over(self, stands: Account, account: Account, verdict: Verdict) -> None:
        """Notes what differs and sets it in `stands`; an empty cell wipes out nothing, the state is moved elsewhere."""
        for meaning, name in (_TEXTS | _DAYS).items():
            now, said = getattr(stands, name), getattr(account, name)
            typed = bool(said) and not (meaning is Meaning.NAME and said == account.organization.short_name)
            if typed and now != said:
                verdict.changes.append((str(MEANING_NAMES[meaning]), _shown(now), _shown(said)))
                setattr(stands, name, said)
        act = account.legal_act or verdict.act
        if act and (stands.legal_act is None or stands.legal_act.title != act.title):
            verdict.changes.append((str(MEANING_NAMES[Meaning.ACT]), str(stands.legal_act or ""), act.title))
            stands.legal_act = account.legal_act
        else:
            verdict.act = None


def _wrong_days(account: Account) -> str:
    """What is wrong with the days an entry was opened and closed, as a sentence; "" when nothing is."""
    if account.status == AccountStatus.ARCHIVED and not account.closed_on:
        return _("Say when the page was closed: it is shown as official until that day.")
    if account.closed_on and account.opened_on and account.closed_on < account.opened_on:
        return _("A page cannot be closed before it was opened.")
    if account.closed_on and account.status not in _MAY_BE_CLOSED:
        return _(
            "The page is said to be kept, and here is the day it was closed. Clear the day, or correct the status."
        )
    return ""


def _compare_states(stands: Account, said: Account, words: str, verdict: Verdict) -> None:
    """A table moves no entry from state to state: it says so before anything is taken."""
    state = {"state": stands.get_status_display()}
    if said.status == stands.status or fold(words) == fold(state["state"]):
        return
    if said.status == AccountStatus.ARCHIVED:
        verdict.errors[Meaning.STATUS] = (
            _(
                "In the registry this page is “%(state)s”. A table does not close it: open the entry and propose to "
                "close it, with what became of the page and how you know."
            )
            % state
        )
    elif said.status == AccountStatus.NOT_KEPT or (words and stands.status not in IN_USE):
        verdict.notes[Meaning.STATUS] = (
            _("In the registry this page is “%(state)s”. A table does not change that.") % state
        )


def _status(values: Values) -> AccountStatus:
    """Never active: that a page is the body's own is for a second person to say."""
    words = fold(values.get(Meaning.STATUS, "") or "")
    if _NOT_KEPT.search(words) or (not values.get(Meaning.LINK) and values.get(Meaning.ACT) and not words):
        return AccountStatus.NOT_KEPT
    if _CLOSED.search(words) or (not words and values.get(Meaning.CLOSED)):
        return AccountStatus.ARCHIVED
    return AccountStatus.PLANNED if _PLANNED.search(words) else AccountStatus.UNCONFIRMED


def _shown(value: Any) -> str:
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else str(value or "")
