"""Measures that last: until which day, who is told that the day has passed, how their end is noted."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moderation import actions, journal, lifting
from moderation.models import Decision, Measure
from moderation.openness import figures
from moderation.tests.conftest import Record
from people.http import TooLate
from people.models import Notice, User

pytestmark = pytest.mark.django_db

LASTING = ["hidden", "restricted", "blocked"]
# Written down by the rules of version 2 before measures other than a block could last.
WRITTEN_BEFORE = {"version": 2, "measure": "blocked", "blocked_until": "2099-01-02", "about": None}


@pytest.fixture
def block(record: Record) -> Decision:
    return record(measure="blocked", blocked_until=timezone.localdate() + timedelta(days=3))


def noon_after(row: Decision, days: int = 1) -> datetime:
    """Working time in Urtam (UTC+7), so many days after the last day of the measure."""
    assert row.blocked_until
    day = row.blocked_until + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def told() -> list[str]:
    return sorted(Notice.objects.filter(kind="measure_ended").values_list("user__username", flat=True))


@pytest.mark.parametrize("measure", LASTING)
def test_every_measure_that_lasts_keeps_its_last_day(measure: str, record: Record) -> None:
    assert record(measure=measure, blocked_until=date(2099, 1, 2)).blocked_until == date(2099, 1, 2)


def test_a_removal_has_no_term(record: Record) -> None:
    assert record(measure="removed", blocked_until=date(2099, 1, 2)).blocked_until is None


def test_what_is_hidden_may_stay_hidden_without_a_term(record: Record) -> None:
    assert record(measure="hidden").blocked_until is None


@pytest.mark.parametrize("measure", ["restricted", "blocked"])
def test_the_database_refuses_to_silence_a_person_for_ever(measure: str, record: Record) -> None:
    row = record()
    row.pk, row.measure, row.number, row.hash, row.previous_hash = None, measure, 2, "a", row.hash
    row.entry_key = uuid4()

    with pytest.raises(IntegrityError, match="decision_block_has_a_term"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("hidden", "скрыто до 2 января 2099"),
        ("restricted", "комментирование ограничено до 2 января 2099"),
        ("blocked", "автор заблокирован до 2 января 2099"),
    ],
)
def test_the_term_stands_on_both_pages(measure: str, words: str, record: Record, client: Client, editor: User) -> None:
    row = record(measure=measure, blocked_until=date(2099, 1, 2))
    public = client.get(reverse("moderation:decision_check"), {"number": row.label})
    client.force_login(editor)

    private = client.get(reverse("moderation:decision_detail", args=[row.number]))

    assert words in public.content.decode()
    assert words in private.content.decode()


def test_the_term_stands_in_the_export(record: Record, client: Client, editor: User) -> None:
    record(measure="hidden", blocked_until=date(2099, 1, 2))
    client.force_login(editor)

    lines = b"".join(client.get(reverse("moderation:decision_export"))).decode().splitlines()

    assert json.loads(lines[1])["content"]["blocked_until"] == "2099-01-02"


def test_a_row_written_before_other_measures_could_last_is_proved_as_it_was(record: Record) -> None:
    row = record(measure="blocked", blocked_until=date(2099, 1, 2))
    row.version = 2
    written = {**journal.content(row), **WRITTEN_BEFORE}

    text = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert journal.digest(journal.content(row)) == hashlib.sha256(text.encode()).hexdigest()
    assert set(written) == set(journal.content(row))


# --- its end ------------------------------------------------------------------------------------


def test_the_end_is_a_new_row_and_the_decision_stays_in_force(block: Decision, editor: User) -> None:
    row = lifting.lift(block, "", by=editor)

    assert (row.measure, row.about, row.number) == (Measure.LIFTED, block, 2)
    assert Decision.objects.get(number=1).stands
    assert journal.verify().ok


def test_the_end_is_noted_once(block: Decision, editor: User) -> None:
    lifting.lift(block, "", by=editor)

    with pytest.raises(TooLate):
        lifting.lift(block, "", by=editor)

    assert Decision.objects.count() == 2


def test_the_end_of_what_has_no_term_is_not_noted(record: Record, editor: User) -> None:
    with pytest.raises(TooLate):
        lifting.lift(record(), "", by=editor)


def test_what_was_taken_back_does_not_end_once_more(block: Decision, editor: User, coordinator: User) -> None:
    actions.reverse(block, "Это критика", by=coordinator)

    with pytest.raises(TooLate):
        lifting.lift(block, "", by=editor)


def test_lifted_before_its_day_it_needs_a_reason(block: Decision, client: Client, editor: User) -> None:
    client.force_login(editor)
    url = reverse("moderation:decision_lift", args=[block.number])

    refused = client.post(url, {"explanation": ""})
    client.post(url, {"explanation": "Автор извинился"})

    assert refused.context["form"].errors == {"explanation": ["Обязательное поле."]}
    assert Decision.objects.get(number=2).explanation == "Автор извинился"


def test_figures_of_everybody_count_the_block_and_not_its_end(block: Decision, editor: User) -> None:
    lifting.lift(block, "", by=editor)

    assert figures.summary().decisions == 1


# --- who is told --------------------------------------------------------------------------------


def test_those_who_moderate_are_told_once_that_the_term_is_over(block: Decision, editor: User) -> None:
    moment = noon_after(block)

    made = [lifting.remind(moment), lifting.remind(moment + timedelta(hours=1))]

    assert made == [1, 0]
    assert told() == ["editor"]


@pytest.mark.parametrize("hours", [-36, 10, 16])
def test_nobody_is_told_on_the_last_day_or_at_night(hours: int, block: Decision) -> None:
    lifting.remind(noon_after(block) + timedelta(hours=hours))

    assert told() == []


@pytest.mark.parametrize("what", ["lifted", "taken back"])
def test_nobody_is_told_of_what_is_over_already(what: str, block: Decision, editor: User, coordinator: User) -> None:
    if what == "lifted":
        lifting.lift(block, "", by=editor)
    else:
        actions.reverse(block, "Это критика", by=coordinator)

    lifting.remind(noon_after(block))

    assert told() == []


def test_the_list_shows_whose_term_is_over(record: Record, client: Client, editor: User, monkeypatch: Any) -> None:
    record(measure="hidden")
    block = record(measure="blocked", blocked_until=timezone.localdate() + timedelta(days=3))
    client.force_login(editor)
    later = timezone.now() + timedelta(days=5)
    monkeypatch.setattr("moderation.forms.timezone.localdate", lambda: later.date())

    page = client.get(reverse("moderation:decision_list"), {"state": "ended"}).context["page"]

    assert [row.number for row in page] == [block.number]
