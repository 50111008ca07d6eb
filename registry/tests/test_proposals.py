"""Four eyes: who proposes, who decides, by which questions; until then everybody sees what was approved last."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from config.district.loading import load
from people.http import TooLate
from people.models import Organization, User
from registry import actions, proposing
from registry.models import (
    TRANSITIONS,
    Account,
    AccountStatus,
    CheckItem,
    LegalAct,
    Proposal,
    ProposalKind,
    ProposalState,
    SocialNetwork,
)
from registry.proposing import Entry
from registry.tests.conftest import EVERYWHERE, text_of
from registry.verifying import Answers

pytestmark = pytest.mark.django_db

NEW_NAME = "Уртам: новое имя"
SEVEN = ("administrator", "coordinator", "editor", "chilino_editor", "moderator", "observer", "outsider")


@pytest.fixture
def everybody(request: pytest.FixtureRequest, urtam_vk: Account) -> dict[str, User]:
    return {login: request.getfixturevalue(login) for login in SEVEN}


@pytest.fixture
def proposal(urtam_vk: Account, editor: User) -> Proposal:
    """The editor of Urtam proposes another name for its page."""
    return proposing.propose(renamed(urtam_vk), by=editor)


@pytest.fixture
def opens(db: None) -> CheckItem:
    return CheckItem.objects.create(text="Сверено со страницей", uses=["page", "edit"], is_must=True, position=10)


@pytest.fixture
def in_order(db: None) -> CheckItem:
    return CheckItem.objects.create(text="Есть служебная связь", uses=["page", "edit"], position=20)


def renamed(account: Account) -> Entry:
    changed = Account.objects.get(pk=account.pk)
    changed.name = NEW_NAME
    return Entry(changed, list(changed.responsible_people.all()))


def accept(proposal: Proposal, *, by: User, answers: Answers | None = None) -> Account:
    assert proposal.account
    seen = proposing.version_of(proposal.account)
    return proposing.accept(proposal, renamed(proposal.account), seen=seen, by=by, answers=answers)


def said(**answers: str) -> Answers:
    texts = {"opens": "Сверено со страницей", "in_order": "Есть служебная связь"}
    return [{"text": texts[name], "answer": answer, "note": ""} for name, answer in answers.items()]


def decided(proposal: Proposal, state: ProposalState, by: User) -> None:
    """As if it had been decided earlier."""
    fields: dict[str, Any] = {"state": state}
    if state != ProposalState.PENDING:
        fields |= {"decided_by": by, "decided_at": timezone.now()}
    Proposal.objects.filter(pk=proposal.pk).update(**fields)


class TestChecklist:
    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ([], "Контрольный список заполнен не до конца: «Сверено со страницей»."),
            (said(opens="yes"), "Контрольный список заполнен не до конца: «Есть служебная связь»."),
            (said(opens="maybe", in_order="yes"), "Контрольный список заполнен не до конца: «Сверено со страницей»."),
            (
                said(opens="na", in_order="yes"),
                "Без «да» на вопрос «Сверено со страницей» ничего не принимают. Отклоните с причиной.",
            ),
            (said(opens="yes", in_order="no"), "Напишите, что не так: «Есть служебная связь»."),
        ],
    )
    def test_nothing_is_accepted_past_the_checklist(
        self,
        proposal: Proposal,
        coordinator: User,
        opens: CheckItem,
        in_order: CheckItem,
        answers: Answers,
        sentence: str,
    ) -> None:
        with pytest.raises(TooLate) as refusal:
            accept(proposal, by=coordinator, answers=answers)

        proposal.refresh_from_db()
        assert (refusal.value.sentence, proposal.state) == (sentence, ProposalState.PENDING)

    def test_with_every_question_answered_it_is_accepted_and_its_answers_are_kept(
        self, proposal: Proposal, coordinator: User, opens: CheckItem, in_order: CheckItem
    ) -> None:
        answers = said(opens="yes", in_order="na")

        account = accept(proposal, by=coordinator, answers=answers)

        proposal.refresh_from_db()
        assert (account.name, proposal.state, proposal.answers) == (NEW_NAME, ProposalState.ACCEPTED, answers)

    def test_the_page_of_a_proposal_refuses_what_is_not_answered(
        self, client: Client, proposal: Proposal, coordinator: User, urtam_vk: Account, opens: CheckItem
    ) -> None:
        client.force_login(coordinator)
        fields = {"organization": urtam_vk.organization_id, "url": urtam_vk.url, "name": NEW_NAME, "status": "active"}

        response = client.post(f"/proposals/{proposal.pk}/accept/", {**fields, "decision-seen": 0})

        errors = response.context["decision"].checklist.errors
        assert (response.status_code, list(errors)) == (400, [f"item_{opens.pk}"])

    def test_an_address_that_the_department_corrects_is_verified_by_the_whole_list(
        self, client: Client, proposal: Proposal, coordinator: User, urtam_vk: Account
    ) -> None:
        whole = CheckItem.objects.create(text="Страница открывается", uses=["page"])
        client.force_login(coordinator)
        fields = {"organization": urtam_vk.organization_id, "url": "vk.com/urtam_new", "name": NEW_NAME}

        response = client.post(f"/proposals/{proposal.pk}/accept/", {**fields, "status": "active", "decision-seen": 0})

        assert response.context["decision"].checklist.items == [whole]

    def test_the_district_begins_with_a_list_and_keeps_what_people_made_of_it(self) -> None:
        load()
        CheckItem.objects.exclude(position=10).delete()

        load()

        assert list(CheckItem.objects.values_list("text", "uses", "is_must")) == [
            ("Страница открывается по этому адресу", ["page", "review"], True)
        ]


class TestTransitions:
    @pytest.fixture(autouse=True)
    def may_be_in_any_state(self, urtam_vk: Account, the_order: LegalAct) -> None:
        """A page that is not kept rests on an act."""
        Account.objects.filter(pk=urtam_vk.pk).update(legal_act=the_order, closed_on="2020-01-01")

    def test_an_entry_goes_only_where_its_state_leads(self, urtam_vk: Account, coordinator: User) -> None:
        passed = {
            start: [end for end in AccountStatus if self._goes(urtam_vk, start, end, coordinator)]
            for start in AccountStatus
        }

        assert {start: set(ends) for start, ends in passed.items()} == {
            start: {start, *ends} for start, ends in TRANSITIONS.items()
        }

    def _goes(self, account: Account, start: AccountStatus, end: AccountStatus, by: User) -> bool:
        Account.objects.filter(pk=account.pk).update(status=start)
        stored = Account.objects.get(pk=account.pk)
        stored.status, stored.name = end, f"{start} – {end}"
        try:
            actions.store(stored, by=by)
        except TooLate:
            return False
        return True

    @pytest.mark.parametrize(
        ("kind", "starts"),
        [
            ("suspend", {"active"}),
            ("resume", {"suspended", "unconfirmed"}),
            ("archive", {"planned", "unconfirmed", "active", "suspended", "not_kept", "prohibited"}),
        ],
    )
    def test_a_move_is_proposed_from_the_right_states_by_those_who_may(
        self, client: Client, everybody: dict[str, User], urtam_vk: Account, kind: str, starts: set[str]
    ) -> None:
        data = {"reason": "Так решили", "kind": "gone", "closed_on": "2020-01-01"}
        answers: dict[str, set[int]] = {login: set() for login in SEVEN}
        passed: dict[str, set[str]] = {login: set() for login in SEVEN}

        for login, user in everybody.items():
            client.force_login(user)
            for status in AccountStatus:
                Account.objects.filter(pk=urtam_vk.pk).update(status=status)
                answers[login].add(client.post(f"/accounts/{urtam_vk.pk}/{kind}/", data).status_code)
                if Proposal.objects.all().delete()[0]:
                    passed[login].add(status.value)

        may, nothing = ({302}, starts), set[str]()
        assert {login: (answers[login], passed[login]) for login in SEVEN} == {
            "administrator": may,
            "coordinator": may,
            "editor": may,
            "chilino_editor": ({404}, nothing),
            "moderator": ({403}, nothing),
            "observer": ({403}, nothing),
            "outsider": ({404}, nothing),
        }

    @pytest.mark.parametrize("state", ProposalState.values)
    @pytest.mark.parametrize("move", ["accept", "reject", "withdraw"])
    def test_only_those_who_may_move_a_proposal_and_only_while_it_waits(
        self,
        client: Client,
        everybody: dict[str, User],
        proposal: Proposal,
        urtam_vk: Account,
        move: str,
        state: str,
    ) -> None:
        fields = {"organization": urtam_vk.organization_id, "url": urtam_vk.url, "name": NEW_NAME, "status": "active"}
        data = {**fields, "decision-seen": 0, "reason": "Не сходится"}
        answers, moved = {}, set()

        for login, user in everybody.items():
            decided(proposal, ProposalState(state), everybody["administrator"])
            client.force_login(user)
            with transaction.atomic():
                answers[login] = client.post(f"/proposals/{proposal.pk}/{move}/", data).status_code
                now = Proposal.objects.get(pk=proposal.pk).state
                transaction.set_rollback(True)
            if now != state:
                moved.add((login, now))

        department, author = ("administrator", "coordinator"), ("editor",)
        may = author if move == "withdraw" else department
        theirs = {"chilino_editor": 404, "outsider": 404}
        assert answers == {login: 302 if login in may else theirs.get(login, 403) for login in SEVEN}
        end = {"accept": "accepted", "reject": "rejected", "withdraw": "withdrawn"}[move]
        assert moved == ({(login, end) for login in may} if state == "pending" else set())


class TestFourEyes:
    @pytest.mark.parametrize("state", [ProposalState.ACCEPTED, ProposalState.REJECTED])
    def test_the_database_itself_lets_nobody_decide_their_own(
        self, proposal: Proposal, editor: User, state: ProposalState
    ) -> None:
        with pytest.raises(IntegrityError, match="proposal_four_eyes"), transaction.atomic():
            decided(proposal, state, editor)

    @pytest.mark.parametrize("second", ["accept", "reject"])
    def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(
        self, proposal: Proposal, coordinator: User, deputy: User, second: str
    ) -> None:
        late = Proposal.objects.select_related("account", "organization").get(pk=proposal.pk)
        accept(proposal, by=coordinator)

        with pytest.raises(TooLate) as refusal:
            accept(late, by=deputy) if second == "accept" else proposing.reject(late, reason="Нет", by=deputy)

        late.refresh_from_db()
        assert refusal.value.sentence == "Коллега успел раньше: по этому предложению уже решили."
        assert (late.state, late.decided_by) == (ProposalState.ACCEPTED, coordinator)


class TestWhileItWaits:
    def test_everybody_sees_the_version_approved_last(
        self, client: Client, urtam_vk: Account, editor: User, coordinator: User
    ) -> None:
        actions.refresh_search([urtam_vk])
        addresses = (*EVERYWHERE, "/accounts.json", f"/accounts/{urtam_vk.pk}/", f"/api/v1/accounts/{urtam_vk.pk}/")
        proposal = proposing.propose(renamed(urtam_vk), by=editor)
        waiting = {address for address in addresses if NEW_NAME in text_of(client, address)}

        accept(proposal, by=coordinator)

        public = {address for address in addresses if NEW_NAME in text_of(client, address)}
        assert (waiting, public) == (set(), set(addresses))

    @pytest.mark.parametrize("kind", ["suspend", "archive"])
    def test_a_page_stays_official_until_a_second_person_agrees(
        self, client: Client, urtam_vk: Account, editor: User, kind: str
    ) -> None:
        client.force_login(editor)
        client.post(
            f"/accounts/{urtam_vk.pk}/{kind}/", {"reason": "Удалили", "kind": "gone", "closed_on": "2020-01-01"}
        )

        urtam_vk.refresh_from_db()
        assert (Proposal.objects.get().kind, urtam_vk.status) == (kind, AccountStatus.ACTIVE)

    def test_a_new_page_is_nowhere(
        self, client: Client, urtam: Organization, vk: SocialNetwork, editor: User, the_order: LegalAct
    ) -> None:
        entry = Entry(
            Account(organization=urtam, network=vk, url="https://vk.com/urtam2", handle="urtam2", name="Двойник")
        )

        proposal = proposing.propose(entry, by=editor)

        shown = [address for address in EVERYWHERE if "Двойник" in text_of(client, address)]
        assert (proposal.kind, shown, Account.objects.count()) == (ProposalKind.NEW, [], 0)


class TestHistoryOnTheCard:
    def test_everybody_reads_what_changed_without_who_and_what_is_internal(
        self, client: Client, proposal: Proposal, coordinator: User, urtam_vk: Account
    ) -> None:
        accept(proposal, by=coordinator)
        secret = {"Уртамский, 1", str(coordinator), str(proposal.proposed_by), f"№ {proposal.pk}"}

        page = text_of(client, f"/accounts/{urtam_vk.pk}/")

        changes = [(change.kind, [one.after for one in change.differences]) for change in urtam_vk.changes.all()]
        assert changes == [("edited", [NEW_NAME])]
        assert ("Что менялось" in page, {word for word in secret if word in page}) == (True, set())

    def test_people_of_the_portal_read_who_changed_it_and_by_whose_proposal(
        self, client: Client, proposal: Proposal, coordinator: User, editor: User, urtam_vk: Account
    ) -> None:
        accept(proposal, by=coordinator)
        client.force_login(editor)

        page = text_of(client, f"/accounts/{urtam_vk.pk}/")

        told = ["История записи", str(coordinator), f"Предложение № {proposal.pk}"]
        assert [word for word in told if word in page] == told


def test_a_rejected_proposal_is_corrected_and_proposed_again_by_whoever_made_it(
    client: Client, editor: User, coordinator: User, proposal: Proposal
) -> None:
    proposing.reject(proposal, reason="Не по порядку", by=coordinator)
    page = f"/proposals/{proposal.pk}/"
    client.force_login(coordinator)
    others = client.get(page).context["again_url"]
    client.force_login(editor)

    again = client.get(page).context["again_url"]

    form = client.get(again).context["form"]
    assert (others, form["name"].value(), form.instance.pk) == ("", NEW_NAME, proposal.account_id)


def test_nobody_begins_with_the_proposal_of_another(
    client: Client, editor: User, coordinator: User, urtam_vk: Account, proposal: Proposal
) -> None:
    proposing.reject(proposal, reason="Не по порядку", by=coordinator)
    client.force_login(coordinator)

    form = client.get(f"/accounts/{urtam_vk.pk}/edit/", {"again": proposal.pk}).context["form"]

    assert form["name"].value() == urtam_vk.name


def test_a_rejected_new_entry_is_proposed_again_with_what_was_typed(
    client: Client, editor: User, coordinator: User, urtam: Organization, vk: SocialNetwork
) -> None:
    act = LegalAct(title="Распоряжение", number="7-р")
    page = Account(organization=urtam, network=vk, url="https://vk.com/urtam_new", handle="urtam_new", name="Новая")
    proposal = proposing.propose(Entry(page, new_act=act), by=editor)
    proposing.reject(proposal, reason="Нет акта", by=coordinator)
    client.force_login(editor)

    form = client.get(client.get(f"/proposals/{proposal.pk}/").context["again_url"]).context["form"]

    assert [form[name].value() for name in ("url", "name", "act_number")] == [page.url, "Новая", "7-р"]


def test_what_was_typed_stays_where_another_change_waits_already(
    client: Client, editor: User, urtam_vk: Account, proposal: Proposal
) -> None:
    client.force_login(editor)

    answer = client.post(
        f"/accounts/{urtam_vk.pk}/suspend/",
        {"reason": "Нет связи с администратором"},
    )

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Нет связи с администратором" in page
    assert "уже ждёт решения" in page


def test_the_editor_who_was_second_keeps_the_new_name(
    client: Client, editor: User, urtam_vk: Account, proposal: Proposal
) -> None:
    client.force_login(editor)
    typed = {
        "organization": urtam_vk.organization_id,
        "network": urtam_vk.network_id,
        "link": urtam_vk.url,
        "name": "Совсем другое имя",
        "status": "active",
    }

    answer = client.post(f"/accounts/{urtam_vk.pk}/edit/", typed)

    assert answer.status_code == 400
    assert "Совсем другое имя" in answer.content.decode()


def test_a_second_tab_is_told_that_all_is_decided(client: Client, coordinator: User, proposal: Proposal) -> None:
    decided(proposal, ProposalState.REJECTED, coordinator)
    client.force_login(coordinator)

    answer = client.post(f"/proposals/{proposal.pk}/accept/", follow=True)

    assert "решение уже принято" in answer.content.decode()


def test_the_history_does_not_end_a_name_with_two_full_stops(
    client: Client, coordinator: User, editor: User, proposal: Proposal
) -> None:
    account = accept(proposal, by=coordinator)

    assert ".." not in account.changes.values_list("note", flat=True)[0]
