"""Who is told what about the registry: the department of what waits, whoever proposed it of what became of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from people import telling
from people.models import Organization, Tone, User
from people.roles import Permission
from people.telling import Event, Words
from registry.models import Proposal
from registry.models.accounts import AccountQuerySet

PROPOSED = Event("entry_proposed", Tone.WAIT)
# A table is taken in portions: who has not read the first word is not told again.
PROPOSED_TOGETHER = Event("entries_proposed", Tone.WAIT, speaks_for=timedelta(hours=12))
ACCEPTED = Event("entry_accepted", Tone.GOOD)
REJECTED = Event("entry_rejected", Tone.WAIT)


def department(organization: Organization) -> list[User]:
    """Those who verify for this body: people of the department; the administrator only where there is nobody else."""
    keepers = User.objects.who_may(Permission.EDIT_REGISTRY, organization)
    people = list(keepers.filter(pk__in=User.objects.who_may(Permission.DECIDE_PLAN, organization).values("pk")))
    return people or list(keepers)


def by_keeper(rows: AccountQuerySet) -> dict[User, int]:
    """How many of these entries each of the people who verify has to look at."""
    counts = {row["organization"]: row["n"] for row in rows.order_by().values("organization").annotate(n=Count("pk"))}
    found: dict[User, int] = defaultdict(int)
    for body in Organization.objects.filter(pk__in=counts):
        for user in department(body):
            found[user] += counts[body.pk]
    return found


def proposed(proposal: Proposal) -> None:
    """To the department; the only person of a department has an administrator as the second."""
    people = _second(proposal.organization, proposal.proposed_by)
    title = _("To be verified: %(kind)s, “%(name)s”, %(body)s") % _facts(proposal)
    words = Words(title, url_of(proposal), proposal.note)
    telling.tell(PROPOSED, people, words, key=str(proposal.pk), by=proposal.proposed_by)


def proposed_together(proposals: Sequence[Proposal]) -> None:
    """To each department once, however many one person proposes at once: nobody reads five hundred notices."""
    if len(proposals) == 1:
        proposed(proposals[0])
    elif proposals:
        by = proposals[0].proposed_by
        bodies = {proposal.organization_id: proposal.organization for proposal in proposals}
        people = {user.pk: user for body in bodies.values() for user in _second(body, by)}
        words = Words(_("To be verified: entries taken from a table"), reverse("registry:proposal_list"))
        telling.tell(PROPOSED_TOGETHER, people.values(), words, key=str(proposals[0].pk), by=by)


def _second(organization: Organization, first: User) -> list[User]:
    people = [user for user in department(organization) if user != first]
    return people or list(User.objects.who_may(Permission.EDIT_REGISTRY, organization))


def accepted(proposal: Proposal) -> None:
    text = proposal.comment
    if proposal.corrected:
        told = "\n".join(f"– {one.label}: {one.after or '—'}" for one in proposal.corrections)
        text = "\n".join(filter(None, [text, _("Corrected before it was accepted:"), told]))
    _to_proposer(ACCEPTED, proposal, _("Accepted into the registry: “%(name)s”"), text)


def rejected(proposal: Proposal) -> None:
    text = _("Why: %(reason)s") % {"reason": proposal.comment}
    _to_proposer(REJECTED, proposal, _("Not accepted into the registry: “%(name)s”"), text)


def withdrawn(proposal: Proposal) -> None:
    """Nobody is called to look at it any more."""
    telling.forget(PROPOSED, key=str(proposal.pk))


def url_of(proposal: Proposal) -> str:
    return reverse("registry:proposal_detail", args=[proposal.pk])


def _to_proposer(event: Event, proposal: Proposal, title: str, text: str) -> None:
    words = Words(title % _facts(proposal), url_of(proposal), text)
    telling.tell(event, [proposal.proposed_by], words, key=str(proposal.pk), by=proposal.decided_by)


def _facts(proposal: Proposal) -> dict[str, str]:
    return {
        "kind": proposal.get_kind_display(),
        "name": proposal.name,
        "body": proposal.organization.short_name,
    }
