"""What waits for a second person: who is told, and how many for the menu of every page. No words of citizens.

Told are all who may decide, of the body and above it: where a body has one moderator, the department decides.
"""

from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _

from moderation.inbox.counted import MOST_SHOWN, CountedRows
from moderation.models import Decision, Objection, PendingDecision, Verdict
from people import telling
from people.models import Organization, Tone, User
from people.roles import GRANTS, Permission, RoleScope, scope_of
from people.telling import Event, Words

ASKED = Event("removal_waits", Tone.WAIT)
STUCK = Event("removal_stuck", Tone.WAIT)
SETTLED = Event("removal_settled")
OBJECTED = Event("objection_filed", Tone.WAIT)
LEFT = Event("objection_left", Tone.WAIT)
ANSWERED = Event("objection_answered")


def asked(pending: PendingDecision) -> None:
    """A removal of criticism waits for another person."""
    people = User.objects.who_may(Permission.MODERATE, pending.organization)
    title = _("%(body)s: a removal of criticism waits for your word") % {"body": pending.organization.short_name}
    url = reverse("moderation:pending_decide", args=[pending.pk])
    telling.tell(ASKED, people, Words(title, url), key=str(pending.pk), by=pending.made_by)
    if not people.exclude(pk=pending.made_by_id).exists():
        title = _("%(body)s: only one person moderates, nobody may confirm a removal of criticism")
        text = _("Give another person the role of a moderator or coordinator. Until then the comment stays.")
        _nobody_may(STUCK, pending.organization, title, text, key=str(pending.pk))


def _nobody_may(event: Event, body: Organization, title: str, text: str, *, key: str) -> None:
    """Whoever gives roles can help. They see no words of citizens."""
    people = User.objects.who_may(Permission.MANAGE_PEOPLE, body)
    telling.tell(event, people, Words(title % {"body": body.short_name}, reverse("people:user_list"), text), key=key)


def settled(pending: PendingDecision, row: Decision, *, by: User) -> None:
    """Whoever wanted the removal hears what became of it."""
    said = {"number": row.label}
    if pending.verdict == Verdict.YES:
        title = _("Your removal of criticism is confirmed: decision %(number)s") % said
    else:
        title = _("Your removal of criticism is refused, the comment stays: record %(number)s") % said
    url = reverse("moderation:decision_detail", args=[row.number])
    telling.tell(SETTLED, [pending.made_by], Words(title, url), key=str(pending.pk), by=by)


def objected(objection: Objection) -> None:
    """A citizen objects: all hear it who did not take the decision."""
    decision = objection.decision
    people = User.objects.who_may(Permission.MODERATE, decision.organization)
    others = people.exclude(pk__in=[pk for pk in (decision.made_by_id, decision.confirmed_by_id) if pk])
    title = _("A citizen objects to decision %(number)s") % {"number": decision.label}
    url = reverse("moderation:objection_decide", args=[objection.pk])
    telling.tell(OBJECTED, others, Words(title, url), key=str(objection.pk))
    if not others.exists():
        title = _("%(body)s: a citizen objects, and all who moderate took that decision")
        text = _("Give another person the role of a moderator or coordinator: the citizen waits for an answer.")
        _nobody_may(LEFT, decision.organization, title, text, key=str(objection.pk))


def answered(objection: Objection, row: Decision, *, by: User) -> None:
    """Whoever took or confirmed the decision hears the outcome."""
    decision = objection.decision
    said = {"number": decision.label}
    if objection.verdict == Verdict.YES:
        title = _("Your decision %(number)s is taken back after an objection") % said
    else:
        title = _("Your decision %(number)s stays in force after an objection") % said
    people = [user for user in (decision.made_by, decision.confirmed_by) if user]
    url = reverse("moderation:decision_detail", args=[row.number])
    telling.tell(ANSWERED, people, Words(title, url), key=str(objection.pk), by=by)


# --- how many, for the menu ---------------------------------------------------------------------


def waiting_for_membership() -> Any:
    """What waits for this very person where a membership reaches; rides on the query of memberships."""
    me = OuterRef("user")
    pending = PendingDecision.objects.waiting().exclude(made_by=me).order_by().values("pk")
    mine = Q(decision__made_by=me) | Q(decision__confirmed_by=me)
    objections = Objection.objects.waiting().exclude(mine).order_by().values("pk")
    cases = [
        When(role=role.value, then=_counted(pending, "", scope) + _counted(objections, "decision__", scope))
        for role in GRANTS
        if (scope := scope_of(role, Permission.MODERATE))
    ]
    return Case(*cases, default=0, output_field=IntegerField())


def stuck_for_membership() -> Any:
    """Removals this person wanted and nobody else here may confirm."""
    rows = PendingDecision.objects.stuck().filter(made_by=OuterRef("user")).order_by().values("pk")
    return CountedRows(rows[: MOST_SHOWN + 1])


def _counted(rows: Any, way: str, scope: RoleScope) -> Any:
    if scope == RoleScope.OWN:
        here = {f"{way}organization": OuterRef("organization")}
    else:
        here = {f"{way}organization__path__startswith": OuterRef("organization__path")}
    return CountedRows(rows.filter(**here)[: MOST_SHOWN + 1])


def waiting(user: User) -> str:
    """«3», «99+», or "" where nothing waits."""
    count = max((getattr(row, "second", None) or 0 for row in user.current_memberships), default=0)
    return f"{MOST_SHOWN}+" if count > MOST_SHOWN else str(count or "")


def stuck(user: User) -> int:
    """How many of this person's own removals of criticism nobody may confirm."""
    return max((getattr(row, "second_stuck", None) or 0 for row in user.current_memberships), default=0)
