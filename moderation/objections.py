"""A citizen objects to a decision; another moderator decides; the outcome is a row of the journal."""

import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moderation import actions, journal, second_notices
from moderation.inbox.authors import is_author
from moderation.models import Decision, Measure, Message, Objection, Verdict
from people import vault
from people.http import TooLate
from people.models import User

CODE = "objection"  # purpose of the mark
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another one
_LENGTH = 12  # 60 bits


def may_object(decision: Decision) -> bool:
    """Whether an objection is taken today."""
    return decision.stands and timezone.localdate() <= decision.object_until


def file(decision: Decision, words: str, author_id: str = "") -> tuple[Objection, str]:
    """Keeps the objection; returns it and the secret code, which is shown once."""
    if not may_object(decision):
        raise TooLate(_("The time to object to this decision has passed, or it was taken back."))
    code = "".join(secrets.choice(_LETTERS) for _place in range(_LENGTH))
    proved = bool(author_id) and _wrote_it(decision, author_id)
    try:
        with transaction.atomic():
            mark = vault.mark(_plain(code), purpose=CODE)
            row = Objection.objects.create(decision=decision, words=words, code_mark=mark, is_by_author=proved)
            second_notices.objected(row)
    except IntegrityError as error:
        raise TooLate(_one_at_a_time(decision)) from error
    return row, "-".join(code[place : place + 4] for place in range(0, _LENGTH, 4))


def _one_at_a_time(decision: Decision) -> str:
    """Why a second one is not taken while another person's is open."""
    first = decision.objections.waiting().first()
    day = date_format(first.due_on, "j E Y") if first else ""
    words = _(
        "An objection to this decision is being considered already, and one is considered at a time. Its answer will "
        "be on the page of the decision by %(day)s. Your text is not lost: it stays in the form."
    )
    return words % {"day": day}


def _wrote_it(decision: Decision, author_id: str) -> bool:
    if not decision.link:
        return False
    rows = Message.objects.filter(account=decision.account_id, link=decision.link).select_related("account")
    return any(is_author(message, author_id) for message in rows[:5])


def found_by_code(number: int, code: str) -> Objection | None:
    """The objection to the decision with this number that got this code."""
    rows = Objection.objects.filter(decision__number=number).select_related("decision", "outcome")
    plain = _plain(code)
    return next((row for row in rows if vault.is_mark_of(plain, row.code_mark, purpose=CODE)), None)


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())


@transaction.atomic
def decide(objection: Objection, verdict: Verdict, answer: str, *, by: User) -> Decision:
    """Takes the decision back (YES) or leaves it in force (NO); never by who took or confirmed the decision."""
    decision = objection.decision
    if by.pk in (decision.made_by_id, decision.confirmed_by_id):
        raise TooLate(_("Another moderator decides on it: not the one who took the decision."))
    journal.lock()
    if not Objection.objects.select_for_update().filter(pk=objection.pk, verdict=Verdict.WAITING).exists():
        raise TooLate(_("A colleague has decided on it already."))
    row = Decision.objects.filter(reverses=decision).first()
    if row is None:
        measure = Measure.RESTORED if verdict == Verdict.YES else Measure.UPHELD
        row = journal.append(actions.about(decision, measure, answer, by=by), [])
    elif verdict == Verdict.NO:
        raise TooLate(_("The decision was taken back meanwhile: the objection can only be met."))
    objection.verdict, objection.answer, objection.outcome = verdict, answer, row
    objection.decided_by, objection.decided_at = by, timezone.now()
    objection.save()
    second_notices.answered(objection, row, by=by)
    return row
