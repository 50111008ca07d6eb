"""The queue of citizens' messages in the browser."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moderation.inbox import actions
from moderation.inbox.intake import Arrival, receive
from moderation.models import Message, Source, State
from people.models import User
from registry.models import Account

QUEUE = "/messages/"
LONG_AGO = datetime(2026, 11, 9, 3, 0, tzinfo=UTC)


def bring(account: Account, by: User, text: str, **fields: Any) -> Message:
    values = {"received_at": LONG_AGO, "external_id": text[:90], **fields}
    [(message, _new)] = receive([Arrival(account, text, **values)], by=by, source=Source.FORM)
    return message


def texts(client: Client, query: str = "") -> list[str]:
    return [text for _message, text, _late, _ticked in client.get(QUEUE + query).context["rows"]]


@pytest.fixture
def at_work(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def test_what_is_due_first_stands_first(at_work: Client, urtam_vk: Account, editor: User) -> None:
    later, sooner = (bring(urtam_vk, editor, text) for text in ("Позже", "Раньше"))
    Message.objects.filter(pk=later.pk).update(due_at=LONG_AGO + timedelta(days=2))
    Message.objects.filter(pk=sooner.pk).update(due_at=LONG_AGO + timedelta(days=1))

    assert texts(at_work) == ["Раньше", "Позже"]


def test_the_list_hides_personal_data(at_work: Client, urtam_vk: Account, editor: User) -> None:
    bring(urtam_vk, editor, "Позвоните Ивановой: 8 913 555-12-34")

    page = at_work.get(QUEUE).content.decode()

    assert ("555-12-34" in page, "• ••• •••-••-••" in page) == (False, True)


def test_three_rows_ask_as_many_queries_as_one(
    at_work: Client, urtam_vk: Account, editor: User, django_assert_num_queries: Any
) -> None:
    bring(urtam_vk, editor, "Первое")
    at_work.get(QUEUE)
    with django_assert_num_queries(13):
        at_work.get(QUEUE)
    for text in ("Второе", "Третье"):
        actions.assign(bring(urtam_vk, editor, text), to=editor, by=editor)

    with django_assert_num_queries(13):
        at_work.get(QUEUE)


def test_citizens_words_of_another_body_are_not_in_the_queue(
    at_work: Client, chilino_vk: Account, coordinator: User
) -> None:
    message = bring(chilino_vk, coordinator, "Чужое")

    assert texts(at_work) == []
    assert at_work.get(f"{QUEUE}{message.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Моё", "Ничьё"]),
        ("?whose=me", ["Моё"]),
        ("?whose=nobody", ["Ничьё"]),
        ("?state=closed", ["Закрытое"]),
        ("?state=any", ["Закрытое", "Ничьё", "Моё"]),  # the newest first
        ("?due=overdue", ["Моё", "Ничьё"]),
        ("?q=ничье", ["Ничьё"]),
    ],
)
def test_filters(at_work: Client, urtam_vk: Account, editor: User, query: str, found: list[str]) -> None:
    actions.assign(bring(urtam_vk, editor, "Моё"), to=editor, by=editor)
    bring(urtam_vk, editor, "Ничьё")
    actions.close(bring(urtam_vk, editor, "Закрытое"), reason="Благодарность", by=editor)

    assert texts(at_work, query) == found


def test_counters_part_what_is_overdue_from_what_is_due_today(
    at_work: Client, urtam_vk: Account, editor: User, settings: Any
) -> None:
    now = timezone.now()
    midnight = now + timedelta(hours=3)
    rows = [bring(urtam_vk, editor, str(number)) for number in range(3)]
    for row, due_at in zip(rows, [now - timedelta(seconds=1), now, midnight], strict=True):
        Message.objects.filter(pk=row.pk).update(due_at=due_at)

    counts = Message.objects.counts(now, midnight, editor)

    assert counts == {"open": 3, "overdue": 1, "today": 1, "nobody": 3, "mine": 0}


def test_a_message_is_written_down_by_hand(at_work: Client, urtam_vk: Account) -> None:
    data = {"account": urtam_vk.pk, "kind": "comment", "text": "Где фонари?", "received_at": "2026-11-09T10:00"}

    at_work.post(reverse("moderation:message_create"), {**data, "author_name": "Анна П."})
    again = at_work.post(reverse("moderation:message_create"), {**data, "author_name": "Анна П."})

    message = Message.objects.get()
    assert (message.text, message.state, again.headers["Location"]) == (
        "Где фонари?",
        State.NEW,
        f"{QUEUE}{message.pk}/",
    )


def test_the_link_to_the_reply_stands_in_the_history(
    client: Client, urtam_vk: Account, editor: User, coordinator: User
) -> None:
    message = bring(urtam_vk, editor, "Где фонари?")
    client.force_login(coordinator)

    client.post(f"{QUEUE}{message.pk}/step/", {"step": "answer", "link": "https://vk.com/wall-1_2"})

    step = message.steps.get()
    assert (step.step, step.reason) == ("answer", "https://vk.com/wall-1_2")


def test_closing_without_a_reason_is_refused_with_a_sentence(at_work: Client, urtam_vk: Account, editor: User) -> None:
    message = bring(urtam_vk, editor, "Где фонари?")

    page = at_work.post(f"{QUEUE}{message.pk}/step/", {"step": "close"})

    assert page.context["form"].errors["reason"] == ["Напишите в нескольких словах, почему."]
    assert message.steps.count() == 0


def test_who_comes_too_late_gets_a_sentence_and_keeps_the_words(
    at_work: Client, urtam_vk: Account, editor: User
) -> None:
    message = bring(urtam_vk, editor, "Спасибо!")
    actions.close(message, reason="Благодарность", by=editor)

    page = at_work.post(f"{QUEUE}{message.pk}/step/", {"step": "pause", "reason": "Ждём подрядчика"})

    assert page.context["form"]["reason"].value() == "Ждём подрядчика"
    assert Message.objects.get().state == State.CLOSED


@pytest.mark.parametrize("written", ["{pk}", "урт"])
def test_where_accounts_are_too_many_to_choose_from_one_is_written(
    client: Client, urtam_vk: Account, chilino_vk: Account, coordinator: User, monkeypatch: Any, written: str
) -> None:
    monkeypatch.setattr("moderation.inbox.forms.MOST_OFFERED", 1)
    bring(urtam_vk, coordinator, "Уртам")
    bring(chilino_vk, coordinator, "Чилино")
    Account.objects.filter(pk=urtam_vk.pk).update(name="Уртам официально")
    Account.objects.filter(pk=chilino_vk.pk).update(name="Чилино")
    client.force_login(coordinator)

    assert texts(client, f"?account={written.format(pk=urtam_vk.pk)}") == ["Уртам"]


def test_an_account_of_another_body_is_not_known_by_its_number(
    at_work: Client, urtam_vk: Account, chilino_vk: Account, coordinator: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr("moderation.inbox.forms.MOST_OFFERED", 0)

    page = at_work.get(f"{QUEUE}?account={chilino_vk.pk}")

    assert page.context["filters"].errors["account"] == ["Среди ваших такого аккаунта нет."]


def test_markup_in_a_message_and_in_the_name_of_its_page_stays_text(
    at_work: Client, urtam_vk: Account, editor: User
) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(name="<b>page</b>")
    bring(urtam_vk, editor, "<script>alert(1)</script>")

    page = at_work.get(QUEUE).content.decode()

    assert ("<script>alert" in page, "<b>page" in page, "&lt;script&gt;alert" in page) == (False, False, True)


def test_a_number_at_the_end_of_what_is_shown_is_hidden_as_well(
    at_work: Client, urtam_vk: Account, editor: User
) -> None:
    bring(urtam_vk, editor, "слово " * 45 + "8-913-555-12-34 " + "и далее " * 100)

    assert "913" not in texts(at_work)[0]
