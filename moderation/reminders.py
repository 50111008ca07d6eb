"""The clock of a reply: one warning to who answers before the term, then escalation; nothing at night.

Each step comes once for a term, in the working hours of the body, and stops the moment the message is answered, closed
or paused. The warning goes to the person who has the message, else to all who moderate the body; when the term has
passed, the head of the body and whoever approves replies are told, once for all messages of a body.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation import clocks
from moderation.models import Message, ReminderKind, ReplyReminder, State
from people import telling
from people.models import Organization, Tone, User
from people.roles import Permission
from people.telling import Event, Words
from people.templatetags.portal import when

SOON = Event("reply_due_soon", Tone.WAIT)
LATE = Event("reply_late", Tone.BAD)
# No working hour of a body lies further from its term than this: a long holiday and a weekend.
AHEAD = timedelta(days=14)
BATCH = 500


def remind(now: datetime | None = None) -> int:
    """Makes the steps whose time has come; answers with how many. A repeat makes none."""
    now = now or timezone.now()
    late = _waiting(ReminderKind.LATE).filter(due_at__lt=now)[:BATCH]
    soon = _waiting(ReminderKind.SOON).filter(due_at__gte=now, due_at__lt=now + AHEAD)[:BATCH]
    return _escalate(list(late), now) + _warn(list(soon), now)


def _waiting(kind: ReminderKind) -> QuerySet[Message]:
    """Messages whose clock runs and of whose term nobody was told yet."""
    told = ReplyReminder.objects.filter(message=OuterRef("pk"), kind=kind, due_at=OuterRef("due_at"))
    rows = Message.objects.filter(~Exists(told), state__in=(State.NEW, State.ASSIGNED), due_at__isnull=False)
    return rows.select_related("organization", "assigned_to").order_by("due_at", "pk")


def _warn(rows: list[Message], now: datetime) -> int:
    calendars = clocks.calendars_of({row.organization for row in rows})
    made = 0
    for row in rows:
        calendar = calendars[row.organization_id]
        due = row.due_at or now
        if not calendar.is_working(now) or calendar.between(now, due) > clocks.SOON:
            continue
        with transaction.atomic():
            if _take([row], ReminderKind.SOON):
                _tell_who_answers(row, when(due.astimezone(row.organization.zone)))
                made += 1
    return made


def _tell_who_answers(message: Message, term: str) -> None:
    people = (
        [message.assigned_to] if message.assigned_to else User.objects.of(message.organization, Permission.MODERATE)
    )
    title = _("Message No. %(number)s must be answered by %(when)s") % {"number": message.pk, "when": term}
    words = Words(title, reverse("moderation:message_detail", args=[message.pk]))
    telling.tell(SOON, people, words, key=_key(message))


def _escalate(rows: list[Message], now: datetime) -> int:
    calendars = clocks.calendars_of({row.organization for row in rows})
    by_body: dict[Organization, list[Message]] = defaultdict(list)
    for row in rows:
        if calendars[row.organization_id].is_working(now):
            by_body[row.organization].append(row)
    for body, late in by_body.items():
        with transaction.atomic():
            if taken := _take(late, ReminderKind.LATE):
                _tell_above(body, taken)
    return sum(len(late) for late in by_body.values())


def _tell_above(body: Organization, late: list[Message]) -> None:
    """Heads see no texts of citizens: they are told of the number alone, who approves replies gets the way there."""
    title = ngettext("%(body)s: %(n)d reply is overdue", "%(body)s: %(n)d replies are overdue", len(late))
    title %= {"body": body.short_name, "n": len(late)}
    key = _key(late[-1])
    assigned = {row.assigned_to for row in late if row.assigned_to}
    above = {*User.objects.who_may(Permission.DECIDE_REPLY, body), *assigned}
    queue = f"{reverse('moderation:message_list')}?due=overdue"
    telling.tell(LATE, above, Words(title, queue), key=key)
    heads = set(User.objects.heads_of(body)) - above
    telling.tell(LATE, heads, Words(title, reverse("compliance:today")), key=key)


def _take(rows: Iterable[Message], kind: ReminderKind) -> list[Message]:
    """Those nobody else has told of meanwhile and that still wait."""
    rows = list(rows)
    still = set(_waiting(kind).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    taken = [row for row in rows if row.pk in still]
    made = [ReplyReminder(message=row, kind=kind, due_at=row.due_at) for row in taken if row.due_at]
    ReplyReminder.objects.bulk_create(made, ignore_conflicts=True)
    return taken


def _key(message: Message) -> str:
    return f"{message.pk}:{message.due_at:%Y%m%d%H%M}"
