"""The ladder of trust: what was found of each sign of a page, by whom, and what anybody may read of it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.http import TooLate
from people.models import Organization, User
from registry import actions, proposing, trust
from registry.entry_values import applied
from registry.models import Account, AccountStatus, ChangeKind, EntryChange, Proposal, TrustSign, TrustState, TrustStep
from registry.proposing import Entry
from registry.trust import Finding

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
MARK, TWO = TrustSign.STATE_MARK, TrustSign.TWO_PEOPLE
YES, NO = TrustState.YES, TrustState.NO


def find(account: Account, by: User, *signs: TrustSign, state: TrustState = YES) -> None:
    if state == YES:
        bears_mark(account)
    trust.record(account, [Finding(sign, state) for sign in signs], on=DAY, by=by)


def bears_mark(account: Account) -> None:
    """As if two people had said so."""
    Account.objects.filter(pk=account.pk).update(has_state_mark=True)


def card(client: Client, account: Account) -> str:
    return client.get(reverse("registry:account_detail", args=[account.pk])).content.decode()


def test_each_finding_says_who_looked_and_when(client: Client, coordinator: User, urtam_vk: Account) -> None:
    bears_mark(urtam_vk)
    client.force_login(coordinator)

    client.post(
        reverse("registry:account_trust", args=[urtam_vk.pk]),
        {"checked_on": "2026-11-20", "state_state_mark": "yes", "note_state_mark": "галочка есть"},
    )

    step = TrustStep.objects.get()
    assert (step.sign, step.state, step.note) == (MARK, YES, "галочка есть")
    assert (step.checked_on, step.checked_by) == (DAY, coordinator)


def test_a_later_look_replaces_what_holds_and_the_history_keeps_both(coordinator: User, urtam_vk: Account) -> None:
    find(urtam_vk, coordinator, MARK, state=NO)

    find(urtam_vk, coordinator, MARK)

    assert [step.state for step in TrustStep.objects.all()] == [YES]
    rows = EntryChange.objects.filter(kind=ChangeKind.TRUST).order_by("pk")
    marks = [row.values["state_mark"] for row in rows]
    assert marks == [[None, "no"], ["no", "yes"]]
    assert [row.by for row in rows] == [coordinator, coordinator]


def test_a_look_that_finds_the_same_is_dated_anew_and_is_no_public_news(coordinator: User, urtam_vk: Account) -> None:
    find(urtam_vk, coordinator, MARK)

    find(urtam_vk, coordinator, MARK)

    assert [row.is_public for row in EntryChange.objects.order_by("pk")] == [True, False]


def test_how_many_hold_the_rights_is_in_no_public_change(coordinator: User, urtam_vk: Account) -> None:
    find(urtam_vk, coordinator, TWO)

    change = EntryChange.objects.get()
    assert (change.is_public, change.values) == (False, {})


def test_the_public_card_names_the_signs_but_neither_the_checker_nor_security(
    client: Client, coordinator: User, urtam_vk: Account
) -> None:
    find(urtam_vk, coordinator, MARK, TWO)

    page = card(client, urtam_vk)

    assert str(MARK.label) in page
    assert (str(TWO.label) in page, str(coordinator) in page) == (False, False)


def test_a_sign_that_does_not_apply_is_not_shown_to_anybody(
    client: Client, coordinator: User, urtam_vk: Account
) -> None:
    find(urtam_vk, coordinator, MARK, state=TrustState.NOT_APPLICABLE)

    page = client.get(reverse("registry:account_detail", args=[urtam_vk.pk]))

    assert page.context["trust"] == []


def test_a_suspended_page_is_confirmed_by_nothing(client: Client, coordinator: User, urtam_vk: Account) -> None:
    find(urtam_vk, coordinator, MARK)
    actions.suspend(urtam_vk, by=coordinator)

    page = client.get(reverse("registry:account_detail", args=[urtam_vk.pk]))

    assert page.context["trust"] == []


@pytest.mark.parametrize("sign", [sign for sign in TrustSign if sign != TWO])
def test_a_yes_that_the_entry_cannot_bear_is_refused(
    client: Client, coordinator: User, urtam: Organization, urtam_vk: Account, sign: TrustSign
) -> None:
    Organization.objects.filter(pk=urtam.pk).update(official_site="")
    client.force_login(coordinator)

    answer = client.post(
        reverse("registry:account_trust", args=[urtam_vk.pk]), {"checked_on": "2026-11-20", f"state_{sign}": "yes"}
    )

    assert (answer.status_code, TrustStep.objects.count()) == (400, 0)


def test_nothing_is_found_ahead_of_time(client: Client, coordinator: User, urtam_vk: Account) -> None:
    client.force_login(coordinator)

    answer = client.post(
        reverse("registry:account_trust", args=[urtam_vk.pk]), {"checked_on": "2126-01-01", "state_state_mark": "yes"}
    )

    assert (answer.status_code, TrustStep.objects.count()) == (400, 0)


def test_a_page_that_is_closed_gets_no_signs(coordinator: User, urtam_vk: Account) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(status=AccountStatus.ARCHIVED)

    with pytest.raises(TooLate):
        find(urtam_vk, coordinator, MARK)


@pytest.mark.parametrize("signs", [[MARK], list(TrustSign)])
def test_the_card_costs_the_same_with_one_sign_and_with_all(
    client: Client,
    coordinator: User,
    urtam_vk: Account,
    signs: list[TrustSign],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [TrustStep(account=urtam_vk, sign=sign, state=YES, checked_on=DAY, checked_by=coordinator) for sign in signs]
    TrustStep.objects.bulk_create(rows)

    with django_assert_num_queries(2):  # the signs, and whether the network is prohibited today
        steps: list[Any] = [(step.get_sign_display(), step.checked_on) for step in trust.public_ladder(urtam_vk)]

    assert len(steps) == min(len(signs), 4)


# --- the mark of a state organization: one truth ---------------------------------------------------


def said(account: Account) -> tuple[bool | None, list[str]]:
    """What the entry says of the mark, and what the sign says."""
    account.refresh_from_db()
    return account.has_state_mark, [step.state for step in account.trust_steps.filter(sign=MARK)]


def propose_mark(account: Account, *, by: User, mark: bool | None = True) -> Proposal:
    changed = Account.objects.get(pk=account.pk)
    changed.has_state_mark = mark
    return proposing.propose(Entry(changed), by=by)


def accept(proposal: Proposal, *, by: User) -> None:
    entry = Entry(applied(proposal))
    proposing.accept(proposal, entry, seen=proposing.version_of(proposal.account), by=by)


def test_one_person_alone_does_not_say_that_a_page_bears_the_mark(coordinator: User, urtam_vk: Account) -> None:
    with pytest.raises(TooLate):
        trust.record(urtam_vk, [Finding(MARK, YES)], on=DAY, by=coordinator)

    assert said(urtam_vk) == (None, [])


def test_the_mark_is_proposed_and_the_sign_bears_the_name_of_who_accepted(
    editor: User, coordinator: User, urtam_vk: Account
) -> None:
    proposal = propose_mark(urtam_vk, by=editor)
    before = said(urtam_vk)

    accept(proposal, by=coordinator)

    assert (before, said(urtam_vk)) == ((None, []), (True, ["yes"]))
    assert TrustStep.objects.get().checked_by == coordinator


def test_a_mark_the_entry_does_not_name_is_proposed_in_one_press_and_the_rest_is_kept(
    client: Client, coordinator: User, urtam_vk: Account
) -> None:
    client.force_login(coordinator)
    page = reverse("registry:account_trust", args=[urtam_vk.pk])
    marked = {"checked_on": "2026-11-20", "state_state_mark": "yes", "note_state_mark": "галочка есть"}
    marked["state_two_people"] = "no"

    refused = client.post(page, marked)
    proposed = client.post(page, {**marked, "propose": "1"})

    proposal = Proposal.objects.get()
    assert (refused.status_code, b'name="propose"' in refused.content) == (400, True)
    assert proposed["Location"] == reverse("registry:proposal_detail", args=[proposal.pk])
    assert (proposal.values, proposal.note, proposal.proposed_by) == (
        {"has_state_mark": True},
        "галочка есть",
        coordinator,
    )
    assert [(step.sign, step.state) for step in TrustStep.objects.all()] == [(TWO, NO)]


def test_a_second_proposal_of_the_mark_is_led_to_the_one_that_waits(
    client: Client, coordinator: User, urtam_vk: Account
) -> None:
    proposal = propose_mark(urtam_vk, by=coordinator)
    client.force_login(coordinator)

    answer = client.post(
        reverse("registry:account_trust", args=[urtam_vk.pk]), {"checked_on": "2026-11-20", "state_state_mark": "yes"}
    )

    assert reverse("registry:proposal_detail", args=[proposal.pk]) in answer.content.decode()
    assert b'name="propose"' not in answer.content


@pytest.mark.parametrize(("found", "says"), [(NO, False), (TrustState.NOT_APPLICABLE, None)])
def test_that_the_mark_is_gone_one_look_is_enough_to_say(
    coordinator: User, urtam_vk: Account, found: TrustState, says: bool | None
) -> None:
    find(urtam_vk, coordinator, MARK)

    find(urtam_vk, coordinator, MARK, state=found)

    assert said(urtam_vk) == (says, [found.value])
    assert EntryChange.objects.order_by("-pk")[0].values["has_state_mark"] == [True, says]


@pytest.mark.parametrize(("mark", "signs"), [(False, ["no"]), (None, [])])
def test_an_accepted_change_of_the_mark_is_followed_by_the_sign(
    editor: User, coordinator: User, urtam_vk: Account, mark: bool | None, signs: list[str]
) -> None:
    find(urtam_vk, coordinator, MARK)

    accept(propose_mark(urtam_vk, by=editor, mark=mark), by=coordinator)

    assert said(urtam_vk) == (mark, signs)


def test_a_change_of_something_else_leaves_the_look_at_the_mark_as_it_was(
    editor: User, coordinator: User, urtam_vk: Account
) -> None:
    find(urtam_vk, coordinator, MARK)
    changed = Account.objects.get(pk=urtam_vk.pk)
    changed.name = "Уртам"

    accept(proposing.propose(Entry(changed), by=editor), by=coordinator)

    assert TrustStep.objects.get().checked_on == DAY
