"""Were replies in time: by body, on a page and in a workbook.

What is still open past its term counts as late, and so does what was closed without a reply after it: somebody waited.
What was closed in time, or removed, owed nobody a reply and is not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django import forms
from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties

from moderation import rules
from moderation.models import Message, Reply, State
from people.export import safe_cell
from people.http import UserRequest, require
from people.models import Organization, User
from people.roles import Permission

DAYS = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (56, 12, 16, 16, 16)


@dataclass(frozen=True)
class Rate:
    """Of one body, or of all: how many terms were kept and missed, how many have passed with nobody answering."""

    body: str
    in_time: int
    late: int
    waiting: int

    @property
    def percent(self) -> int | None:
        """Rounded down: 99,6 % is not all of them. None where there was nothing to answer."""
        total = self.in_time + self.late + self.waiting
        return self.in_time * 100 // total if total else None


class PeriodForm(forms.Form):
    """From a day to a day, both included."""

    since = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=gettext_lazy("To, inclusive"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("This day comes before the first one."))
        return given


def rates(user: User, since: date, until: date) -> list[Rate]:
    """One row a body this person moderates, in the order of bodies; three queries for any number of messages."""
    start, end = _midnight(since), _midnight(until + timedelta(days=1))
    counts, interim = dict(_counted(user, start, end)), dict(_interim(user, start, end))
    found = []
    for body, name, is_active in Organization.objects.where_may(user, Permission.MODERATE).values_list(
        "pk", "name", "is_active"
    ):
        good, late, waiting = counts.get(body, (0, 0, 0))
        more_good, more_late = interim.get(body, (0, 0))
        row = Rate(name, good + more_good, late + more_late, waiting)
        if is_active or row.percent is not None:
            found.append(row)
    return found


def _counted(user: User, start: datetime, end: datetime) -> Iterator[tuple[int, tuple[int, int, int]]]:
    now = timezone.now()
    done = Q(done_at__gte=start, done_at__lt=end, due_at__isnull=False)
    overdue = Q(state__in=(State.NEW, State.ASSIGNED), due_at__gte=start, due_at__lt=min(end, now))
    rows = Message.objects.visible_to(user).order_by().values_list("organization")
    counted = rows.annotate(
        good=Count("pk", filter=done & Q(state=State.ANSWERED, done_at__lte=F("due_at"))),
        late=Count("pk", filter=done & Q(decision=None, done_at__gt=F("due_at"))),
        waiting=Count("pk", filter=overdue),
    )
    for body, *numbers in counted:
        yield body, tuple(numbers)


def _interim(user: User, start: datetime, end: datetime) -> Iterator[tuple[int, tuple[int, int]]]:
    """An interim reply had a term too; that of the message is the final one by now."""
    sent = Reply.objects.visible_to(user).filter(
        is_interim=True, sent_at__gte=start, sent_at__lt=end, due_at__isnull=False
    )
    rows = sent.order_by().values_list("message__organization")
    late = Count("pk", filter=Q(sent_at__gt=F("due_at")))
    for body, total, missed in rows.annotate(total=Count("pk"), missed=late):
        yield body, (total - missed, missed)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def together(rows: list[Rate]) -> Rate:
    sums = [sum(getattr(row, name) for row in rows) for name in ("in_time", "late", "waiting")]
    return Rate(_("All bodies"), *sums)


@require_safe
@never_cache
def reply_terms(request: UserRequest) -> HttpResponse:
    require(rules.can_moderate(request.user))
    form, since, until = _period(request)
    rows = rates(request.user, since, until)
    query = f"since={since:%Y-%m-%d}&until={until:%Y-%m-%d}"
    context = {"form": form, "rows": rows, "all": together(rows), "query": query, "since": since, "until": until}
    return render(request, "moderation/reply_terms.html", context)


@require_safe
@never_cache
def reply_terms_xlsx(request: UserRequest) -> HttpResponse:
    require(rules.can_moderate(request.user))
    _form, since, until = _period(request)
    content = workbook(rates(request.user, since, until), since, until)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="replies-{since:%Y-%m-%d}-{until:%Y-%m-%d}.xlsx"'
    return response


def _period(request: UserRequest) -> tuple[PeriodForm, date, date]:
    """As the address says; what cannot be read is said beside its field, and the last `DAYS` days are shown."""
    today = timezone.localdate()
    usual = {"since": today - timedelta(days=DAYS - 1), "until": today}
    form = PeriodForm(request.GET) if {"since", "until"} & request.GET.keys() else PeriodForm(initial=usual)
    given = form.cleaned_data if form.is_bound and form.is_valid() else usual
    return form, given["since"], given["until"]


def workbook(rows: list[Rate], since: date, until: date) -> bytes:
    """The same table; percent as a share, so that it can be counted with; none where there was nothing to answer."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Replies in time")
    period = {"since": date_format(since, "j E Y"), "until": date_format(until, "j E Y")}
    sheet.oddHeader.center.text = _("Replies in time, from %(since)s to %(until)s") % period
    sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr = "landscape", PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight, sheet.print_title_rows = 0, "1:1"
    sheet.append([_("Body"), _("In time"), _("Late"), _("Not answered"), _("Share in time")])
    for row in [*rows, together(rows)]:
        total = row.in_time + row.late + row.waiting
        share = row.in_time / total if total else None
        sheet.append([safe_cell(row.body), row.in_time, row.late, row.waiting, share])
    for number, width in enumerate(WIDTHS, 1):
        sheet.cell(1, number).font, sheet.cell(1, number).alignment = Font(bold=True), Alignment(wrap_text=True)
        sheet.cell(1, number).fill = PatternFill("solid", fgColor="E0EFE9")
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = width
    for body, *_numbers, share in sheet.iter_rows(min_row=2):
        body.alignment, share.number_format = Alignment(wrap_text=True, vertical="top"), "0.0%"
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
    file = BytesIO()
    book.save(file)
    return file.getvalue()
