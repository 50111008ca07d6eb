"""What waits in the registry of the demonstration: proposals of every kind, a closed name to be looked at, fakes."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from config.demo.stage import STAGE
from people.models import Organization, User
from registry import closing, fakes, proposing
from registry.entry_values import lay
from registry.models import Account, AccountStatus, NameFinding, ProposalKind, SocialNetwork
from registry.models.proposals import STATUS_BY_KIND
from registry.proposing import Entry
from registry.verification import verify


def build(people: dict[str, User]) -> None:
    for row in STAGE["proposals"]:
        _propose(row, people)
    _closed_name(STAGE["closed"], people)
    _known_fake(STAGE["known_fake"], people)
    report = STAGE["fake_report"]
    fakes.report(verify(_link(report)), report["words"])


def _propose(row: dict[str, Any], people: dict[str, User]) -> None:
    kind = ProposalKind(row["kind"])
    account = _new(row) if kind == ProposalKind.NEW else _account(row)
    for name, value in row.get("values", {}).items():
        lay(account, name, value)
    if status := STATUS_BY_KIND.get(kind):
        account.status = status
    how = {}
    if kind == ProposalKind.ARCHIVE:
        account.closed_on = timezone.localdate() - timedelta(days=3)
        how = {"kind": row["how"], "proof": "", "note": row["reason"]}
    keepers = list(account.responsible_people.all()) if account.pk else []
    proposal = proposing.propose(
        Entry(account, keepers, None, how), by=people[row["by"]], kind=kind, note=row["reason"]
    )
    if reason := row.get("rejected"):
        proposing.reject(proposal, reason=reason, by=people["coordinator"])


def _new(row: dict[str, Any]) -> Account:
    network = SocialNetwork.objects.get(slug=row["network"])
    return Account(
        organization=Organization.objects.get(slug=row["organization"]),
        network=network,
        url=_link(row),
        handle=row["handle"],
        name=row["name"],
        status=AccountStatus.ACTIVE,
        opened_on=timezone.localdate() - timedelta(days=20),
        responsible_post="специалист администрации (демо)",
    )


def _closed_name(row: dict[str, Any], people: dict[str, User]) -> None:
    """A name at which nobody has looked for a term."""
    account, by = _account(row), people[row["by"]]
    closing.close(account, {"kind": row["kind"], "note": row["note"]}, by=by)
    looked_on = timezone.localdate() - timedelta(days=row["looked"])
    closing.look(account, finding=NameFinding(row["finding"]), note=row["saw"], by=by, on=looked_on)


def _known_fake(row: dict[str, Any], people: dict[str, User]) -> None:
    real = Account.objects.select_related("organization").get(network__slug=row["network"], handle=row["imitates"])
    fakes.confirm(
        fakes.report(verify(_link(row)), ""),
        organization=real.organization,
        account=real,
        name=row["name"],
        seen_on=timezone.localdate() - timedelta(days=row["days"]),
        note=row["note"],
        by=people[row["by"]],
    )


def _account(row: dict[str, Any]) -> Account:
    rows = Account.objects.select_related("organization", "network", "legal_act")
    return rows.get(network__slug=row["network"], handle=row["handle"])


def _link(row: dict[str, Any]) -> str:
    host = SocialNetwork.objects.get(slug=row["network"]).hosts[0]
    return f"https://{host}/{row['handle']}"
