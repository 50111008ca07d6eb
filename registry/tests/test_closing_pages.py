"""A page is closed only with what became of it, by the one who proposes; and seen, by the one who accepts."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from people.http import TooLate
from people.models import User
from registry import proposing
from registry.models import Account, AccountStatus, Closing, EntryChange, Proposal, ProposalKind
from registry.proposing import Entry

pytestmark = pytest.mark.django_db
GONE = {"kind": "gone", "proof": "", "note": "Сообщил глава"}


def closed(account: Account, how: dict[str, str]) -> Entry:
    changed = Account.objects.get(pk=account.pk)
    changed.status, changed.closed_on = AccountStatus.ARCHIVED, date(2026, 11, 1)
    return Entry(changed, [], None, how)


def accept(proposal: Proposal, entry: Entry, *, by: User, seen_closed: bool = True) -> Account:
    seen = proposing.version_of(proposal.account)
    return proposing.accept(proposal, entry, seen=seen, by=by, seen_closed=seen_closed)


@pytest.mark.parametrize("kind", [None, ProposalKind.EDIT, ProposalKind.ARCHIVE])
@pytest.mark.parametrize("how", [{}, {"kind": "", "note": "нет её"}, {"kind": "moved", "note": "а"}, {"kind": "gone"}])
def test_closing_is_not_proposed_without_what_became_of_the_page(
    editor: User, urtam_vk: Account, kind: ProposalKind | None, how: dict[str, str]
) -> None:
    with pytest.raises(TooLate):
        proposing.propose(closed(urtam_vk, how), by=editor, kind=kind)

    assert Proposal.objects.count() == 0


def test_whatever_closes_a_page_is_a_proposal_to_close_it(editor: User, urtam_vk: Account) -> None:
    proposal = proposing.propose(closed(urtam_vk, GONE), by=editor)

    assert proposal.kind == ProposalKind.ARCHIVE


def test_a_page_is_not_closed_unseen(editor: User, coordinator: User, urtam_vk: Account) -> None:
    proposal = proposing.propose(closed(urtam_vk, GONE), by=editor)

    with pytest.raises(TooLate):
        accept(proposal, closed(urtam_vk, GONE), by=coordinator, seen_closed=False)

    urtam_vk.refresh_from_db()
    assert (urtam_vk.status, Closing.objects.count(), EntryChange.objects.count()) == ("active", 0, 0)


def test_a_proposal_made_before_the_rule_is_not_accepted_without_what_became_of_the_page(
    editor: User, coordinator: User, urtam_vk: Account
) -> None:
    proposal = proposing.propose(closed(urtam_vk, GONE), by=editor)
    bare = {name: value for name, value in proposal.values.items() if name != "closing"}
    Proposal.objects.filter(pk=proposal.pk).update(values=bare, kind=ProposalKind.EDIT)
    proposal.refresh_from_db()

    with pytest.raises(TooLate):
        accept(proposal, closed(urtam_vk, {}), by=coordinator)

    urtam_vk.refresh_from_db()
    assert urtam_vk.status == "active"


def test_a_page_is_closed_with_how_and_seen(editor: User, coordinator: User, urtam_vk: Account) -> None:
    proposal = proposing.propose(closed(urtam_vk, GONE), by=editor)

    accept(proposal, closed(urtam_vk, GONE), by=coordinator)

    row = Closing.objects.get()
    assert (row.account.status, row.kind, row.note) == ("archived", "gone", "Сообщил глава")


@pytest.mark.parametrize(("ticked", "status"), [({}, 400), ({"decision-confirmed": "on"}, 302)])
def test_the_department_says_that_it_has_looked(
    client: Client, editor: User, coordinator: User, urtam_vk: Account, ticked: dict[str, Any], status: int
) -> None:
    proposal = proposing.propose(closed(urtam_vk, GONE), by=editor)
    client.force_login(coordinator)
    seen = {"decision-seen": proposing.version_of(urtam_vk)}

    answer = client.post(f"/proposals/{proposal.pk}/accept/", {**seen, **ticked})

    assert answer.status_code == status


def test_a_page_that_was_closed_long_ago_is_entered_without_it(
    editor: User, coordinator: User, urtam_vk: Account
) -> None:
    old = Account(
        organization=urtam_vk.organization,
        network=urtam_vk.network,
        url="https://vk.com/urtam_2015",
        handle="urtam_2015",
        name="Прежняя",
        status=AccountStatus.ARCHIVED,
        closed_on=date(2018, 1, 1),
    )

    proposal = proposing.propose(Entry(old), by=editor)
    entered = proposing.accept(proposal, Entry(old), seen=0, by=coordinator)

    assert entered.status == "archived"
