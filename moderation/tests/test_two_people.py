"""What needs a second person: removals of criticism and objections; waves, numbers, differences."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone

from moderation import actions, differences, journal, numbers, objections, second
from moderation.actions import Entry
from moderation.inbox.intake import Arrival, receive
from moderation.models import (
    Decision,
    Ground,
    Measure,
    Message,
    Objection,
    PendingDecision,
    Source,
    Verdict,
)
from moderation.openness import figures
from moderation.tests.conftest import Record, make_upload
from people.http import TooLate
from people.models import User
from registry.models import Account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    ["М-2026-000123", "м-2026-123", "M 2026 123", "m2026000123", "№ 123", "123", " решение М–2026–000123 ", "000123"],
)
def test_a_number_is_read_in_any_spelling(text: str) -> None:
    assert numbers.read(text) == 123


@pytest.mark.parametrize("text", ["", "М-2026-", "реклама 123", "12 345", "0"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert numbers.read(text) is None


class TestCriticism:
    """Another person confirms, or the comment stays."""

    @pytest.fixture
    def pending(self, entry: Callable[..., Entry], editor: User) -> PendingDecision:
        return second.propose(entry(is_criticism=True, files=(make_upload(),)), by=editor)

    def test_the_journal_takes_nothing_before_it_is_confirmed(self, pending: PendingDecision) -> None:
        assert not Decision.objects.exists()

    def test_it_cannot_be_recorded_past_the_second_person(self, entry: Callable[..., Entry], editor: User) -> None:
        with pytest.raises(ValidationError):
            actions.record(entry(is_criticism=True), by=editor)

    def test_a_confirmed_removal_is_a_row_with_both_people_and_its_files(
        self, pending: PendingDecision, editor: User, coordinator: User
    ) -> None:
        row = second.confirm(pending, by=coordinator)

        assert (row.made_by, row.confirmed_by, row.measure) == (editor, coordinator, Measure.REMOVED)
        assert row.names["confirmed_by"] == "Coordinator Имя"
        assert journal.verify().ok
        pending.refresh_from_db()
        assert (pending.text, pending.files, pending.decision) == ("", [], row)

    def test_a_refusal_is_a_row_too(self, pending: PendingDecision, coordinator: User) -> None:
        row = second.refuse(pending, "Это критика", by=coordinator)

        assert (row.measure, row.explanation, row.stands) == (Measure.KEPT, "Это критика", False)
        assert figures.summary().share_refused == 100
        assert figures.summary().decisions == 0

    def test_who_wanted_it_cannot_confirm_it(self, pending: PendingDecision, editor: User) -> None:
        with pytest.raises(TooLate):
            second.confirm(pending, by=editor)

    def test_it_is_decided_once(self, pending: PendingDecision, coordinator: User) -> None:
        second.confirm(pending, by=coordinator)

        with pytest.raises(TooLate):
            second.refuse(pending, "Поздно", by=coordinator)

    def test_the_form_leads_to_the_queue(
        self, client: Client, editor: User, coordinator: User, urtam_vk: Account, grounds: dict[str, Ground]
    ) -> None:
        client.force_login(editor)
        data = {"account": urtam_vk.pk, "kind": "comment", "text": "Воры!", "measure": "removed", "is_criticism": "yes"}
        data |= {"ground": grounds["insult"].pk, "seen_at": "2026-11-23T10:15"}
        assert client.post("/journal/new/", data)["Location"] == "/journal/pending/"
        address = f"/journal/pending/{PendingDecision.objects.get().pk}/"
        assert client.post(address, {"verdict": "yes"}).status_code == 403
        client.force_login(coordinator)
        assert "Напишите" in client.post(address, {"verdict": "no"}).content.decode()
        assert client.post(address, {"verdict": "yes"}).status_code == 302
        assert Decision.objects.get().is_criticism


class TestObjection:
    """A citizen without an account, and another moderator."""

    URL = "/moderation/check/1/object/"

    def send(self, client: Client, **data: str) -> str:
        opened = TimestampSigner(salt="report").sign("form")
        with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
            return client.post(self.URL, {"words": "Это не реклама", "opened": opened, **data}).content.decode()

    def test_it_goes_its_whole_way(self, client: Client, record: Record, coordinator: User) -> None:
        decision = record()
        page = client.get("/moderation/check/", {"number": decision.label.lower()}).content.decode()
        assert "Спам-рассылка" in page
        assert decision.text not in page
        assert "Editor" not in page
        code = re.findall(r"<code>([\w-]+)</code>", self.send(client))[0]
        client.force_login(coordinator)
        address = f"/journal/objections/{Objection.objects.get().pk}/"
        assert "Это не реклама" in client.get(address).content.decode()
        client.post(address, {"verdict": "yes", "answer": "Вы правы"})
        client.logout()

        answer = client.post("/moderation/outcome/", {"number": "1", "code": code.lower()}).content.decode()

        assert "Вы правы" in answer
        assert Decision.objects.get(number=2).reverses == decision
        assert "Вы правы" not in client.get("/moderation/check/", {"number": "1"}).content.decode()

    def test_who_decided_does_not_decide_on_it(self, client: Client, record: Record, editor: User) -> None:
        objection, _code = objections.file(record(), "Нет")
        client.force_login(editor)

        answer = client.post(f"/journal/objections/{objection.pk}/", {"verdict": "no", "answer": "Реклама"})

        assert answer.status_code == 403
        with pytest.raises(TooLate):
            objections.decide(objection, Verdict.NO, "Реклама", by=editor)

    def test_nobody_is_told_a_decision_was_another_s_who_took_it(
        self, client: Client, record: Record, editor: User, coordinator: User
    ) -> None:
        objection, _code = objections.file(record(), "Нет")
        pages = []
        for user in (coordinator, editor):
            client.force_login(user)
            pages.append(client.get(f"/journal/objections/{objection.pk}/").content.decode())

        assert ["Это решение принимали не вы" in page for page in pages] == [True, False]

    def test_who_answered_and_when_stays_to_be_seen(self, client: Client, record: Record, coordinator: User) -> None:
        objection, _code = objections.file(record(), "Нет")
        objections.decide(objection, Verdict.NO, "Это реклама", by=coordinator)
        client.force_login(coordinator)

        page = client.get(f"/journal/objections/{objection.pk}/").content.decode()

        assert f"· {coordinator}</p>" in page
        assert "Это решение принимали не вы" not in page

    def test_a_rejected_one_is_a_row_about_the_decision(self, record: Record, coordinator: User) -> None:
        objection, _code = objections.file(record(), "Нет")

        row = objections.decide(objection, Verdict.NO, "Это реклама", by=coordinator)

        assert (row.measure, row.about_id, row.reverses) == (Measure.UPHELD, objection.decision_id, None)
        assert journal.verify().ok

    def test_a_robot_gets_the_same_thanks_and_no_code(self, client: Client, record: Record) -> None:
        record()

        assert "<code>" not in self.send(client, homepage="https://spam.example")
        assert not Objection.objects.exists()

    def test_a_second_one_waits_for_the_first(self, client: Client, record: Record) -> None:
        record()
        self.send(client)

        assert "уже рассматривают" in self.send(client)
        assert Objection.objects.count() == 1

    def test_the_sixth_within_an_hour_is_refused(self, client: Client, record: Record) -> None:
        record()

        pages = [self.send(client) for _ in range(6)]

        assert "через час" in pages[5]

    def test_the_last_day_counts_and_the_next_does_not(self, record: Record) -> None:
        decision = record()
        last = timezone.localtime(decision.made_at).replace(hour=23, minute=59) + timedelta(days=30)

        with time_machine.travel(last, tick=False):
            assert objections.may_object(decision)
        with time_machine.travel(last + timedelta(minutes=2), tick=False):
            assert not objections.may_object(decision)

    def test_a_wrong_code_shows_nothing(self, record: Record) -> None:
        objections.file(record(), "Нет")

        assert objections.found_by_code(1, "AAAA-BBBB-CCCC") is None

    def test_the_author_proves_it_by_the_number_in_the_network(
        self, record: Record, urtam_vk: Account, editor: User
    ) -> None:
        link = "https://vk.com/wall-1_2"
        arrival = Arrival(urtam_vk, "Дёшево", timezone.now(), external_id="7", author_id="id77", link=link)
        receive([arrival], by=editor, source=Source.FORM)
        assert Message.objects.get().author_mark

        assert objections.file(record(link=link), "Моё", "ID77")[0].is_by_author
        assert not objections.file(record(link=link, text="Другое"), "Моё", "id78")[0].is_by_author


def test_a_wave_is_one_row_of_the_list_and_many_of_the_journal(
    client: Client, entry: Callable[..., Entry], editor: User
) -> None:
    first = actions.record_wave(entry(), ["Заработок!", "Заработок!!"], by=editor)
    actions.record_wave(entry(), ["Заработок!", "Заработок!!"], by=editor)  # another form
    client.force_login(editor)

    assert Decision.objects.count() == 6
    assert first.wave_size == 3
    assert client.get("/journal/").context["page"].paginator.count == 2
    assert client.get("/journal/", {"wave": str(first.wave)}).context["page"].paginator.count == 3
    assert journal.verify().ok


def test_a_wave_sent_twice_is_entered_once(entry: Callable[..., Entry], editor: User) -> None:
    form = entry()

    assert actions.record_wave(form, ["Ещё"], by=editor) == actions.record_wave(form, ["Ещё"], by=editor)
    assert Decision.objects.count() == 2


def test_search_finds_a_decision_by_its_number(client: Client, record: Record, editor: User) -> None:
    record()
    decision = record(text="Другое")
    client.force_login(editor)

    found = client.get("/journal/", {"q": f"m {decision.made_at.year} 2"}).context["page"].object_list

    assert [row.number for row in found] == [2]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "message"}, "ground"),
        ({"kind": "message", "measure": "hidden"}, "ground"),
        ({"origin": "authority"}, "authority"),
        ({"measure": "upheld"}, "measure"),
        ({"measure": "kept"}, "measure"),
    ],
)
def test_the_journal_refuses_what_does_not_fit_clause_7(
    fields: dict[str, Any], field: str, entry: Callable[..., Entry]
) -> None:
    assert list(entry(**fields).problems()) == [field]


@pytest.mark.parametrize("citation", ["", "закон", "нарушает"])
def test_a_legal_ground_wants_a_norm(citation: str, entry: Callable[..., Entry], grounds: dict[str, Ground]) -> None:
    assert list(entry(ground=grounds["federal-law"], citation=citation).problems()) == ["citation"]


def test_a_message_may_be_removed_for_broken_law(entry: Callable[..., Entry], grounds: dict[str, Ground]) -> None:
    assert not entry(kind="message", ground=grounds["federal-law"], citation="149-ФЗ, ст. 10.6").problems()


def test_near_equal_texts_of_two_bodies_decided_differently_are_shown(
    client: Client, record: Record, chilino_vk: Account, grounds: dict[str, Ground], coordinator: User
) -> None:
    record(text="Дёшево продаю дрова берёзовые, звоните!")
    record(text="ПРОДАЮ дешево берёзовые дрова. Звоните", account=chilino_vk, ground=grounds["insult"])
    record(text="Куплю старый трактор недорого")
    client.force_login(coordinator)

    page = client.get("/journal/differences/")

    assert [[row.number for row in rows] for rows in page.context["groups"]] == [[2, 1]]


def test_equal_decisions_are_no_difference(record: Record, chilino_vk: Account) -> None:
    record(text="Дёшево продаю дрова берёзовые")
    record(text="Дёшево продаю дрова берёзовые", account=chilino_vk)

    assert not list(differences.fingerprints(Decision.objects.all()))
