"""What can happen to the lists of triage: a rule is added, switched off, switched on. Nothing is deleted."""

from django.db import transaction
from django.utils.translation import gettext as _

from moderation.models import TriageRule, new_mark
from moderation.triage.rule import shipped
from people import audit
from people.http import TooLate
from people.models import User


@transaction.atomic
def add_rule(flag: str, kind: str, pattern: str, *, alone: bool, note: str, by: User) -> TriageRule:
    """A rule of the portal's own; `pattern` is tidy and checked."""
    values = {"alone": alone, "note": note, "added_by": by}
    row, created = TriageRule.objects.get_or_create(flag=flag, kind=kind, pattern=pattern, defaults=values)
    if not created:
        raise TooLate(_("This rule stands in the list already."))
    return row


@transaction.atomic
def switch_rule(flag: str, kind: str, pattern: str, *, on: bool, by: User) -> TriageRule:
    """Takes a rule out of force or back; of a shipped one a row is made that says so."""
    row = TriageRule.objects.filter(flag=flag, kind=kind, pattern=pattern).first() or _row_of_shipped(
        flag, kind, pattern, by
    )
    # One UPDATE both checks and moves; the new mark tells every process that the rules changed.
    moved = TriageRule.objects.filter(pk=row.pk, is_active=not on)
    if moved.update(is_active=on, mark=new_mark()):
        audit.changed(row, by=by, is_active=(not on, on))
    row.refresh_from_db()
    return row


def _row_of_shipped(flag: str, kind: str, pattern: str, by: User) -> TriageRule:
    given = next((rule for rule in shipped() if rule.key == (flag, kind, pattern)), None)
    if given is None:
        raise TooLate(_("This rule is no longer in the list."))
    values = {"alone": given.alone, "note": given.note, "added_by": by}
    row, _created = TriageRule.objects.get_or_create(flag=flag, kind=kind, pattern=pattern, defaults=values)
    return row
