"""A citizen with the number of a decision: any spelling is read, every dead end says what it is and what to do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone

from moderation import actions, lifting, numbers, objections, second
from moderation.actions import Entry
from moderation.models import Objection, Verdict
from moderation.openness import views
from moderation.tests.conftest import Record
from people.models import User

pytestmark = pytest.mark.django_db
OBJECT = "/moderation/check/1/object/"
WORDS = "Это не реклама, а ответ соседу"


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    cache.clear()


def check(client: Client, number: str) -> str:
    return client.get("/moderation/check/", {"number": number}).content.decode()


def send(client: Client) -> Any:
    """An objection of somebody who reads before typing."""
    opened = TimestampSigner(salt="report").sign("form")
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        return client.post(OBJECT, {"words": WORDS, "opened": opened})


@pytest.mark.parametrize(
    "text",
    [
        "№ М-2026-000123",
        "Решение № М-2026-000123.",
        "решение №М-2026-123 от 27 ноября 2026",
        "«М-2026-000123»",
        "номер решения м 2026 123",
        "#123",
        "V-2026-000123",
        "ь-2026-000123",
        "М-2026-ООО123",
        "M\u00a02026\u00a0000123",
    ],
)
def test_what_people_copy_and_mistype_is_read(text: str) -> None:
    assert numbers.read(text) == 123


@pytest.mark.parametrize("text", ["кот", "М-2026-кот", "ооо", "от 27 ноября", "№", "№ М-1926-000123"])
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert numbers.read(text) is None


class TestNumber:
    """What the page says about a number."""

    def test_what_is_no_number_is_said_and_stays(self, client: Client) -> None:
        page = check(client, "кот учёный")

        assert "Это не номер решения" in page
        assert 'value="кот учёный"' in page

    def test_a_number_nobody_has_given_is_said(self, client: Client, record: Record) -> None:
        record()

        assert "Решения с таким номером нет" in check(client, "999")

    def test_the_number_of_a_later_record_leads_to_the_decision_and_says_so(
        self, client: Client, record: Record, editor: User
    ) -> None:
        decision = record()
        row = actions.reverse(decision, "Ошиблись", by=editor)

        page = check(client, row.label)

        assert f"Запись {row.label} ({row.measure_words}) – об этом решении." in page
        assert f"<h2>{decision.label}</h2>" in page

    def test_criticism_that_stayed_is_nothing_to_object_to(
        self, client: Client, entry: Callable[..., Entry], editor: User, coordinator: User
    ) -> None:
        kept = second.refuse(second.propose(entry(is_criticism=True), by=editor), "Это критика", by=coordinator)

        page = check(client, kept.label)

        assert "ничего не удалено и не скрыто" in page
        assert "Возразить на портале можно было" not in page

    def test_the_day_after_the_last_one_names_that_day(self, client: Client, record: Record) -> None:
        decision = record()

        with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
            page = check(client, "1")

        assert f"Возразить на портале можно было до {decision.object_until.day} " in page

    def test_a_program_that_tries_all_numbers_is_stopped(
        self, client: Client, record: Record, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(views, "NUMBERS_AN_HOUR", 2)
        record()

        answers = [client.get("/moderation/check/", {"number": "1"}) for _ in range(3)]

        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert "Попробуйте через час" in answers[2].content.decode()
        assert answers[2].context["decision"] is None


class TestSecondObjection:
    """One at a time: why, until when, and nothing typed is lost."""

    def test_the_form_is_not_offered_and_the_reason_is(self, client: Client, record: Record) -> None:
        decision = record()
        send(client)

        pages = [check(client, "1"), client.get(OBJECT).content.decode()]

        last = f"возразить можно после ответа, до {decision.object_until.day} "
        assert [("рассматривают по одному" in page, last in page) for page in pages] == [(True, True)] * 2
        assert [OBJECT in pages[0], "<textarea" in pages[1]] == [False, False]

    def test_whoever_was_typing_meanwhile_keeps_the_words(self, client: Client, record: Record) -> None:
        record()
        send(client)

        page = send(client)

        assert page.status_code == 400
        assert "уже рассматривают, а рассматривают их по одному" in page.content.decode()
        assert WORDS in page.content.decode()

    def test_after_the_answer_another_one_is_taken(self, client: Client, record: Record, moderator: User) -> None:
        record()
        send(client)
        objections.decide(Objection.objects.get(), Verdict.NO, "Это реклама", by=moderator)

        send(client)

        assert Objection.objects.count() == 2


def test_an_objection_after_the_term_is_refused_and_the_words_stay(client: Client, record: Record) -> None:
    record()

    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        offered = client.get(OBJECT).content.decode()
        late = send(client)

    assert "<textarea" not in offered
    assert "Срок возражения истёк" in late.content.decode()
    assert WORDS in late.content.decode()
    assert not Objection.objects.exists()


def test_a_citizen_reads_that_the_block_was_lifted(client: Client, record: Record, editor: User) -> None:
    block = record(measure="blocked", blocked_until=timezone.localdate() + timedelta(days=5))
    before = client.get(f"/moderation/check/?number={block.number}").content.decode()
    lifting.lift(block, "Извинился", by=editor)

    after = client.get(f"/moderation/check/?number={block.number}").content.decode()

    assert ("Мера снята" in before, "Мера снята" in after, "Извинился" in after) == (False, True, False)
