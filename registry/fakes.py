"""What happens to fakes: reported, confirmed, rejected, gone."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from people.audit import acting
from people.http import TooLate
from people.models import Organization, User
from people.unsigned import may_send
from registry.models import Account, FakeReport, KnownFake, ReportState
from registry.verification import Answer

REPORTS_AN_HOUR = 5


def may_report(request: HttpRequest) -> bool:
    """Not more than a few reports an hour from one address; the address itself is not kept beyond the hour."""
    return may_send(request, "fake-report", REPORTS_AN_HOUR)


def report(answer: Answer, words: str) -> FakeReport:
    """Keeps a report; the same page reported again is counted. `answer` is what the check says of the page."""
    known = {"organization": _imitated(answer), "network": answer.network, "words": words}
    return _file(answer.url or "", None, **known)


def report_taken(account: Account, words: str, *, by: User) -> FakeReport | None:
    """The name of a closed page is in the hands of somebody who pretends to be the body; None: known as a fake."""
    if KnownFake.objects.filter(url=account.url).exists():
        return None
    return _file(account.url, by, organization=account.organization, network=account.network, words=words)


def _file(url: str, by: User | None, **known: Any) -> FakeReport:
    try:
        with transaction.atomic(), acting(by):
            return FakeReport.objects.create(url=url, **known)
    except IntegrityError:
        FakeReport.objects.filter(url=url, state=ReportState.NEW).update(times=F("times") + 1)
        return FakeReport.objects.get(url=url, state=ReportState.NEW)


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
        fake, _made = KnownFake.objects.get_or_create(
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
        _close(report, by=by, state=ReportState.CONFIRMED, fake=fake, organization=organization)
    return fake


@transaction.atomic
def reject(report: FakeReport, *, answer: str, by: User) -> None:
    """The page is no fake; the reason stays in the history."""
    with acting(by):
        _close(report, by=by, state=ReportState.REJECTED, answer=answer)


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
