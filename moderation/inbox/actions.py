"""What can be done to a message: one door along `TRANSITIONS`, one row of `MessageStep` for each step."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import clocks, rules
from moderation.inbox import notices
from moderation.models import Case, Decision, Message, MessageStep, Reply, State
from moderation.models.message_path import OPEN_STATES, TRANSITIONS, Step
from moderation.models.messages import place_in_reading
from moderation.replies import notices as reply_notices
from moderation.replies import stale
from people import audit
from people.http import TooLate
from people.models import Organization, User
from people.roles import Permission

REASON_LENGTH = 500


def assign(message: Message, *, to: User, by: User) -> None:
    """Gives it to a person who moderates its body; taking it oneself is the same step."""
    if not to.may(Permission.MODERATE, message.organization):
        raise ValidationError(
            _("This person does not moderate the pages of %(body)s.") % {"body": message.organization}
        )
    _move(message, Step.ASSIGN, by=by, to=to, assigned_to=to)


def release(message: Message, *, by: User) -> None:
    """Gives it back for others to take."""
    _move(message, Step.RELEASE, by=by, assigned_to=None)


def pause(message: Message, *, reason: str, by: User) -> None:
    """The clock stands still: we wait for somebody, the reason says for whom."""
    _move(message, Step.PAUSE, by=by, reason=reason)


def resume(message: Message, *, by: User) -> None:
    """Taken up again by the person who does it; the clock goes on from where it stood."""
    _move(message, Step.RESUME, by=by, assigned_to=by)


@transaction.atomic
def answer(message: Message, *, by: User, link: str = "", approved: bool = False, reply: Reply | None = None) -> None:
    """A reply came out, there where the link leads. `approved`: it was, and `reply` says which; this message alone.

    Past the approval, by who approves replies themselves, the whole case is answered.
    """
    if approved:
        _move(message, Step.ANSWER, by=by, reason=link, reply=reply, done_at=timezone.now())
        reply_notices.needless(message, by=by)
        return
    if not rules.can_answer_unapproved(by, message.organization):
        raise PermissionDenied
    for one in [message, *Message.objects.beside_in_case(message).select_related("organization")]:
        _move(one, Step.ANSWER, by=by, reason=link, done_at=timezone.now())
        reply_notices.needless(one, by=by)


def interim(message: Message, *, due_at: datetime | None, by: User, link: str = "", reply: Reply | None = None) -> None:
    """An interim reply came out: the final one is owed by `due_at`."""
    answers = message.assigned_to or by
    _move(message, Step.INTERIM, by=by, reason=link, reply=reply, due_at=due_at, assigned_to=answers)


@transaction.atomic
def close(message: Message, *, reason: str, by: User, decision: Decision | None = None) -> None:
    """No reply is needed, or the message was removed by a decision of the journal."""
    decided = decision or message.decision
    _move(message, Step.CLOSE, by=by, reason=reason, done_at=timezone.now(), decision=decided)
    reply_notices.needless(message, by=by)


def reopen(message: Message, *, by: User) -> None:
    """It was not the end: back among the new ones, with a new term."""
    calendar = clocks.calendars_of([message.organization])[message.organization_id]
    due_at = clocks.due(timezone.now(), calendar, urgent=message.is_urgent)
    _move(message, Step.REOPEN, by=by, assigned_to=None, done_at=None, due_at=due_at)


@transaction.atomic
def forward(message: Message, *, to: Organization, note: str, by: User) -> None:
    """Hands it over to another body, whose people see and answer it from here on; the term goes on."""
    if to == message.organization or not to.is_active:
        raise ValidationError(_("Choose another body."))
    if message.case:
        _note(message, Step.PART, by=by, case=message.case)
    values = {"organization": to, "assigned_to": None, "case": None}
    notices.forwarded(message, _move(message, Step.FORWARD, by=by, reason=note, body=to, **values))


@transaction.atomic
def merge(messages: Sequence[Message], *, title: str, by: User) -> Case:
    """Puts messages of one body about one thing into a case: a new one, or the one some of them are in already.

    Whoever writes a reply to one of them is asked to read those that join, however old: the reply answers them too.
    """
    messages = _locked(messages)
    bodies = {message.organization_id for message in messages}
    if len(bodies) != 1:
        raise ValidationError(_("A case holds messages of one body. Choose messages of one body."))
    if not by.may(Permission.MODERATE, messages[0].organization):
        raise PermissionDenied
    case = next((message.case for message in messages if message.case), None)
    joining = [message for message in messages if case is None or message.case_id != case.pk]
    if case is None:
        if not title.strip():
            raise ValidationError(_("Say in a few words what these messages are about."))
        with audit.acting(by):
            case = Case.objects.create(organization=messages[0].organization, title=title.strip(), opened_by=by)
    for message in joining:
        if message.case:
            _note(message, Step.PART, by=by, case=message.case)
        _note(message, Step.MERGE, by=by, case=case)
    Message.objects.filter(pk__in=[message.pk for message in joining]).update(case=case, came=place_in_reading())
    if joining:
        stale.tell_of_case(case.pk, by=by)
    return case


@transaction.atomic
def part(message: Message, *, by: User) -> None:
    """Takes a message out of its case: it is about something else, and is answered by itself."""
    if not by.may(Permission.MODERATE, message.organization):
        raise PermissionDenied
    case = message.case
    if case is None or not Message.objects.filter(pk=message.pk, case=case).update(case=None):
        raise TooLate(_("Somebody has just done something with this message. Look at it anew."))
    _note(message, Step.PART, by=by, case=case)
    message.case = None


def _locked(messages: Sequence[Message]) -> list[Message]:
    """The same as they are now, nobody moving them meanwhile; the order stays."""
    rows = Message.objects.select_for_update(of=("self",)).select_related("organization", "case").order_by("pk")
    now = rows.in_bulk([message.pk for message in messages])
    return [now[message.pk] for message in messages]


def _note(message: Message, step: Step, *, by: User, case: Case) -> None:
    """A row of the history about a case: the state of the message stays."""
    MessageStep.objects.create(message=message, step=step, state=message.state, case=case, made_by=by)


def set_urgent(messages: Iterable[Message], *, urgent: bool, by: User) -> None:
    """A shorter term, or the ordinary one, counted from when the message was written."""
    rows = [message for message in messages if message.state in OPEN_STATES and message.is_urgent != urgent]
    calendars = clocks.calendars_of([message.organization for message in rows])
    for message in rows:
        if not by.may(Permission.MODERATE, message.organization):
            raise PermissionDenied
        message.is_urgent = urgent
        message.due_at = clocks.due(message.received_at, calendars[message.organization_id], urgent=urgent)
    Message.objects.bulk_update(rows, ["is_urgent", "due_at"], batch_size=500)


@transaction.atomic
def _move(
    message: Message,
    step: Step,
    *,
    by: User,
    reason: str = "",
    to: User | None = None,
    body: Organization | None = None,
    reply: Reply | None = None,
    **values: Any,
) -> MessageStep:
    arrow = TRANSITIONS[step]
    reason = reason.strip()
    if not by.may(Permission.MODERATE, message.organization):
        raise PermissionDenied
    if arrow.reason and not reason:
        raise ValidationError({"reason": _("Say why in a few words.")})
    if len(reason) > REASON_LENGTH:
        raise ValidationError({"reason": _("Too long: at most %(n)d characters.") % {"n": REASON_LENGTH}})
    if message.state == State.PAUSED:
        values.setdefault("due_at", clocks.running_due(message, timezone.now()))
    # One UPDATE both checks and moves: of two people pressing at once, one wins.
    rows = Message.objects.filter(pk=message.pk, state__in=arrow.starts)
    if step == Step.ASSIGN:
        rows = rows.filter(assigned_to=message.assigned_to_id)  # as it was seen: nobody is taken off unnoticed
    if not rows.update(state=arrow.end, **values):
        raise TooLate(_("Somebody has just done something with this message. Look at it anew."))
    for name, value in {"state": arrow.end, **values}.items():
        setattr(message, name, value)
    return MessageStep.objects.create(
        message=message, step=step, state=arrow.end, to=to, body=body, reason=reason, reply=reply, made_by=by
    )
