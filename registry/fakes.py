"""What happens to fakes: reported, confirmed, rejected, gone."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from people.audit import acting
from people.audit_words import Told, tell
from people.http import TooLate
from people.models import AuditEntry, Organization, User
from people.unsigned import may_send
from registry.models import Account, FakeReport, FakeState, KnownFake, ReportState
from registry.verification import Answer

REPORTS_AN_HOUR = 5
WORDS_LENGTH = 1000
LONGEST_HISTORY = 50


def may_report(request: HttpRequest) -> bool:
    """Not more than a few reports an hour from one address; the address itself is not kept beyond the hour."""
    return may_send(request, "fake-report", REPORTS_AN_HOUR)


def report(answer: Answer, words: str) -> FakeReport:
    """Keeps a report; the same page reported again is counted. `answer` is what the check says of the page."""
    known = {"organization": _imitated(answer), "network": answer.network, "words": words}
    return _file(answer.url or "", None, **known)


def report_taken(account: Account, words: str, *, by: User) -> FakeReport | None:
    """The name of a closed page is in the hands of somebody who pretends to be the body; None: known as a fake."""
    if KnownFake.objects.held().filter(url=account.url).exists():
        return None
    return _file(account.url, by, organization=account.organization, network=account.network, words=words)


def _file(url: str, by: User | None, **known: Any) -> FakeReport:
    try:
        with transaction.atomic(), acting(by):
            return FakeReport.objects.create(url=url, **known)
    except IntegrityError:
        return _again(url, known["words"])


@transaction.atomic
def _again(url: str, words: str) -> FakeReport:
    """The page is reported once more: counted, and what the next resident writes stands below, while there is room."""
    report = FakeReport.objects.select_for_update().filter(url=url).order_by("-pk")[0]
    both = f"{report.words}\n\n{words}".strip()
    if words and words not in report.words and len(both) <= WORDS_LENGTH:
        report.words = both
    report.times = F("times") + 1
    report.save(update_fields=["times", "words"])
    report.refresh_from_db()
    return report


def _imitated(answer: Answer) -> Organization | None:
    return answer.lookalikes[0].account.organization if answer.lookalikes else None


@transaction.atomic
def confirm(
    report: FakeReport,
    *,
    organization: Organization,
    account: Account | None,
    name: str,
    seen_on: date,
    note: str,
    by: User,
) -> KnownFake:
    """Puts the reported page into the list of known fakes. Raises TooLate when a colleague was faster."""
    today = timezone.localdate()
    with acting(by):
        fake, made = KnownFake.objects.get_or_create(
            url=report.url,
            defaults={
                "organization": organization,
                "account": account,
                "network": report.network,
                "name": name,
                "seen_on": seen_on,
                "state_since": today,
                "note": note,
                "confirmed_by": by,
            },
        )
        if not made:
            _works_again(fake, name=name, note=note)
        _close(report, by=by, state=ReportState.CONFIRMED, fake=fake, organization=organization)
    return fake


def _works_again(fake: KnownFake, *, name: str, note: str) -> None:
    """A fake that is known already: what was said of it stands until something is written instead."""
    fake.name, fake.note = name or fake.name, note or fake.note
    if fake.state in (FakeState.GONE, FakeState.MISTAKE):
        fake.state, fake.state_since = FakeState.SEEN, timezone.localdate()
    fake.save()


@transaction.atomic
def reject(report: FakeReport, *, answer: str, by: User) -> None:
    """The page is no fake; the reason stays in the history."""
    with acting(by):
        _close(report, by=by, state=ReportState.REJECTED, answer=answer)


def reopen(report: FakeReport, *, by: User) -> None:
    """What was called no fake is looked at again. Raises TooLate when it waits already."""
    try:
        with transaction.atomic(), acting(by):
            current = FakeReport.objects.select_for_update().filter(pk=report.pk, state=ReportState.REJECTED).first()
            if current is None:
                raise TooLate(_("This report waits already, or its page is in the list of known fakes."))
            current.state, current.answer, current.handled_by, current.handled_at = ReportState.NEW, "", None, None
            current.save()
    except IntegrityError as error:
        raise TooLate(_("The same page was reported again: that report waits already.")) from error


def history(report: FakeReport | None, fake: KnownFake | None) -> list[Told]:
    """What happened to a report and to the fake it became, the newest first; kept in the log of changes."""
    of = [(FakeReport, report), (KnownFake, fake)]
    rows = AuditEntry.objects.none()
    for model, row in of:
        if row:
            kind = ContentType.objects.get_for_model(model)
            rows = rows | AuditEntry.objects.filter(content_type=kind, object_id=row.pk)
    return tell(rows.select_related("organization", "content_type").order_by("-timestamp", "-pk")[:LONGEST_HISTORY])


def _close(report: FakeReport, *, by: User, **values: Any) -> None:
    current = FakeReport.objects.select_for_update().filter(pk=report.pk, state=ReportState.NEW).first()
    if current is None:
        raise TooLate(_("A colleague has already handled this report."))
    for name, value in {**values, "handled_by": by, "handled_at": timezone.now()}.items():
        setattr(current, name, value)
    current.save()


def edit(fake: KnownFake, *, by: User) -> None:
    """Stores a changed, already validated fake; a new state has its day."""
    before = KnownFake.objects.get(pk=fake.pk)
    if before.state != fake.state:
        fake.state_since = timezone.localdate()
    with acting(by):
        fake.save()
